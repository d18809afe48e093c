"""Events of customers, carried inside of the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opentelemetry import trace

from shop.domain.contracts import EventPublisher

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from shop.domain.events import CustomerEvent

    type Subscriber = Callable[[CustomerEvent], Awaitable[None]]

tracer = trace.get_tracer(__name__)


class EventBus(EventPublisher):
    """Hands every event to all subscribers, in the order in which they came.

    Example:
        ```python
        import asyncio
        from uuid import uuid4

        from shop.adapters.message_queues.event_bus import EventBus
        from shop.domain.events import CustomerCreated, CustomerEvent

        seen: list[CustomerEvent] = []


        async def listen(event: CustomerEvent) -> None:
            seen.append(event)


        async def carry() -> int:
            bus = EventBus()
            bus.subscribe(listen)
            await bus.publish(CustomerCreated(customer_id=uuid4()))
            return len(seen)


        asyncio.run(carry())
        # 1
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from uuid import uuid4
        >>> from shop.domain.events import CustomerCreated, CustomerEvent
        >>> seen: list[CustomerEvent] = []
        >>> async def listen(event: CustomerEvent) -> None:
        ...     seen.append(event)
        >>> async def carry() -> int:
        ...     bus = EventBus()
        ...     bus.subscribe(listen)
        ...     await bus.publish(CustomerCreated(customer_id=uuid4()))
        ...     return len(seen)
        >>> asyncio.run(carry())
        1

        -->
    """

    def __init__(self) -> None:
        """Begin without subscribers.

        Example:
            ```python
            from shop.adapters.message_queues.event_bus import EventBus

            bus = EventBus()
            ```

            <!-- As a doctest:
            >>> bus = EventBus()

            -->
        """
        self._subscribers: list[Subscriber] = []

    def subscribe(self, subscriber: Subscriber) -> None:
        """Add a subscriber.

        Args:
            subscriber (Subscriber): Gets every event from now on.

        Example:
            ```python
            import asyncio
            from uuid import uuid4

            from shop.adapters.message_queues.event_bus import EventBus
            from shop.domain.events import CustomerCreated, CustomerEvent

            seen: list[CustomerEvent] = []


            async def listen(event: CustomerEvent) -> None:
                seen.append(event)


            async def carry() -> int:
                bus = EventBus()
                await bus.publish(CustomerCreated(customer_id=uuid4()))
                bus.subscribe(listen)
                return len(seen)


            asyncio.run(carry())
            # 0
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import uuid4
            >>> from shop.domain.events import CustomerCreated, CustomerEvent
            >>> seen: list[CustomerEvent] = []
            >>> async def listen(event: CustomerEvent) -> None:
            ...     seen.append(event)
            >>> async def carry() -> int:
            ...     bus = EventBus()
            ...     await bus.publish(CustomerCreated(customer_id=uuid4()))
            ...     bus.subscribe(listen)
            ...     return len(seen)
            >>> asyncio.run(carry())
            0

            -->
        """
        self._subscribers.append(subscriber)

    async def publish(self, event: CustomerEvent) -> None:
        """Hand an event to all subscribers.

        Args:
            event (CustomerEvent): What has happened.

        Example:
            ```python
            import asyncio
            from uuid import uuid4

            from shop.adapters.message_queues.event_bus import EventBus
            from shop.domain.events import CustomerCreated, CustomerEvent

            seen: list[CustomerEvent] = []


            async def listen(event: CustomerEvent) -> None:
                seen.append(event)


            async def carry() -> int:
                bus = EventBus()
                bus.subscribe(listen)
                for _ in range(2):
                    await bus.publish(CustomerCreated(customer_id=uuid4()))
                return len(seen)


            asyncio.run(carry())
            # 2
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import uuid4
            >>> from shop.domain.events import CustomerCreated, CustomerEvent
            >>> seen: list[CustomerEvent] = []
            >>> async def listen(event: CustomerEvent) -> None:
            ...     seen.append(event)
            >>> async def carry() -> int:
            ...     bus = EventBus()
            ...     bus.subscribe(listen)
            ...     for _ in range(2):
            ...         await bus.publish(CustomerCreated(customer_id=uuid4()))
            ...     return len(seen)
            >>> asyncio.run(carry())
            2

            -->
        """
        with tracer.start_as_current_span("event_bus.publish"):
            for subscriber in self._subscribers:
                await subscriber(event)


class EventBuffer(EventPublisher):
    """Holds events back until the transaction that they tell of has been committed.

    They are lost when the process ends between the commit and the delivery.

    Example:
        ```python
        import asyncio
        from uuid import uuid4

        from shop.adapters.message_queues.event_bus import EventBuffer, EventBus
        from shop.domain.events import CustomerCreated, CustomerEvent

        seen: list[CustomerEvent] = []


        async def listen(event: CustomerEvent) -> None:
            seen.append(event)


        async def carry() -> tuple[int, int]:
            bus = EventBus()
            bus.subscribe(listen)
            buffer = EventBuffer(bus)
            await buffer.publish(CustomerCreated(customer_id=uuid4()))
            before = len(seen)
            await buffer.deliver()
            return before, len(seen)


        asyncio.run(carry())
        # (0, 1)
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from uuid import uuid4
        >>> from shop.domain.events import CustomerCreated, CustomerEvent
        >>> seen: list[CustomerEvent] = []
        >>> async def listen(event: CustomerEvent) -> None:
        ...     seen.append(event)
        >>> async def carry() -> tuple[int, int]:
        ...     bus = EventBus()
        ...     bus.subscribe(listen)
        ...     buffer = EventBuffer(bus)
        ...     await buffer.publish(CustomerCreated(customer_id=uuid4()))
        ...     before = len(seen)
        ...     await buffer.deliver()
        ...     return before, len(seen)
        >>> asyncio.run(carry())
        (0, 1)

        -->
    """

    def __init__(self, target: EventPublisher) -> None:
        """Keep where the events go.

        Args:
            target (EventPublisher): Gets the events in the end.

        Example:
            ```python
            from shop.adapters.message_queues.event_bus import EventBuffer, EventBus

            buffer = EventBuffer(EventBus())
            ```

            <!-- As a doctest:
            >>> buffer = EventBuffer(EventBus())

            -->
        """
        self._target = target
        self._held: list[CustomerEvent] = []

    async def publish(self, event: CustomerEvent) -> None:
        """Hold an event back.

        Args:
            event (CustomerEvent): What has happened, if the transaction lasts.

        Example:
            ```python
            import asyncio
            from uuid import uuid4

            from shop.adapters.message_queues.event_bus import EventBuffer, EventBus
            from shop.domain.events import CustomerCreated, CustomerEvent

            seen: list[CustomerEvent] = []


            async def listen(event: CustomerEvent) -> None:
                seen.append(event)


            async def carry() -> int:
                bus = EventBus()
                bus.subscribe(listen)
                buffer = EventBuffer(bus)
                await buffer.publish(CustomerCreated(customer_id=uuid4()))
                return len(seen)


            asyncio.run(carry())
            # 0
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import uuid4
            >>> from shop.domain.events import CustomerCreated, CustomerEvent
            >>> seen: list[CustomerEvent] = []
            >>> async def listen(event: CustomerEvent) -> None:
            ...     seen.append(event)
            >>> async def carry() -> int:
            ...     bus = EventBus()
            ...     bus.subscribe(listen)
            ...     buffer = EventBuffer(bus)
            ...     await buffer.publish(CustomerCreated(customer_id=uuid4()))
            ...     return len(seen)
            >>> asyncio.run(carry())
            0

            -->
        """
        self._held.append(event)

    async def deliver(self) -> None:
        """Hand on what was held back.

        Example:
            ```python
            import asyncio
            from uuid import uuid4

            from shop.adapters.message_queues.event_bus import EventBuffer, EventBus
            from shop.domain.events import CustomerCreated, CustomerEvent

            seen: list[CustomerEvent] = []


            async def listen(event: CustomerEvent) -> None:
                seen.append(event)


            async def carry() -> int:
                bus = EventBus()
                bus.subscribe(listen)
                buffer = EventBuffer(bus)
                await buffer.publish(CustomerCreated(customer_id=uuid4()))
                await buffer.deliver()
                await buffer.deliver()
                return len(seen)


            asyncio.run(carry())
            # 1
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import uuid4
            >>> from shop.domain.events import CustomerCreated, CustomerEvent
            >>> seen: list[CustomerEvent] = []
            >>> async def listen(event: CustomerEvent) -> None:
            ...     seen.append(event)
            >>> async def carry() -> int:
            ...     bus = EventBus()
            ...     bus.subscribe(listen)
            ...     buffer = EventBuffer(bus)
            ...     await buffer.publish(CustomerCreated(customer_id=uuid4()))
            ...     await buffer.deliver()
            ...     await buffer.deliver()
            ...     return len(seen)
            >>> asyncio.run(carry())
            1

            -->
        """
        held, self._held = self._held, []
        for event in held:
            await self._target.publish(event)

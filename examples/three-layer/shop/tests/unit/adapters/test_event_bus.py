"""Tests of the events that are carried inside of the process."""

from __future__ import annotations

import uuid

from shop.adapters.message_queues.event_bus import EventBuffer, EventBus
from shop.domain.events import CustomerCreated
from tests.fixtures.fakes import FakeEventPublisher


class TestEventBus:
    """Whoever has subscribed is told."""

    async def test_all_subscribers_get_every_event(self) -> None:
        """The events come in their order."""
        bus, one, other = EventBus(), FakeEventPublisher(), FakeEventPublisher()
        first, second = (CustomerCreated(customer_id=uuid.uuid4()) for _ in range(2))
        bus.subscribe(one.publish)
        await bus.publish(first)
        bus.subscribe(other.publish)
        await bus.publish(second)
        assert one.events == [first, second]
        assert other.events == [second]


class TestEventBuffer:
    """What did not last does not become known."""

    async def test_events_wait_for_delivery(self) -> None:
        """Each event is handed on once."""
        target = FakeEventPublisher()
        buffer = EventBuffer(target)
        event = CustomerCreated(customer_id=uuid.uuid4())
        await buffer.publish(event)
        assert target.events == []
        await buffer.deliver()
        await buffer.deliver()
        assert target.events == [event]

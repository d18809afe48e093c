"""Customers read through a cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shop.domain.contracts import CustomerRepository
from shop.domain.events import CustomerStatusChanged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from shop.domain.entities import Customer
    from shop.domain.events import CustomerEvent
    from shop.infrastructure.cache import TimedCache

    type CustomerCache = TimedCache[UUID, Customer]


class CachedCustomerRepository(CustomerRepository):
    """Spares the storage single reads; for answers, never as the basis of a change.

    Example:
        ```python
        import asyncio
        from uuid import UUID

        from shop.adapters.repositories.cached_customers import (
            CachedCustomerRepository,
        )
        from shop.adapters.repositories.customers_in_memory import (
            InMemoryCustomerRepository,
        )
        from shop.domain.entities import Customer
        from shop.infrastructure.cache import TimedCache


        async def find() -> bool:
            cache = TimedCache[UUID, Customer](size=100, seconds=30)
            repository = CachedCustomerRepository(
                InMemoryCustomerRepository(), cache
            )
            created = await repository.create(
                Customer.register("Ada", "ada@example.com")
            )
            return await repository.get_by_id(created.id) == created


        asyncio.run(find())
        # True
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from uuid import UUID
        >>> from shop.adapters.repositories.customers_in_memory import (
        ...     InMemoryCustomerRepository,
        ... )
        >>> from shop.domain.entities import Customer
        >>> from shop.infrastructure.cache import TimedCache
        >>> async def find() -> bool:
        ...     cache = TimedCache[UUID, Customer](size=100, seconds=30)
        ...     repository = CachedCustomerRepository(
        ...         InMemoryCustomerRepository(), cache
        ...     )
        ...     created = await repository.create(
        ...         Customer.register("Ada", "ada@example.com")
        ...     )
        ...     return await repository.get_by_id(created.id) == created
        >>> asyncio.run(find())
        True

        -->
    """

    def __init__(self, repository: CustomerRepository, cache: CustomerCache) -> None:
        """Keep storage and cache.

        Args:
            repository (CustomerRepository): Keeps the customers.
            cache (CustomerCache): Keeps copies of them for a while.

        Example:
            ```python
            import asyncio
            from uuid import UUID

            from shop.adapters.repositories.cached_customers import (
                CachedCustomerRepository,
            )
            from shop.adapters.repositories.customers_in_memory import (
                InMemoryCustomerRepository,
            )
            from shop.domain.entities import Customer
            from shop.infrastructure.cache import TimedCache


            async def count() -> int:
                cache = TimedCache[UUID, Customer](size=100, seconds=30)
                repository = CachedCustomerRepository(
                    InMemoryCustomerRepository(), cache
                )
                return len(await repository.list_page(10, 0))


            asyncio.run(count())
            # 0
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import UUID
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.entities import Customer
            >>> from shop.infrastructure.cache import TimedCache
            >>> async def count() -> int:
            ...     cache = TimedCache[UUID, Customer](size=100, seconds=30)
            ...     repository = CachedCustomerRepository(
            ...         InMemoryCustomerRepository(), cache
            ...     )
            ...     return len(await repository.list_page(10, 0))
            >>> asyncio.run(count())
            0

            -->
        """
        self._repository = repository
        self._cache = cache

    async def get_by_id(self, customer_id: UUID) -> Customer | None:
        """Find a customer, in the cache if there is a copy.

        Args:
            customer_id (UUID): Identifier of the customer.

        Returns:
            Customer | None: The customer, or nothing if there is none.

        Example:
            ```python
            import asyncio
            from uuid import UUID

            from shop.adapters.repositories.cached_customers import (
                CachedCustomerRepository,
            )
            from shop.adapters.repositories.customers_in_memory import (
                InMemoryCustomerRepository,
            )
            from shop.domain.entities import Customer
            from shop.infrastructure.cache import TimedCache


            async def find() -> bool:
                cache = TimedCache[UUID, Customer](size=100, seconds=30)
                repository = CachedCustomerRepository(
                    InMemoryCustomerRepository(), cache
                )
                created = await repository.create(
                    Customer.register("Ada", "ada@example.com")
                )
                await repository.get_by_id(created.id)
                return cache.get(created.id) == created


            asyncio.run(find())
            # True
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import UUID
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.entities import Customer
            >>> from shop.infrastructure.cache import TimedCache
            >>> async def find() -> bool:
            ...     cache = TimedCache[UUID, Customer](size=100, seconds=30)
            ...     repository = CachedCustomerRepository(
            ...         InMemoryCustomerRepository(), cache
            ...     )
            ...     created = await repository.create(
            ...         Customer.register("Ada", "ada@example.com")
            ...     )
            ...     await repository.get_by_id(created.id)
            ...     return cache.get(created.id) == created
            >>> asyncio.run(find())
            True

            -->
        """
        customer = self._cache.get(customer_id)
        if customer is None:
            customer = await self._repository.get_by_id(customer_id)
            if customer is not None:
                self._cache.put(customer_id, customer)
        return customer

    async def create(self, customer: Customer) -> Customer:
        """Keep a new customer.

        Args:
            customer (Customer): The customer.

        Raises:
            ConflictError: If somebody else has the e-mail address.

        Returns:
            Customer: The customer as kept.

        Example:
            ```python
            import asyncio
            from uuid import UUID

            from shop.adapters.repositories.cached_customers import (
                CachedCustomerRepository,
            )
            from shop.adapters.repositories.customers_in_memory import (
                InMemoryCustomerRepository,
            )
            from shop.domain.entities import Customer
            from shop.infrastructure.cache import TimedCache


            async def create() -> str:
                cache = TimedCache[UUID, Customer](size=100, seconds=30)
                repository = CachedCustomerRepository(
                    InMemoryCustomerRepository(), cache
                )
                created = await repository.create(
                    Customer.register("Ada", "ada@example.com")
                )
                return created.name


            asyncio.run(create())
            # 'Ada'
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import UUID
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.entities import Customer
            >>> from shop.infrastructure.cache import TimedCache
            >>> async def create() -> str:
            ...     cache = TimedCache[UUID, Customer](size=100, seconds=30)
            ...     repository = CachedCustomerRepository(
            ...         InMemoryCustomerRepository(), cache
            ...     )
            ...     created = await repository.create(
            ...         Customer.register("Ada", "ada@example.com")
            ...     )
            ...     return created.name
            >>> asyncio.run(create())
            'Ada'

            -->
        """
        return await self._repository.create(customer)

    async def update(self, customer: Customer) -> Customer:
        """Replace what is kept about a customer, and drop the copy.

        Args:
            customer (Customer): The customer with the new data.

        Raises:
            NotFoundError: If there is no such customer.
            ConflictError: If somebody else has the e-mail address.

        Returns:
            Customer: The customer as kept.

        Example:
            ```python
            import asyncio
            from uuid import UUID

            from shop.adapters.repositories.cached_customers import (
                CachedCustomerRepository,
            )
            from shop.adapters.repositories.customers_in_memory import (
                InMemoryCustomerRepository,
            )
            from shop.domain.entities import Customer
            from shop.domain.value_objects import CustomerStatus
            from shop.infrastructure.cache import TimedCache


            async def update() -> bool:
                cache = TimedCache[UUID, Customer](size=100, seconds=30)
                repository = CachedCustomerRepository(
                    InMemoryCustomerRepository(), cache
                )
                created = await repository.create(
                    Customer.register("Ada", "ada@example.com")
                )
                await repository.get_by_id(created.id)
                await repository.update(created.move_to(CustomerStatus.ACTIVE))
                return cache.get(created.id) is None


            asyncio.run(update())
            # True
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import UUID
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.entities import Customer
            >>> from shop.domain.value_objects import CustomerStatus
            >>> from shop.infrastructure.cache import TimedCache
            >>> async def update() -> bool:
            ...     cache = TimedCache[UUID, Customer](size=100, seconds=30)
            ...     repository = CachedCustomerRepository(
            ...         InMemoryCustomerRepository(), cache
            ...     )
            ...     created = await repository.create(
            ...         Customer.register("Ada", "ada@example.com")
            ...     )
            ...     await repository.get_by_id(created.id)
            ...     await repository.update(created.move_to(CustomerStatus.ACTIVE))
            ...     return cache.get(created.id) is None
            >>> asyncio.run(update())
            True

            -->
        """
        updated = await self._repository.update(customer)
        self._cache.invalidate(customer.id)
        return updated

    async def list_page(self, limit: int, offset: int) -> Sequence[Customer]:
        """Read a part of all customers, the oldest first.

        Args:
            limit (int): How many customers to read at most.
            offset (int): How many customers to leave out.

        Returns:
            Sequence[Customer]: The customers.

        Example:
            ```python
            import asyncio
            from uuid import UUID

            from shop.adapters.repositories.cached_customers import (
                CachedCustomerRepository,
            )
            from shop.adapters.repositories.customers_in_memory import (
                InMemoryCustomerRepository,
            )
            from shop.domain.entities import Customer
            from shop.infrastructure.cache import TimedCache


            async def list_names() -> list[str]:
                cache = TimedCache[UUID, Customer](size=100, seconds=30)
                repository = CachedCustomerRepository(
                    InMemoryCustomerRepository(), cache
                )
                await repository.create(Customer.register("Ada", "ada@example.com"))
                await repository.create(Customer.register("Eve", "eve@example.com"))
                return [it.name for it in await repository.list_page(10, 1)]


            asyncio.run(list_names())
            # ['Eve']
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import UUID
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.entities import Customer
            >>> from shop.infrastructure.cache import TimedCache
            >>> async def list_names() -> list[str]:
            ...     cache = TimedCache[UUID, Customer](size=100, seconds=30)
            ...     repository = CachedCustomerRepository(
            ...         InMemoryCustomerRepository(), cache
            ...     )
            ...     await repository.create(Customer.register("Ada", "ada@example.com"))
            ...     await repository.create(Customer.register("Eve", "eve@example.com"))
            ...     return [it.name for it in await repository.list_page(10, 1)]
            >>> asyncio.run(list_names())
            ['Eve']

            -->
        """
        return await self._repository.list_page(limit, offset)


class CustomerCacheInvalidator:
    """Drops copies of customers who have changed; it subscribes to the events.

    Example:
        ```python
        from uuid import UUID

        from shop.adapters.message_queues.event_bus import EventBus
        from shop.adapters.repositories.cached_customers import (
            CustomerCacheInvalidator,
        )
        from shop.domain.entities import Customer
        from shop.infrastructure.cache import TimedCache

        bus = EventBus()
        cache = TimedCache[UUID, Customer](size=100, seconds=30)
        bus.subscribe(CustomerCacheInvalidator(cache).handle)
        ```

        <!-- As a doctest:
        >>> from uuid import UUID
        >>> from shop.adapters.message_queues.event_bus import EventBus
        >>> from shop.domain.entities import Customer
        >>> from shop.infrastructure.cache import TimedCache
        >>> bus = EventBus()
        >>> cache = TimedCache[UUID, Customer](size=100, seconds=30)
        >>> bus.subscribe(CustomerCacheInvalidator(cache).handle)

        -->
    """

    def __init__(self, cache: CustomerCache) -> None:
        """Keep the cache.

        Args:
            cache (CustomerCache): Keeps copies of customers.

        Example:
            ```python
            from uuid import UUID

            from shop.adapters.repositories.cached_customers import (
                CustomerCacheInvalidator,
            )
            from shop.domain.entities import Customer
            from shop.infrastructure.cache import TimedCache

            cache = TimedCache[UUID, Customer](size=100, seconds=30)
            invalidator = CustomerCacheInvalidator(cache)
            ```

            <!-- As a doctest:
            >>> from uuid import UUID
            >>> from shop.domain.entities import Customer
            >>> from shop.infrastructure.cache import TimedCache
            >>> cache = TimedCache[UUID, Customer](size=100, seconds=30)
            >>> invalidator = CustomerCacheInvalidator(cache)

            -->
        """
        self._cache = cache

    async def handle(self, event: CustomerEvent) -> None:
        """Drop the copy of the customer, if the event says that it is out of date.

        Args:
            event (CustomerEvent): What has happened.

        Example:
            ```python
            import asyncio
            from uuid import UUID

            from shop.adapters.repositories.cached_customers import (
                CustomerCacheInvalidator,
            )
            from shop.domain.entities import Customer
            from shop.domain.events import CustomerStatusChanged
            from shop.domain.value_objects import CustomerStatus
            from shop.infrastructure.cache import TimedCache


            async def handle() -> bool:
                customer = Customer.register("Ada", "ada@example.com")
                cache = TimedCache[UUID, Customer](size=100, seconds=30)
                cache.put(customer.id, customer)
                event = CustomerStatusChanged(
                    customer_id=customer.id,
                    previous=CustomerStatus.PENDING,
                    current=CustomerStatus.ACTIVE,
                )
                await CustomerCacheInvalidator(cache).handle(event)
                return cache.get(customer.id) is None


            asyncio.run(handle())
            # True
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import UUID
            >>> from shop.domain.entities import Customer
            >>> from shop.domain.events import CustomerStatusChanged
            >>> from shop.domain.value_objects import CustomerStatus
            >>> from shop.infrastructure.cache import TimedCache
            >>> async def handle() -> bool:
            ...     customer = Customer.register("Ada", "ada@example.com")
            ...     cache = TimedCache[UUID, Customer](size=100, seconds=30)
            ...     cache.put(customer.id, customer)
            ...     event = CustomerStatusChanged(
            ...         customer_id=customer.id,
            ...         previous=CustomerStatus.PENDING,
            ...         current=CustomerStatus.ACTIVE,
            ...     )
            ...     await CustomerCacheInvalidator(cache).handle(event)
            ...     return cache.get(customer.id) is None
            >>> asyncio.run(handle())
            True

            -->
        """
        match event:
            case CustomerStatusChanged(customer_id=customer_id):
                self._cache.invalidate(customer_id)

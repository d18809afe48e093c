"""Customers read through a cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shop.domain.contracts import CustomerReader
from shop.domain.events import CustomerStatusChanged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from shop.domain.entities import Customer
    from shop.domain.events import CustomerEvent
    from shop.infrastructure.cache import TimedCache

    type CustomerCache = TimedCache[UUID, Customer]


class CachedCustomerReader(CustomerReader):
    """Spares the storage the reading of single customers.

    Example:
        ```python
        import asyncio
        from uuid import UUID

        from shop.adapters.repositories.cached_customers import CachedCustomerReader
        from shop.adapters.repositories.customers_in_memory import (
            InMemoryCustomerRepository,
        )
        from shop.domain.entities import Customer
        from shop.infrastructure.cache import TimedCache


        async def find() -> bool:
            repository = InMemoryCustomerRepository()
            created = await repository.create(
                Customer.register("Ada", "ada@example.com")
            )
            cache = TimedCache[UUID, Customer](size=100, seconds=30)
            return (
                await CachedCustomerReader(repository, cache).get_by_id(created.id)
                == created
            )


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
        ...     repository = InMemoryCustomerRepository()
        ...     created = await repository.create(
        ...         Customer.register("Ada", "ada@example.com")
        ...     )
        ...     cache = TimedCache[UUID, Customer](size=100, seconds=30)
        ...     return (
        ...         await CachedCustomerReader(repository, cache).get_by_id(created.id)
        ...         == created
        ...     )
        >>> asyncio.run(find())
        True

        -->
    """

    def __init__(self, customers: CustomerReader, cache: CustomerCache) -> None:
        """Keep storage and cache.

        Args:
            customers (CustomerReader): Finds customers who are not in the cache.
            cache (CustomerCache): Keeps copies of customers for a while.

        Example:
            ```python
            from uuid import UUID

            from shop.adapters.repositories.cached_customers import (
                CachedCustomerReader,
            )
            from shop.adapters.repositories.customers_in_memory import (
                InMemoryCustomerRepository,
            )
            from shop.domain.entities import Customer
            from shop.infrastructure.cache import TimedCache

            cache = TimedCache[UUID, Customer](size=100, seconds=30)
            reader = CachedCustomerReader(InMemoryCustomerRepository(), cache)
            ```

            <!-- As a doctest:
            >>> from uuid import UUID
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.entities import Customer
            >>> from shop.infrastructure.cache import TimedCache
            >>> cache = TimedCache[UUID, Customer](size=100, seconds=30)
            >>> reader = CachedCustomerReader(InMemoryCustomerRepository(), cache)

            -->
        """
        self._customers = customers
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
                CachedCustomerReader,
            )
            from shop.adapters.repositories.customers_in_memory import (
                InMemoryCustomerRepository,
            )
            from shop.domain.entities import Customer
            from shop.infrastructure.cache import TimedCache


            async def find() -> bool:
                repository = InMemoryCustomerRepository()
                created = await repository.create(
                    Customer.register("Ada", "ada@example.com")
                )
                cache = TimedCache[UUID, Customer](size=100, seconds=30)
                await CachedCustomerReader(repository, cache).get_by_id(created.id)
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
            ...     repository = InMemoryCustomerRepository()
            ...     created = await repository.create(
            ...         Customer.register("Ada", "ada@example.com")
            ...     )
            ...     cache = TimedCache[UUID, Customer](size=100, seconds=30)
            ...     await CachedCustomerReader(repository, cache).get_by_id(created.id)
            ...     return cache.get(created.id) == created
            >>> asyncio.run(find())
            True

            -->
        """
        copy = self._cache.get(customer_id)
        if copy is not None:
            return copy
        drops = self._cache.drops
        customer = await self._customers.get_by_id(customer_id)
        # A change that was committed meanwhile has found no copy to drop.
        if customer is not None and drops == self._cache.drops:
            self._cache.put(customer_id, customer)
        return customer

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
                CachedCustomerReader,
            )
            from shop.adapters.repositories.customers_in_memory import (
                InMemoryCustomerRepository,
            )
            from shop.domain.entities import Customer
            from shop.infrastructure.cache import TimedCache

            cache = TimedCache[UUID, Customer](size=100, seconds=30)
            reader = CachedCustomerReader(InMemoryCustomerRepository(), cache)
            asyncio.run(reader.list_page(10, 0))
            # []
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import UUID
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.entities import Customer
            >>> from shop.infrastructure.cache import TimedCache
            >>> cache = TimedCache[UUID, Customer](size=100, seconds=30)
            >>> reader = CachedCustomerReader(InMemoryCustomerRepository(), cache)
            >>> asyncio.run(reader.list_page(10, 0))
            []

            -->
        """
        return await self._customers.list_page(limit, offset)


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

"""Questions about customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shop.domain.value_objects import CustomerAction
from shop.services.business_logic.customers import demand_customer
from shop.services.policies.customer_access import CustomerPolicy

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from shop.domain.contracts import AuditTrail, CustomerReader
    from shop.domain.entities import AuditEntry, Customer
    from shop.domain.value_objects import Actor


class CustomerQueries:
    """Answers questions about customers; nothing changes.

    Example:
        ```python
        import asyncio

        from shop.adapters.repositories.customers_in_memory import (
            InMemoryAuditTrail,
            InMemoryCustomerRepository,
        )
        from shop.domain.entities import Customer
        from shop.domain.value_objects import Actor, Role
        from shop.services.business_logic.customer_queries import CustomerQueries


        async def find() -> str:
            repository, trail = InMemoryCustomerRepository(), InMemoryAuditTrail()
            customer = await repository.create(
                Customer.register("Ada", "ada@example.com")
            )
            queries = CustomerQueries(repository, trail, Actor("ada", Role.MANAGER))
            return (await queries.get_customer(customer.id)).name


        asyncio.run(find())
        # 'Ada'
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from shop.adapters.repositories.customers_in_memory import (
        ...     InMemoryAuditTrail,
        ...     InMemoryCustomerRepository,
        ... )
        >>> from shop.domain.entities import Customer
        >>> from shop.domain.value_objects import Actor, Role
        >>> async def find() -> str:
        ...     repository, trail = InMemoryCustomerRepository(), InMemoryAuditTrail()
        ...     customer = await repository.create(
        ...         Customer.register("Ada", "ada@example.com")
        ...     )
        ...     queries = CustomerQueries(repository, trail, Actor("ada", Role.MANAGER))
        ...     return (await queries.get_customer(customer.id)).name
        >>> asyncio.run(find())
        'Ada'

        -->
    """

    def __init__(
        self, customers: CustomerReader, audit: AuditTrail, actor: Actor
    ) -> None:
        """Keep what the answers come from.

        Args:
            customers (CustomerReader): Finds the customers.
            audit (AuditTrail): Remembers what was done.
            actor (Actor): Who asks.

        Example:
            ```python
            from shop.adapters.repositories.customers_in_memory import (
                InMemoryAuditTrail,
                InMemoryCustomerRepository,
            )
            from shop.domain.value_objects import Actor, Role
            from shop.services.business_logic.customer_queries import (
                CustomerQueries,
            )

            queries = CustomerQueries(
                InMemoryCustomerRepository(),
                InMemoryAuditTrail(),
                Actor("ada", Role.VIEWER),
            )
            ```

            <!-- As a doctest:
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryAuditTrail,
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.value_objects import Actor, Role
            >>> queries = CustomerQueries(
            ...     InMemoryCustomerRepository(),
            ...     InMemoryAuditTrail(),
            ...     Actor("ada", Role.VIEWER),
            ... )

            -->
        """
        self._customers = customers
        self._audit = audit
        self._actor = actor
        self._policy = CustomerPolicy()

    async def get_customer(self, customer_id: UUID) -> Customer:
        """Find a customer.

        Args:
            customer_id (UUID): Identifier of the customer.

        Raises:
            ForbiddenError: If the actor may not do this.
            NotFoundError: If there is no such customer.
            ExternalServiceError: If the storage cannot be reached.

        Returns:
            Customer: The customer.

        Example:
            ```python
            import asyncio

            from shop.adapters.repositories.customers_in_memory import (
                InMemoryAuditTrail,
                InMemoryCustomerRepository,
            )
            from shop.domain.entities import Customer
            from shop.domain.value_objects import Actor, Role
            from shop.services.business_logic.customer_queries import (
                CustomerQueries,
            )


            async def find() -> bool:
                repository, trail = (
                    InMemoryCustomerRepository(),
                    InMemoryAuditTrail(),
                )
                customer = await repository.create(
                    Customer.register("Ada", "ada@example.com")
                )
                queries = CustomerQueries(
                    repository, trail, Actor("ada", Role.MANAGER)
                )
                return await queries.get_customer(customer.id) == customer


            asyncio.run(find())
            # True
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryAuditTrail,
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.entities import Customer
            >>> from shop.domain.value_objects import Actor, Role
            >>> async def find() -> bool:
            ...     repository, trail = (
            ...         InMemoryCustomerRepository(),
            ...         InMemoryAuditTrail(),
            ...     )
            ...     customer = await repository.create(
            ...         Customer.register("Ada", "ada@example.com")
            ...     )
            ...     queries = CustomerQueries(
            ...         repository, trail, Actor("ada", Role.MANAGER)
            ...     )
            ...     return await queries.get_customer(customer.id) == customer
            >>> asyncio.run(find())
            True

            -->
        """
        self._policy.demand(self._actor, CustomerAction.READ)
        return await demand_customer(self._customers, customer_id)

    async def list_customers(self, limit: int, offset: int) -> Sequence[Customer]:
        """Read a part of all customers, the oldest first.

        Args:
            limit (int): How many customers to read at most.
            offset (int): How many customers to leave out.

        Raises:
            ForbiddenError: If the actor may not do this.
            ExternalServiceError: If the storage cannot be reached.

        Returns:
            Sequence[Customer]: The customers.

        Example:
            ```python
            import asyncio

            from shop.adapters.repositories.customers_in_memory import (
                InMemoryAuditTrail,
                InMemoryCustomerRepository,
            )
            from shop.domain.entities import Customer
            from shop.domain.value_objects import Actor, Role
            from shop.services.business_logic.customer_queries import (
                CustomerQueries,
            )


            async def list_names() -> list[str]:
                repository, trail = (
                    InMemoryCustomerRepository(),
                    InMemoryAuditTrail(),
                )
                customer = await repository.create(
                    Customer.register("Ada", "ada@example.com")
                )
                queries = CustomerQueries(
                    repository, trail, Actor("ada", Role.MANAGER)
                )
                return [it.name for it in await queries.list_customers(10, 0)]


            asyncio.run(list_names())
            # ['Ada']
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryAuditTrail,
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.entities import Customer
            >>> from shop.domain.value_objects import Actor, Role
            >>> async def list_names() -> list[str]:
            ...     repository, trail = (
            ...         InMemoryCustomerRepository(),
            ...         InMemoryAuditTrail(),
            ...     )
            ...     customer = await repository.create(
            ...         Customer.register("Ada", "ada@example.com")
            ...     )
            ...     queries = CustomerQueries(
            ...         repository, trail, Actor("ada", Role.MANAGER)
            ...     )
            ...     return [it.name for it in await queries.list_customers(10, 0)]
            >>> asyncio.run(list_names())
            ['Ada']

            -->
        """
        self._policy.demand(self._actor, CustomerAction.READ)
        return await self._customers.list_page(limit, offset)

    async def read_history(self, customer_id: UUID) -> Sequence[AuditEntry]:
        """Read what was done to a customer.

        Args:
            customer_id (UUID): Identifier of the customer.

        Raises:
            ForbiddenError: If the actor may not do this.
            NotFoundError: If there is no such customer.
            ExternalServiceError: If the storage cannot be reached.

        Returns:
            Sequence[AuditEntry]: The entries of the audit log, the oldest first.

        Example:
            ```python
            import asyncio

            from shop.adapters.repositories.customers_in_memory import (
                InMemoryAuditTrail,
                InMemoryCustomerRepository,
            )
            from shop.domain.entities import AuditEntry, Customer
            from shop.domain.value_objects import Actor, CustomerAction, Role
            from shop.services.business_logic.customer_queries import (
                CustomerQueries,
            )


            async def read() -> list[str]:
                repository, trail = (
                    InMemoryCustomerRepository(),
                    InMemoryAuditTrail(),
                )
                customer = await repository.create(
                    Customer.register("Ada", "ada@example.com")
                )
                manager = Actor("ada", Role.MANAGER)
                await trail.append(
                    AuditEntry.of(manager, CustomerAction.CREATE, customer.id)
                )
                queries = CustomerQueries(repository, trail, manager)
                return [
                    it.action.value
                    for it in await queries.read_history(customer.id)
                ]


            asyncio.run(read())
            # ['create']
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryAuditTrail,
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.entities import AuditEntry, Customer
            >>> from shop.domain.value_objects import Actor, Role
            >>> async def read() -> list[str]:
            ...     repository, trail = (
            ...         InMemoryCustomerRepository(),
            ...         InMemoryAuditTrail(),
            ...     )
            ...     customer = await repository.create(
            ...         Customer.register("Ada", "ada@example.com")
            ...     )
            ...     manager = Actor("ada", Role.MANAGER)
            ...     await trail.append(
            ...         AuditEntry.of(manager, CustomerAction.CREATE, customer.id)
            ...     )
            ...     queries = CustomerQueries(repository, trail, manager)
            ...     return [
            ...         it.action.value
            ...         for it in await queries.read_history(customer.id)
            ...     ]
            >>> asyncio.run(read())
            ['create']

            -->
        """
        self._policy.demand(self._actor, CustomerAction.AUDIT)
        customer = await demand_customer(self._customers, customer_id)
        return await self._audit.list_by_customer(customer.id)

"""Customers in the memory of the process: for tests, and to try things out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shop.domain.contracts import (
    AuditTrail,
    CustomerRepository,
    ReferralRepository,
)
from shop.domain.errors import ConflictError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from shop.domain.entities import AuditEntry, Customer
    from shop.domain.relationships import Referral


class InMemoryCustomerRepository(CustomerRepository):
    """Keeps customers until the process ends.

    Example:
        ```python
        import asyncio

        from shop.adapters.repositories.customers_in_memory import (
            InMemoryCustomerRepository,
        )
        from shop.domain.entities import Customer


        async def find() -> bool:
            repository = InMemoryCustomerRepository()
            created = await repository.create(
                Customer.register("Ada", "ada@example.com")
            )
            return await repository.get_by_id(created.id) == created


        asyncio.run(find())
        # True
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from shop.domain.entities import Customer
        >>> async def find() -> bool:
        ...     repository = InMemoryCustomerRepository()
        ...     created = await repository.create(
        ...         Customer.register("Ada", "ada@example.com")
        ...     )
        ...     return await repository.get_by_id(created.id) == created
        >>> asyncio.run(find())
        True

        -->
    """

    def __init__(self) -> None:
        """Begin without customers.

        Example:
            ```python
            import asyncio

            from shop.adapters.repositories.customers_in_memory import (
                InMemoryCustomerRepository,
            )


            async def count() -> int:
                repository = InMemoryCustomerRepository()
                return len(await repository.list_page(10, 0))


            asyncio.run(count())
            # 0
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> async def count() -> int:
            ...     repository = InMemoryCustomerRepository()
            ...     return len(await repository.list_page(10, 0))
            >>> asyncio.run(count())
            0

            -->
        """
        self._customers: dict[UUID, Customer] = {}

    async def get_by_id(self, customer_id: UUID) -> Customer | None:
        """Find a customer.

        Args:
            customer_id (UUID): Identifier of the customer.

        Returns:
            Customer | None: The customer, or nothing if there is none.

        Example:
            ```python
            import asyncio

            from shop.adapters.repositories.customers_in_memory import (
                InMemoryCustomerRepository,
            )
            from shop.domain.entities import Customer


            async def find() -> bool:
                repository = InMemoryCustomerRepository()
                created = await repository.create(
                    Customer.register("Ada", "ada@example.com")
                )
                return await repository.get_by_id(created.id) == created


            asyncio.run(find())
            # True
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.domain.entities import Customer
            >>> async def find() -> bool:
            ...     repository = InMemoryCustomerRepository()
            ...     created = await repository.create(
            ...         Customer.register("Ada", "ada@example.com")
            ...     )
            ...     return await repository.get_by_id(created.id) == created
            >>> asyncio.run(find())
            True

            -->
        """
        return self._customers.get(customer_id)

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

            from shop.adapters.repositories.customers_in_memory import (
                InMemoryCustomerRepository,
            )
            from shop.domain.entities import Customer


            async def create() -> str:
                repository = InMemoryCustomerRepository()
                created = await repository.create(
                    Customer.register("Ada", "ada@example.com")
                )
                return created.name


            asyncio.run(create())
            # 'Ada'
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.domain.entities import Customer
            >>> async def create() -> str:
            ...     repository = InMemoryCustomerRepository()
            ...     created = await repository.create(
            ...         Customer.register("Ada", "ada@example.com")
            ...     )
            ...     return created.name
            >>> asyncio.run(create())
            'Ada'

            -->
        """
        self._demand_free_address(customer)
        self._customers[customer.id] = customer
        return customer

    async def update(self, customer: Customer, previous: Customer) -> Customer:
        """Replace what is kept about a customer.

        Args:
            customer (Customer): The customer with the new data.
            previous (Customer): The customer as read before the change.

        Raises:
            ConflictError: If somebody else has the e-mail address, or has changed the
                customer meanwhile.

        Returns:
            Customer: The customer as kept.

        Example:
            ```python
            import asyncio

            from shop.adapters.repositories.customers_in_memory import (
                InMemoryCustomerRepository,
            )
            from shop.domain.entities import Customer
            from shop.domain.value_objects import CustomerStatus


            async def update() -> str:
                repository = InMemoryCustomerRepository()
                created = await repository.create(
                    Customer.register("Ada", "ada@example.com")
                )
                active = created.move_to(CustomerStatus.ACTIVE)
                return (await repository.update(active, created)).status.value


            asyncio.run(update())
            # 'active'
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.domain.entities import Customer
            >>> from shop.domain.value_objects import CustomerStatus
            >>> async def update() -> str:
            ...     repository = InMemoryCustomerRepository()
            ...     created = await repository.create(
            ...         Customer.register("Ada", "ada@example.com")
            ...     )
            ...     active = created.move_to(CustomerStatus.ACTIVE)
            ...     return (await repository.update(active, created)).status.value
            >>> asyncio.run(update())
            'active'

            -->
        """
        if self._customers.get(customer.id) != previous:
            message = "The customer was changed by somebody else meanwhile"
            raise ConflictError(message)
        self._demand_free_address(customer)
        self._customers[customer.id] = customer
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

            from shop.adapters.repositories.customers_in_memory import (
                InMemoryCustomerRepository,
            )
            from shop.domain.entities import Customer


            async def list_names() -> list[str]:
                repository = InMemoryCustomerRepository()
                await repository.create(Customer.register("Ada", "ada@example.com"))
                await repository.create(Customer.register("Eve", "eve@example.com"))
                return [it.name for it in await repository.list_page(10, 1)]


            asyncio.run(list_names())
            # ['Eve']
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.domain.entities import Customer
            >>> async def list_names() -> list[str]:
            ...     repository = InMemoryCustomerRepository()
            ...     await repository.create(Customer.register("Ada", "ada@example.com"))
            ...     await repository.create(Customer.register("Eve", "eve@example.com"))
            ...     return [it.name for it in await repository.list_page(10, 1)]
            >>> asyncio.run(list_names())
            ['Eve']

            -->
        """
        ordered = sorted(self._customers.values(), key=lambda it: it.created_at)
        return ordered[offset : offset + limit]

    def _demand_free_address(self, customer: Customer) -> None:
        """Make sure that nobody else has the e-mail address of a customer.

        Args:
            customer (Customer): The customer.

        Raises:
            ConflictError: If somebody else has it.

        Example:
            ```python
            from shop.adapters.repositories.customers_in_memory import (
                InMemoryCustomerRepository,
            )
            from shop.domain.entities import Customer

            repository = InMemoryCustomerRepository()
            repository._demand_free_address(
                Customer.register("Ada", "ada@example.com")
            )
            ```

            <!-- As a doctest:
            >>> from shop.domain.entities import Customer
            >>> repository = InMemoryCustomerRepository()
            >>> repository._demand_free_address(
            ...     Customer.register("Ada", "ada@example.com")
            ... )

            -->
        """
        others = (it for it in self._customers.values() if it.id != customer.id)
        if any(other.email == customer.email for other in others):
            message = "E-mail address is in use"
            raise ConflictError(message)


class InMemoryReferralRepository(ReferralRepository):
    """Keeps relationships until the process ends.

    Example:
        ```python
        import asyncio
        from uuid import uuid4

        from shop.adapters.repositories.customers_in_memory import (
            InMemoryReferralRepository,
        )
        from shop.domain.relationships import Referral


        async def create() -> bool:
            repository = InMemoryReferralRepository()
            referral = Referral(referrer_id=uuid4(), referred_id=uuid4())
            return await repository.create(referral) == referral


        asyncio.run(create())
        # True
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from uuid import uuid4
        >>> from shop.domain.relationships import Referral
        >>> async def create() -> bool:
        ...     repository = InMemoryReferralRepository()
        ...     referral = Referral(referrer_id=uuid4(), referred_id=uuid4())
        ...     return await repository.create(referral) == referral
        >>> asyncio.run(create())
        True

        -->
    """

    def __init__(self) -> None:
        """Begin without relationships.

        Example:
            ```python
            import asyncio
            from uuid import uuid4

            from shop.adapters.repositories.customers_in_memory import (
                InMemoryReferralRepository,
            )


            async def count() -> int:
                repository = InMemoryReferralRepository()
                return len(await repository.list_by_referrer(uuid4()))


            asyncio.run(count())
            # 0
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import uuid4
            >>> async def count() -> int:
            ...     repository = InMemoryReferralRepository()
            ...     return len(await repository.list_by_referrer(uuid4()))
            >>> asyncio.run(count())
            0

            -->
        """
        self._referrals: dict[UUID, Referral] = {}

    async def create(self, referral: Referral) -> Referral:
        """Keep a new relationship.

        Args:
            referral (Referral): The relationship.

        Raises:
            ConflictError: If the customer was brought in by somebody already.

        Returns:
            Referral: The relationship as kept.

        Example:
            ```python
            import asyncio
            from uuid import uuid4

            from shop.adapters.repositories.customers_in_memory import (
                InMemoryReferralRepository,
            )
            from shop.domain.relationships import Referral


            async def create() -> bool:
                repository = InMemoryReferralRepository()
                referral = Referral(referrer_id=uuid4(), referred_id=uuid4())
                return await repository.create(referral) == referral


            asyncio.run(create())
            # True
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import uuid4
            >>> from shop.domain.relationships import Referral
            >>> async def create() -> bool:
            ...     repository = InMemoryReferralRepository()
            ...     referral = Referral(referrer_id=uuid4(), referred_id=uuid4())
            ...     return await repository.create(referral) == referral
            >>> asyncio.run(create())
            True

            -->
        """
        if referral.referred_id in self._referrals:
            message = "The customer was referred already"
            raise ConflictError(message)
        self._referrals[referral.referred_id] = referral
        return referral

    async def list_by_referrer(self, referrer_id: UUID) -> Sequence[Referral]:
        """Find out whom a customer has brought in.

        Args:
            referrer_id (UUID): Identifier of the customer.

        Returns:
            Sequence[Referral]: The relationships, the oldest first.

        Example:
            ```python
            import asyncio
            from uuid import uuid4

            from shop.adapters.repositories.customers_in_memory import (
                InMemoryReferralRepository,
            )
            from shop.domain.relationships import Referral


            async def count() -> int:
                repository = InMemoryReferralRepository()
                referral = Referral(referrer_id=uuid4(), referred_id=uuid4())
                await repository.create(referral)
                return len(await repository.list_by_referrer(referral.referrer_id))


            asyncio.run(count())
            # 1
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import uuid4
            >>> from shop.domain.relationships import Referral
            >>> async def count() -> int:
            ...     repository = InMemoryReferralRepository()
            ...     referral = Referral(referrer_id=uuid4(), referred_id=uuid4())
            ...     await repository.create(referral)
            ...     return len(await repository.list_by_referrer(referral.referrer_id))
            >>> asyncio.run(count())
            1

            -->
        """
        return [it for it in self._referrals.values() if it.referrer_id == referrer_id]


class InMemoryAuditTrail(AuditTrail):
    """Remembers what was done until the process ends.

    Example:
        ```python
        import asyncio
        from uuid import uuid4

        from shop.adapters.repositories.customers_in_memory import (
            InMemoryAuditTrail,
        )
        from shop.domain.entities import AuditEntry
        from shop.domain.value_objects import Actor, CustomerAction, Role


        async def read() -> list[str]:
            trail = InMemoryAuditTrail()
            actor, customer_id = Actor("ada", Role.AGENT), uuid4()
            await trail.append(
                AuditEntry.of(actor, CustomerAction.CREATE, customer_id)
            )
            return [
                it.action.value for it in await trail.list_by_customer(customer_id)
            ]


        asyncio.run(read())
        # ['create']
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from uuid import uuid4
        >>> from shop.domain.entities import AuditEntry
        >>> from shop.domain.value_objects import Actor, CustomerAction, Role
        >>> async def read() -> list[str]:
        ...     trail = InMemoryAuditTrail()
        ...     actor, customer_id = Actor("ada", Role.AGENT), uuid4()
        ...     await trail.append(
        ...         AuditEntry.of(actor, CustomerAction.CREATE, customer_id)
        ...     )
        ...     return [
        ...         it.action.value for it in await trail.list_by_customer(customer_id)
        ...     ]
        >>> asyncio.run(read())
        ['create']

        -->
    """

    def __init__(self) -> None:
        """Begin with nothing to remember.

        Example:
            ```python
            import asyncio
            from uuid import uuid4

            from shop.adapters.repositories.customers_in_memory import (
                InMemoryAuditTrail,
            )


            async def count() -> int:
                trail = InMemoryAuditTrail()
                return len(await trail.list_by_customer(uuid4()))


            asyncio.run(count())
            # 0
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import uuid4
            >>> async def count() -> int:
            ...     trail = InMemoryAuditTrail()
            ...     return len(await trail.list_by_customer(uuid4()))
            >>> asyncio.run(count())
            0

            -->
        """
        self._entries: list[AuditEntry] = []

    async def append(self, entry: AuditEntry) -> None:
        """Remember what was done.

        Args:
            entry (AuditEntry): What was done.

        Example:
            ```python
            import asyncio
            from uuid import uuid4

            from shop.adapters.repositories.customers_in_memory import (
                InMemoryAuditTrail,
            )
            from shop.domain.entities import AuditEntry
            from shop.domain.value_objects import Actor, CustomerAction, Role


            async def remember() -> None:
                trail = InMemoryAuditTrail()
                actor = Actor("ada", Role.AGENT)
                await trail.append(
                    AuditEntry.of(actor, CustomerAction.CREATE, uuid4())
                )


            asyncio.run(remember())
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import uuid4
            >>> from shop.domain.entities import AuditEntry
            >>> from shop.domain.value_objects import Actor, CustomerAction, Role
            >>> async def remember() -> None:
            ...     trail = InMemoryAuditTrail()
            ...     actor = Actor("ada", Role.AGENT)
            ...     await trail.append(
            ...         AuditEntry.of(actor, CustomerAction.CREATE, uuid4())
            ...     )
            >>> asyncio.run(remember())

            -->
        """
        self._entries.append(entry)

    async def list_by_customer(self, customer_id: UUID) -> Sequence[AuditEntry]:
        """Read what was done to a customer.

        Args:
            customer_id (UUID): Identifier of the customer.

        Returns:
            Sequence[AuditEntry]: The entries, the oldest first.

        Example:
            ```python
            import asyncio
            from uuid import uuid4

            from shop.adapters.repositories.customers_in_memory import (
                InMemoryAuditTrail,
            )
            from shop.domain.entities import AuditEntry
            from shop.domain.value_objects import Actor, CustomerAction, Role


            async def read() -> list[str]:
                trail = InMemoryAuditTrail()
                actor, customer_id = Actor("ada", Role.AGENT), uuid4()
                await trail.append(
                    AuditEntry.of(actor, CustomerAction.CREATE, customer_id)
                )
                return [
                    it.action.value
                    for it in await trail.list_by_customer(customer_id)
                ]


            asyncio.run(read())
            # ['create']
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import uuid4
            >>> from shop.domain.entities import AuditEntry
            >>> from shop.domain.value_objects import Actor, CustomerAction, Role
            >>> async def read() -> list[str]:
            ...     trail = InMemoryAuditTrail()
            ...     actor, customer_id = Actor("ada", Role.AGENT), uuid4()
            ...     await trail.append(
            ...         AuditEntry.of(actor, CustomerAction.CREATE, customer_id)
            ...     )
            ...     return [
            ...         it.action.value
            ...         for it in await trail.list_by_customer(customer_id)
            ...     ]
            >>> asyncio.run(read())
            ['create']

            -->
        """
        return [entry for entry in self._entries if entry.customer_id == customer_id]

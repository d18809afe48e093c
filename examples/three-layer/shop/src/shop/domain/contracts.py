"""What the layers expect from each other, as protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from uuid import UUID

    from shop.domain.entities import AuditEntry, Customer
    from shop.domain.events import CustomerEvent
    from shop.domain.relationships import Referral
    from shop.domain.value_objects import CustomerDraft, EmailAddress


class HealthProbe(Protocol):
    """A dependency that can be asked whether it is reachable.

    Example:
        ```python
        import asyncio

        from shop.domain.contracts import HealthProbe


        class Answering(HealthProbe):
            async def ping(self) -> None:
                await asyncio.sleep(0)


        asyncio.run(Answering().ping())
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> class Answering(HealthProbe):
        ...     async def ping(self) -> None:
        ...         await asyncio.sleep(0)
        >>> asyncio.run(Answering().ping())

        -->
    """

    async def ping(self) -> None:
        """Reach for the dependency.

        Raises:
            ExternalServiceError: If it does not answer as it should.

        Example:
            ```python
            import asyncio

            from shop.domain.contracts import HealthProbe
            from shop.domain.errors import ExternalServiceError


            class Silent(HealthProbe):
                async def ping(self) -> None:
                    raise ExternalServiceError("No answer")


            try:
                asyncio.run(Silent().ping())
            except ExternalServiceError as error:
                print(error)
            # No answer
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.domain.errors import ExternalServiceError
            >>> class Silent(HealthProbe):
            ...     async def ping(self) -> None:
            ...         raise ExternalServiceError("No answer")
            >>> try:
            ...     asyncio.run(Silent().ping())
            ... except ExternalServiceError as error:
            ...     print(error)
            No answer

            -->
        """


class CustomerReader(Protocol):
    """Finds customers, for answers: what it gives may be a little out of date.

    Example:
        ```python
        from shop.adapters.repositories.customers_in_memory import (
            InMemoryCustomerRepository,
        )
        from shop.domain.contracts import CustomerReader

        reader: CustomerReader = InMemoryCustomerRepository()
        ```

        <!-- As a doctest:
        >>> from shop.adapters.repositories.customers_in_memory import (
        ...     InMemoryCustomerRepository,
        ... )
        >>> reader: CustomerReader = InMemoryCustomerRepository()

        -->
    """

    async def get_by_id(self, customer_id: UUID) -> Customer | None:
        """Find a customer.

        Args:
            customer_id (UUID): Identifier of the customer.

        Returns:
            Customer | None: The customer, or nothing if there is none.

        Example:
            ```python
            import asyncio
            from uuid import uuid4

            from shop.adapters.repositories.customers_in_memory import (
                InMemoryCustomerRepository,
            )
            from shop.domain.contracts import CustomerReader

            reader: CustomerReader = InMemoryCustomerRepository()
            print(asyncio.run(reader.get_by_id(uuid4())))
            # None
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import uuid4
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryCustomerRepository,
            ... )
            >>> reader: CustomerReader = InMemoryCustomerRepository()
            >>> print(asyncio.run(reader.get_by_id(uuid4())))
            None

            -->
        """

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
            from shop.domain.contracts import CustomerReader

            reader: CustomerReader = InMemoryCustomerRepository()
            asyncio.run(reader.list_page(10, 0))
            # []
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryCustomerRepository,
            ... )
            >>> reader: CustomerReader = InMemoryCustomerRepository()
            >>> asyncio.run(reader.list_page(10, 0))
            []

            -->
        """


class CustomerRepository(Protocol):
    """Keeps customers.

    Example:
        ```python
        from shop.adapters.repositories.customers_in_memory import (
            InMemoryCustomerRepository,
        )
        from shop.domain.contracts import CustomerRepository

        repository: CustomerRepository = InMemoryCustomerRepository()
        ```

        <!-- As a doctest:
        >>> from shop.adapters.repositories.customers_in_memory import (
        ...     InMemoryCustomerRepository,
        ... )
        >>> repository: CustomerRepository = InMemoryCustomerRepository()

        -->
    """

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
            from shop.domain.contracts import CustomerRepository
            from shop.domain.entities import Customer


            async def find() -> bool:
                repository: CustomerRepository = InMemoryCustomerRepository()
                created = await repository.create(
                    Customer.register("Ada", "ada@example.com")
                )
                return await repository.get_by_id(created.id) == created


            asyncio.run(find())
            # True
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.entities import Customer
            >>> async def find() -> bool:
            ...     repository: CustomerRepository = InMemoryCustomerRepository()
            ...     created = await repository.create(
            ...         Customer.register("Ada", "ada@example.com")
            ...     )
            ...     return await repository.get_by_id(created.id) == created
            >>> asyncio.run(find())
            True

            -->
        """

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
            from shop.domain.contracts import CustomerRepository
            from shop.domain.entities import Customer


            async def create() -> str:
                repository: CustomerRepository = InMemoryCustomerRepository()
                created = await repository.create(
                    Customer.register("Ada", "ada@example.com")
                )
                return created.name


            asyncio.run(create())
            # 'Ada'
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.entities import Customer
            >>> async def create() -> str:
            ...     repository: CustomerRepository = InMemoryCustomerRepository()
            ...     created = await repository.create(
            ...         Customer.register("Ada", "ada@example.com")
            ...     )
            ...     return created.name
            >>> asyncio.run(create())
            'Ada'

            -->
        """

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
            from shop.domain.contracts import CustomerRepository
            from shop.domain.entities import Customer
            from shop.domain.value_objects import CustomerStatus


            async def update() -> str:
                repository: CustomerRepository = InMemoryCustomerRepository()
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
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.entities import Customer
            >>> from shop.domain.value_objects import CustomerStatus
            >>> async def update() -> str:
            ...     repository: CustomerRepository = InMemoryCustomerRepository()
            ...     created = await repository.create(
            ...         Customer.register("Ada", "ada@example.com")
            ...     )
            ...     active = created.move_to(CustomerStatus.ACTIVE)
            ...     return (await repository.update(active, created)).status.value
            >>> asyncio.run(update())
            'active'

            -->
        """

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
            from shop.domain.contracts import CustomerRepository
            from shop.domain.entities import Customer


            async def list_names() -> list[str]:
                repository: CustomerRepository = InMemoryCustomerRepository()
                await repository.create(Customer.register("Ada", "ada@example.com"))
                await repository.create(Customer.register("Eve", "eve@example.com"))
                return [it.name for it in await repository.list_page(10, 1)]


            asyncio.run(list_names())
            # ['Eve']
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.entities import Customer
            >>> async def list_names() -> list[str]:
            ...     repository: CustomerRepository = InMemoryCustomerRepository()
            ...     await repository.create(Customer.register("Ada", "ada@example.com"))
            ...     await repository.create(Customer.register("Eve", "eve@example.com"))
            ...     return [it.name for it in await repository.list_page(10, 1)]
            >>> asyncio.run(list_names())
            ['Eve']

            -->
        """


class ReferralRepository(Protocol):
    """Keeps who has brought in whom.

    Example:
        ```python
        from shop.adapters.repositories.customers_in_memory import (
            InMemoryReferralRepository,
        )
        from shop.domain.contracts import ReferralRepository

        repository: ReferralRepository = InMemoryReferralRepository()
        ```

        <!-- As a doctest:
        >>> from shop.adapters.repositories.customers_in_memory import (
        ...     InMemoryReferralRepository,
        ... )
        >>> repository: ReferralRepository = InMemoryReferralRepository()

        -->
    """

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
            from shop.domain.contracts import ReferralRepository
            from shop.domain.relationships import Referral


            async def create() -> bool:
                repository: ReferralRepository = InMemoryReferralRepository()
                referral = Referral(referrer_id=uuid4(), referred_id=uuid4())
                return await repository.create(referral) == referral


            asyncio.run(create())
            # True
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import uuid4
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryReferralRepository,
            ... )
            >>> from shop.domain.relationships import Referral
            >>> async def create() -> bool:
            ...     repository: ReferralRepository = InMemoryReferralRepository()
            ...     referral = Referral(referrer_id=uuid4(), referred_id=uuid4())
            ...     return await repository.create(referral) == referral
            >>> asyncio.run(create())
            True

            -->
        """

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
            from shop.domain.contracts import ReferralRepository
            from shop.domain.relationships import Referral


            async def count() -> int:
                repository: ReferralRepository = InMemoryReferralRepository()
                referral = Referral(referrer_id=uuid4(), referred_id=uuid4())
                await repository.create(referral)
                return len(await repository.list_by_referrer(referral.referrer_id))


            asyncio.run(count())
            # 1
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import uuid4
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryReferralRepository,
            ... )
            >>> from shop.domain.relationships import Referral
            >>> async def count() -> int:
            ...     repository: ReferralRepository = InMemoryReferralRepository()
            ...     referral = Referral(referrer_id=uuid4(), referred_id=uuid4())
            ...     await repository.create(referral)
            ...     return len(await repository.list_by_referrer(referral.referrer_id))
            >>> asyncio.run(count())
            1

            -->
        """


class AuditTrail(Protocol):
    """Remembers what was done; it is only ever appended to.

    Example:
        ```python
        from shop.adapters.repositories.customers_in_memory import (
            InMemoryAuditTrail,
        )
        from shop.domain.contracts import AuditTrail

        trail: AuditTrail = InMemoryAuditTrail()
        ```

        <!-- As a doctest:
        >>> from shop.adapters.repositories.customers_in_memory import (
        ...     InMemoryAuditTrail,
        ... )
        >>> trail: AuditTrail = InMemoryAuditTrail()

        -->
    """

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
            from shop.domain.contracts import AuditTrail
            from shop.domain.entities import AuditEntry
            from shop.domain.value_objects import Actor, CustomerAction, Role


            async def remember() -> None:
                trail: AuditTrail = InMemoryAuditTrail()
                actor = Actor("ada", Role.AGENT)
                await trail.append(
                    AuditEntry.of(actor, CustomerAction.CREATE, uuid4())
                )


            asyncio.run(remember())
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import uuid4
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryAuditTrail,
            ... )
            >>> from shop.domain.entities import AuditEntry
            >>> from shop.domain.value_objects import Actor, CustomerAction, Role
            >>> async def remember() -> None:
            ...     trail: AuditTrail = InMemoryAuditTrail()
            ...     actor = Actor("ada", Role.AGENT)
            ...     await trail.append(
            ...         AuditEntry.of(actor, CustomerAction.CREATE, uuid4())
            ...     )
            >>> asyncio.run(remember())

            -->
        """

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
            from shop.domain.contracts import AuditTrail
            from shop.domain.entities import AuditEntry
            from shop.domain.value_objects import Actor, CustomerAction, Role


            async def read() -> list[str]:
                trail: AuditTrail = InMemoryAuditTrail()
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
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryAuditTrail,
            ... )
            >>> from shop.domain.entities import AuditEntry
            >>> from shop.domain.value_objects import Actor, CustomerAction, Role
            >>> async def read() -> list[str]:
            ...     trail: AuditTrail = InMemoryAuditTrail()
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


class EventPublisher(Protocol):
    """Makes known what has happened.

    Example:
        ```python
        from shop.adapters.message_queues.event_bus import EventBus
        from shop.domain.contracts import EventPublisher

        publisher: EventPublisher = EventBus()
        ```

        <!-- As a doctest:
        >>> from shop.adapters.message_queues.event_bus import EventBus
        >>> publisher: EventPublisher = EventBus()

        -->
    """

    async def publish(self, event: CustomerEvent) -> None:
        """Make an event known.

        Args:
            event (CustomerEvent): What has happened.

        Example:
            ```python
            import asyncio
            from uuid import uuid4

            from shop.adapters.message_queues.event_bus import EventBus
            from shop.domain.contracts import EventPublisher
            from shop.domain.events import CustomerCreated


            async def tell() -> None:
                publisher: EventPublisher = EventBus()
                await publisher.publish(CustomerCreated(customer_id=uuid4()))


            asyncio.run(tell())
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from uuid import uuid4
            >>> from shop.adapters.message_queues.event_bus import EventBus
            >>> from shop.domain.events import CustomerCreated
            >>> async def tell() -> None:
            ...     publisher: EventPublisher = EventBus()
            ...     await publisher.publish(CustomerCreated(customer_id=uuid4()))
            >>> asyncio.run(tell())

            -->
        """


class EmailVerifier(Protocol):
    """Knows whether mail can be delivered.

    Example:
        ```python
        from shop.adapters.external_apis.email_verification import (
            TrustingEmailVerifier,
        )
        from shop.domain.contracts import EmailVerifier

        verifier: EmailVerifier = TrustingEmailVerifier()
        ```

        <!-- As a doctest:
        >>> from shop.adapters.external_apis.email_verification import (
        ...     TrustingEmailVerifier,
        ... )
        >>> verifier: EmailVerifier = TrustingEmailVerifier()

        -->
    """

    async def is_deliverable(self, email: EmailAddress) -> bool:
        """Ask about an address.

        Args:
            email (EmailAddress): The address.

        Raises:
            ExternalServiceError: If no answer can be had.

        Returns:
            bool: Whether mail can be delivered there.

        Example:
            ```python
            import asyncio

            from shop.adapters.external_apis.email_verification import (
                TrustingEmailVerifier,
            )
            from shop.domain.contracts import EmailVerifier
            from shop.domain.value_objects import EmailAddress

            verifier: EmailVerifier = TrustingEmailVerifier()
            asyncio.run(verifier.is_deliverable(EmailAddress("ada@example.com")))
            # True
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.adapters.external_apis.email_verification import (
            ...     TrustingEmailVerifier,
            ... )
            >>> from shop.domain.value_objects import EmailAddress
            >>> verifier: EmailVerifier = TrustingEmailVerifier()
            >>> asyncio.run(verifier.is_deliverable(EmailAddress("ada@example.com")))
            True

            -->
        """


class CustomerSource(Protocol):
    """Delivers customers from elsewhere.

    Example:
        ```python
        from shop.adapters.file_parsers.customers_csv import CsvCustomerSource
        from shop.domain.contracts import CustomerSource

        source: CustomerSource = CsvCustomerSource()
        ```

        <!-- As a doctest:
        >>> from shop.adapters.file_parsers.customers_csv import CsvCustomerSource
        >>> source: CustomerSource = CsvCustomerSource()

        -->
    """

    async def read(self, path: Path) -> Sequence[CustomerDraft]:
        r"""Read all customers of a file.

        Args:
            path (Path): The file.

        Raises:
            ValidationError: If the file cannot be read as one of customers.

        Returns:
            Sequence[CustomerDraft]: The customers, as they stand there.

        Example:
            ```python
            import asyncio
            import tempfile
            from pathlib import Path

            from shop.adapters.file_parsers.customers_csv import CsvCustomerSource
            from shop.domain.contracts import CustomerSource

            source: CustomerSource = CsvCustomerSource()
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder, "customers.csv")
                size = file.write_text("name,email\nAda,ada@example.com\n", "utf-8")
                drafts = asyncio.run(source.read(file))

            [draft.name for draft in drafts]
            # ['Ada']
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> import tempfile
            >>> from pathlib import Path
            >>> from shop.adapters.file_parsers.customers_csv import CsvCustomerSource
            >>> source: CustomerSource = CsvCustomerSource()
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     file = Path(folder, "customers.csv")
            ...     size = file.write_text("name,email\nAda,ada@example.com\n", "utf-8")
            ...     drafts = asyncio.run(source.read(file))
            >>> [draft.name for draft in drafts]
            ['Ada']

            -->
        """


class RateLimiter(Protocol):
    """Grants requests as long as a caller does not make too many.

    Example:
        ```python
        from shop.adapters.rate_limit import TokenBuckets
        from shop.domain.contracts import RateLimiter

        limiter: RateLimiter = TokenBuckets(120, 60)
        ```

        <!-- As a doctest:
        >>> from shop.adapters.rate_limit import TokenBuckets
        >>> limiter: RateLimiter = TokenBuckets(120, 60)

        -->
    """

    async def take(self, name: str) -> float:
        """Ask for one request.

        Args:
            name (str): Who makes it.

        Returns:
            float: 0 if it is granted, else the seconds to wait before it could be.

        Example:
            ```python
            import asyncio

            from shop.adapters.rate_limit import TokenBuckets
            from shop.domain.contracts import RateLimiter

            limiter: RateLimiter = TokenBuckets(120, 60)
            asyncio.run(limiter.take("acme"))
            # 0
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.adapters.rate_limit import TokenBuckets
            >>> limiter: RateLimiter = TokenBuckets(120, 60)
            >>> asyncio.run(limiter.take("acme"))
            0

            -->
        """

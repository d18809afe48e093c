"""Customers taken over from elsewhere, many at once."""

from __future__ import annotations

import dataclasses
import logging
from typing import TYPE_CHECKING

from shop.domain.errors import ConflictError, ValidationError
from shop.services.validation.customer_drafts import find_faults

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from shop.domain.contracts import CustomerSource
    from shop.domain.value_objects import CustomerDraft
    from shop.services.business_logic.customers import CustomerService

    type ServiceFactory = Callable[[], AbstractAsyncContextManager[CustomerService]]

logger = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RejectedDraft:
    """A draft that has not become a customer.

    Attributes:
        line: Line of the source on which it ends.
        reasons: What is wrong with it; the data itself is not repeated.

    Example:
        ```python
        from shop.services.orchestration.customer_import import RejectedDraft

        RejectedDraft(line=3, reasons=["Name is empty"]).line
        # 3
        ```

        <!-- As a doctest:
        >>> RejectedDraft(line=3, reasons=["Name is empty"]).line
        3

        -->
    """

    line: int
    reasons: Sequence[str]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What has become of a file.

    Attributes:
        created: How many customers were made.
        rejected: What was refused.

    Example:
        ```python
        from shop.services.orchestration.customer_import import ImportReport

        ImportReport(created=2, rejected=[]).created
        # 2
        ```

        <!-- As a doctest:
        >>> ImportReport(created=2, rejected=[]).created
        2

        -->
    """

    created: int
    rejected: Sequence[RejectedDraft]


class CustomerImport:
    """Makes a customer of each draft; one that is refused does not stop the others.

    Example:
        ```python
        import asyncio
        import contextlib
        from collections.abc import AsyncIterator
        from pathlib import Path

        from shop.adapters.external_apis.email_verification import (
            TrustingEmailVerifier,
        )
        from shop.adapters.message_queues.event_bus import EventBus
        from shop.adapters.repositories.customers_in_memory import (
            InMemoryAuditTrail,
            InMemoryCustomerRepository,
        )
        from shop.domain.contracts import CustomerSource
        from shop.domain.value_objects import Actor, CustomerDraft, Role
        from shop.services.business_logic.customers import CustomerService
        from shop.services.orchestration.customer_import import CustomerImport


        class Drafts(CustomerSource):
            async def read(self, path: Path) -> list[CustomerDraft]:
                return [
                    CustomerDraft(line=2, name="Ada", email="ada@example.com"),
                    CustomerDraft(line=3, name="Eve", email="nobody"),
                ]


        @contextlib.asynccontextmanager
        async def open_service() -> AsyncIterator[CustomerService]:
            yield CustomerService(
                InMemoryCustomerRepository(),
                Actor("ada", Role.AGENT),
                audit=InMemoryAuditTrail(),
                events=EventBus(),
                verifier=TrustingEmailVerifier(),
            )


        process = CustomerImport(Drafts(), open_service)
        report = asyncio.run(process.run(Path("customers.csv")))
        print(report.created, report.rejected[0].reasons)
        # 1 ['E-mail address is malformed']
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> import contextlib
        >>> from collections.abc import AsyncIterator
        >>> from pathlib import Path
        >>> from shop.adapters.external_apis.email_verification import (
        ...     TrustingEmailVerifier,
        ... )
        >>> from shop.adapters.message_queues.event_bus import EventBus
        >>> from shop.adapters.repositories.customers_in_memory import (
        ...     InMemoryAuditTrail,
        ...     InMemoryCustomerRepository,
        ... )
        >>> from shop.domain.contracts import CustomerSource
        >>> from shop.domain.value_objects import Actor, CustomerDraft, Role
        >>> from shop.services.business_logic.customers import CustomerService
        >>> class Drafts(CustomerSource):
        ...     async def read(self, path: Path) -> list[CustomerDraft]:
        ...         return [
        ...             CustomerDraft(line=2, name="Ada", email="ada@example.com"),
        ...             CustomerDraft(line=3, name="Eve", email="nobody"),
        ...         ]
        >>> @contextlib.asynccontextmanager
        ... async def open_service() -> AsyncIterator[CustomerService]:
        ...     yield CustomerService(
        ...         InMemoryCustomerRepository(),
        ...         Actor("ada", Role.AGENT),
        ...         audit=InMemoryAuditTrail(),
        ...         events=EventBus(),
        ...         verifier=TrustingEmailVerifier(),
        ...     )
        >>> process = CustomerImport(Drafts(), open_service)
        >>> report = asyncio.run(process.run(Path("customers.csv")))
        >>> print(report.created, report.rejected[0].reasons)
        1 ['E-mail address is malformed']

        -->
    """

    def __init__(self, source: CustomerSource, services: ServiceFactory) -> None:
        """Keep what the process needs.

        Args:
            source (CustomerSource): Delivers the drafts.
            services (ServiceFactory): Opens the use cases in a transaction of their
                own.

        Example:
            ```python
            import contextlib
            from collections.abc import AsyncIterator
            from pathlib import Path

            from shop.adapters.external_apis.email_verification import (
                TrustingEmailVerifier,
            )
            from shop.adapters.message_queues.event_bus import EventBus
            from shop.adapters.repositories.customers_in_memory import (
                InMemoryAuditTrail,
                InMemoryCustomerRepository,
            )
            from shop.domain.contracts import CustomerSource
            from shop.domain.value_objects import Actor, CustomerDraft, Role
            from shop.services.business_logic.customers import CustomerService
            from shop.services.orchestration.customer_import import CustomerImport


            class Drafts(CustomerSource):
                async def read(self, path: Path) -> list[CustomerDraft]:
                    return [
                        CustomerDraft(line=2, name="Ada", email="ada@example.com"),
                        CustomerDraft(line=3, name="Eve", email="nobody"),
                    ]


            @contextlib.asynccontextmanager
            async def open_service() -> AsyncIterator[CustomerService]:
                yield CustomerService(
                    InMemoryCustomerRepository(),
                    Actor("ada", Role.AGENT),
                    audit=InMemoryAuditTrail(),
                    events=EventBus(),
                    verifier=TrustingEmailVerifier(),
                )


            process = CustomerImport(Drafts(), open_service)
            ```

            <!-- As a doctest:
            >>> import contextlib
            >>> from collections.abc import AsyncIterator
            >>> from pathlib import Path
            >>> from shop.adapters.external_apis.email_verification import (
            ...     TrustingEmailVerifier,
            ... )
            >>> from shop.adapters.message_queues.event_bus import EventBus
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryAuditTrail,
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.contracts import CustomerSource
            >>> from shop.domain.value_objects import Actor, CustomerDraft, Role
            >>> from shop.services.business_logic.customers import CustomerService
            >>> class Drafts(CustomerSource):
            ...     async def read(self, path: Path) -> list[CustomerDraft]:
            ...         return [
            ...             CustomerDraft(line=2, name="Ada", email="ada@example.com"),
            ...             CustomerDraft(line=3, name="Eve", email="nobody"),
            ...         ]
            >>> @contextlib.asynccontextmanager
            ... async def open_service() -> AsyncIterator[CustomerService]:
            ...     yield CustomerService(
            ...         InMemoryCustomerRepository(),
            ...         Actor("ada", Role.AGENT),
            ...         audit=InMemoryAuditTrail(),
            ...         events=EventBus(),
            ...         verifier=TrustingEmailVerifier(),
            ...     )
            >>> process = CustomerImport(Drafts(), open_service)

            -->
        """
        self._source = source
        self._services = services

    async def run(self, path: Path) -> ImportReport:
        """Import the customers of a file.

        Args:
            path (Path): The file.

        Raises:
            ForbiddenError: If the actor may not make customers.
            ValidationError: If the file cannot be read as one of customers.
            ExternalServiceError: If something that is needed cannot be reached.

        Returns:
            ImportReport: What has become of each draft.

        Example:
            ```python
            import asyncio
            import contextlib
            from collections.abc import AsyncIterator
            from pathlib import Path

            from shop.adapters.external_apis.email_verification import (
                TrustingEmailVerifier,
            )
            from shop.adapters.message_queues.event_bus import EventBus
            from shop.adapters.repositories.customers_in_memory import (
                InMemoryAuditTrail,
                InMemoryCustomerRepository,
            )
            from shop.domain.contracts import CustomerSource
            from shop.domain.value_objects import Actor, CustomerDraft, Role
            from shop.services.business_logic.customers import CustomerService
            from shop.services.orchestration.customer_import import CustomerImport


            class Drafts(CustomerSource):
                async def read(self, path: Path) -> list[CustomerDraft]:
                    return [
                        CustomerDraft(line=2, name="Ada", email="ada@example.com"),
                        CustomerDraft(line=3, name="Eve", email="nobody"),
                    ]


            @contextlib.asynccontextmanager
            async def open_service() -> AsyncIterator[CustomerService]:
                yield CustomerService(
                    InMemoryCustomerRepository(),
                    Actor("ada", Role.AGENT),
                    audit=InMemoryAuditTrail(),
                    events=EventBus(),
                    verifier=TrustingEmailVerifier(),
                )


            process = CustomerImport(Drafts(), open_service)
            report = asyncio.run(process.run(Path("customers.csv")))
            report.rejected[0].line
            # 3
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> import contextlib
            >>> from collections.abc import AsyncIterator
            >>> from pathlib import Path
            >>> from shop.adapters.external_apis.email_verification import (
            ...     TrustingEmailVerifier,
            ... )
            >>> from shop.adapters.message_queues.event_bus import EventBus
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryAuditTrail,
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.contracts import CustomerSource
            >>> from shop.domain.value_objects import Actor, CustomerDraft, Role
            >>> from shop.services.business_logic.customers import CustomerService
            >>> class Drafts(CustomerSource):
            ...     async def read(self, path: Path) -> list[CustomerDraft]:
            ...         return [
            ...             CustomerDraft(line=2, name="Ada", email="ada@example.com"),
            ...             CustomerDraft(line=3, name="Eve", email="nobody"),
            ...         ]
            >>> @contextlib.asynccontextmanager
            ... async def open_service() -> AsyncIterator[CustomerService]:
            ...     yield CustomerService(
            ...         InMemoryCustomerRepository(),
            ...         Actor("ada", Role.AGENT),
            ...         audit=InMemoryAuditTrail(),
            ...         events=EventBus(),
            ...         verifier=TrustingEmailVerifier(),
            ...     )
            >>> process = CustomerImport(Drafts(), open_service)
            >>> report = asyncio.run(process.run(Path("customers.csv")))
            >>> report.rejected[0].line
            3

            -->
        """
        drafts = await self._source.read(path)
        rejected = [
            RejectedDraft(line=draft.line, reasons=reasons)
            for draft in drafts
            if (reasons := await self._take_over(draft))
        ]
        report = ImportReport(created=len(drafts) - len(rejected), rejected=rejected)
        logger.info(
            "Customers imported",
            extra={"accepted": report.created, "rejected": len(rejected)},
        )
        return report

    async def _take_over(self, draft: CustomerDraft) -> Sequence[str]:
        """Make a customer of a draft.

        Args:
            draft (CustomerDraft): The draft.

        Returns:
            Sequence[str]: Why it was refused; nothing if it was not.

        Example:
            ```python
            import asyncio
            import contextlib
            from collections.abc import AsyncIterator
            from pathlib import Path

            from shop.adapters.external_apis.email_verification import (
                TrustingEmailVerifier,
            )
            from shop.adapters.message_queues.event_bus import EventBus
            from shop.adapters.repositories.customers_in_memory import (
                InMemoryAuditTrail,
                InMemoryCustomerRepository,
            )
            from shop.domain.contracts import CustomerSource
            from shop.domain.value_objects import Actor, CustomerDraft, Role
            from shop.services.business_logic.customers import CustomerService
            from shop.services.orchestration.customer_import import CustomerImport


            class Drafts(CustomerSource):
                async def read(self, path: Path) -> list[CustomerDraft]:
                    return [
                        CustomerDraft(line=2, name="Ada", email="ada@example.com"),
                        CustomerDraft(line=3, name="Eve", email="nobody"),
                    ]


            @contextlib.asynccontextmanager
            async def open_service() -> AsyncIterator[CustomerService]:
                yield CustomerService(
                    InMemoryCustomerRepository(),
                    Actor("ada", Role.AGENT),
                    audit=InMemoryAuditTrail(),
                    events=EventBus(),
                    verifier=TrustingEmailVerifier(),
                )


            process = CustomerImport(Drafts(), open_service)
            draft = CustomerDraft(line=2, name="Ada", email="ada@example.com")
            asyncio.run(process._take_over(draft))
            # []
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> import contextlib
            >>> from collections.abc import AsyncIterator
            >>> from pathlib import Path
            >>> from shop.adapters.external_apis.email_verification import (
            ...     TrustingEmailVerifier,
            ... )
            >>> from shop.adapters.message_queues.event_bus import EventBus
            >>> from shop.adapters.repositories.customers_in_memory import (
            ...     InMemoryAuditTrail,
            ...     InMemoryCustomerRepository,
            ... )
            >>> from shop.domain.contracts import CustomerSource
            >>> from shop.domain.value_objects import Actor, CustomerDraft, Role
            >>> from shop.services.business_logic.customers import CustomerService
            >>> class Drafts(CustomerSource):
            ...     async def read(self, path: Path) -> list[CustomerDraft]:
            ...         return [
            ...             CustomerDraft(line=2, name="Ada", email="ada@example.com"),
            ...             CustomerDraft(line=3, name="Eve", email="nobody"),
            ...         ]
            >>> @contextlib.asynccontextmanager
            ... async def open_service() -> AsyncIterator[CustomerService]:
            ...     yield CustomerService(
            ...         InMemoryCustomerRepository(),
            ...         Actor("ada", Role.AGENT),
            ...         audit=InMemoryAuditTrail(),
            ...         events=EventBus(),
            ...         verifier=TrustingEmailVerifier(),
            ...     )
            >>> process = CustomerImport(Drafts(), open_service)
            >>> draft = CustomerDraft(line=2, name="Ada", email="ada@example.com")
            >>> asyncio.run(process._take_over(draft))
            []

            -->
        """
        if faults := find_faults(draft):
            return faults
        try:
            async with self._services() as service:
                await service.create_customer(draft.name, draft.email)
        except (ConflictError, ValidationError) as error:
            return [str(error)]
        return []

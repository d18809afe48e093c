"""The wiring: services built from adapters and settings."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from typing import TYPE_CHECKING
from uuid import UUID

from shop.adapters.external_apis.email_verification import (
    HttpEmailVerifier,
    TrustingEmailVerifier,
)
from shop.adapters.external_apis.http import HttpClient
from shop.adapters.file_parsers.customers_csv import CsvCustomerSource
from shop.adapters.message_queues.event_bus import EventBuffer, EventBus
from shop.adapters.rate_limit import TokenBuckets
from shop.adapters.repositories.audit_trail import SQLAuditTrail
from shop.adapters.repositories.cached_customers import (
    CachedCustomerReader,
    CustomerCacheInvalidator,
)
from shop.adapters.repositories.customers import SQLCustomerRepository
from shop.adapters.repositories.referrals import SQLReferralRepository
from shop.domain.contracts import RateLimiter
from shop.domain.entities import Customer
from shop.infrastructure.cache import TimedCache
from shop.infrastructure.database import Database
from shop.infrastructure.monitoring import HealthService, count_event, observed
from shop.services.business_logic.customer_queries import CustomerQueries
from shop.services.business_logic.customers import CustomerService
from shop.services.business_logic.referrals import ReferralService
from shop.services.orchestration.customer_import import CustomerImport

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from shop.adapters.repositories.cached_customers import CustomerCache
    from shop.domain.contracts import EmailVerifier
    from shop.domain.value_objects import Actor
    from shop.infrastructure.configuration import Settings


@dataclasses.dataclass(frozen=True, slots=True)
class Resources:
    """What lives as long as the program.

    Attributes:
        health: Asks the dependencies how they are.
        http: Sends requests to other services.
        database: Lends sessions.
        settings: What the program was told.
        events: Hands events of customers to those who want to know.
        customer_cache: Keeps copies of customers for a while.
        rate_limiter: Counts the requests of each caller.

    Example:
        ```python
        import asyncio
        import tempfile

        from shop.bootstrap import open_resources
        from shop.infrastructure.configuration import Settings


        async def look(folder: str) -> bool:
            settings = Settings(
                database_url=f"sqlite+aiosqlite:///{folder}/data.sqlite3"
            )
            async with open_resources(settings) as resources:
                return (await resources.health.report()).is_healthy


        with tempfile.TemporaryDirectory() as folder:
            print(asyncio.run(look(folder)))
        # True
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> import tempfile
        >>> from shop.infrastructure.configuration import Settings
        >>> async def look(folder: str) -> bool:
        ...     settings = Settings(
        ...         database_url=f"sqlite+aiosqlite:///{folder}/data.sqlite3"
        ...     )
        ...     async with open_resources(settings) as resources:
        ...         return (await resources.health.report()).is_healthy
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     print(asyncio.run(look(folder)))
        True

        -->
    """

    health: HealthService
    http: HttpClient
    database: Database
    settings: Settings
    events: EventBus
    customer_cache: CustomerCache
    rate_limiter: RateLimiter


@contextlib.asynccontextmanager
async def open_resources(settings: Settings) -> AsyncIterator[Resources]:
    """Open the resources, and close them in reverse order.

    Args:
        settings (Settings): Settings of the application.

    Yields:
        Resources: The open resources.

    Example:
        ```python
        import asyncio
        import tempfile

        from shop.bootstrap import open_resources
        from shop.infrastructure.configuration import Settings


        async def look(folder: str) -> bool:
            settings = Settings(
                database_url=f"sqlite+aiosqlite:///{folder}/data.sqlite3"
            )
            async with open_resources(settings) as resources:
                return (await resources.health.report()).is_healthy


        with tempfile.TemporaryDirectory() as folder:
            print(asyncio.run(look(folder)))
        # True
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> import tempfile
        >>> from shop.infrastructure.configuration import Settings
        >>> async def look(folder: str) -> bool:
        ...     settings = Settings(
        ...         database_url=f"sqlite+aiosqlite:///{folder}/data.sqlite3"
        ...     )
        ...     async with open_resources(settings) as resources:
        ...         return (await resources.health.report()).is_healthy
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     print(asyncio.run(look(folder)))
        True

        -->
    """
    async with contextlib.AsyncExitStack() as stack:
        http = HttpClient(settings)
        stack.push_async_callback(http.close)
        database = Database(settings)
        stack.push_async_callback(database.close)
        customer_cache = TimedCache[UUID, Customer](
            settings.customer_cache_size, settings.customer_cache_seconds
        )
        events = EventBus()
        events.subscribe(CustomerCacheInvalidator(customer_cache).handle)
        events.subscribe(count_event)
        rate_limiter = TokenBuckets(
            settings.rate_limit_requests, settings.rate_limit_seconds
        )
        yield Resources(
            health=HealthService({"db": database}, settings.health_timeout_seconds),
            http=http,
            database=database,
            settings=settings,
            events=events,
            customer_cache=customer_cache,
            rate_limiter=rate_limiter,
        )


@dataclasses.dataclass(frozen=True, slots=True)
class CustomerUseCases:
    """Everything that can be done with customers in one transaction.

    Attributes:
        service: Makes customers and leads them through their life cycle.
        referrals: Relates customers to those whom they have brought in.
        queries: Answers questions.

    Example:
        ```python
        import dataclasses

        from shop.bootstrap import CustomerUseCases

        [field.name for field in dataclasses.fields(CustomerUseCases)]
        # ['service', 'referrals', 'queries']
        ```

        <!-- As a doctest:
        >>> import dataclasses
        >>> [field.name for field in dataclasses.fields(CustomerUseCases)]
        ['service', 'referrals', 'queries']

        -->
    """

    service: CustomerService
    referrals: ReferralService
    queries: CustomerQueries


@contextlib.asynccontextmanager
async def open_customers(
    resources: Resources, actor: Actor
) -> AsyncIterator[CustomerUseCases]:
    """Open a transaction; once it is committed, its events become known.

    Args:
        resources (Resources): What lives as long as the program.
        actor (Actor): On whose behalf everything is done.

    Raises:
        ExternalServiceError: If the database cannot be reached.

    Yields:
        CustomerUseCases: The use cases.

    Example:
        ```python
        import asyncio

        from shop.bootstrap import open_customers, open_resources
        from shop.domain.errors import ForbiddenError
        from shop.domain.value_objects import Actor, Role
        from shop.infrastructure.configuration import Settings


        async def create(settings: Settings, actor: Actor) -> None:
            async with (
                open_resources(settings) as resources,
                open_customers(resources, actor) as use_cases,
            ):
                await use_cases.service.create_customer("Ada", "ada@example.com")


        settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        try:
            asyncio.run(create(settings, Actor("eve", Role.VIEWER)))
        except ForbiddenError as error:
            print(error)
        # To create customers takes the role agent, not viewer
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from shop.domain.errors import ForbiddenError
        >>> from shop.domain.value_objects import Actor, Role
        >>> from shop.infrastructure.configuration import Settings
        >>> async def create(settings: Settings, actor: Actor) -> None:
        ...     async with (
        ...         open_resources(settings) as resources,
        ...         open_customers(resources, actor) as use_cases,
        ...     ):
        ...         await use_cases.service.create_customer("Ada", "ada@example.com")
        >>> settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        >>> try:
        ...     asyncio.run(create(settings, Actor("eve", Role.VIEWER)))
        ... except ForbiddenError as error:
        ...     print(error)
        To create customers takes the role agent, not viewer

        -->
    """
    buffer = EventBuffer(resources.events)
    with observed("customers"):
        async with resources.database.transaction() as session:
            customers = SQLCustomerRepository(session)
            audit = SQLAuditTrail(session)
            cached = CachedCustomerReader(customers, resources.customer_cache)
            yield CustomerUseCases(
                service=CustomerService(
                    customers,
                    actor,
                    audit=audit,
                    events=buffer,
                    verifier=email_verifier(resources),
                ),
                referrals=ReferralService(
                    customers, SQLReferralRepository(session), audit, actor
                ),
                queries=CustomerQueries(cached, audit, actor),
            )
        await buffer.deliver()


def email_verifier(resources: Resources) -> EmailVerifier:
    """Choose who knows whether mail can be delivered.

    Args:
        resources (Resources): What lives as long as the program.

    Returns:
        EmailVerifier: The service that the settings name, or one that trusts everybody.

    Example:
        ```python
        import asyncio

        from shop.bootstrap import email_verifier, open_resources
        from shop.infrastructure.configuration import Settings


        async def choose(settings: Settings) -> str:
            async with open_resources(settings) as resources:
                return type(email_verifier(resources)).__name__


        settings = Settings(
            database_url="sqlite+aiosqlite:///shop.sqlite3",
            email_verification_url="https://example.com/check",
        )
        asyncio.run(choose(settings))
        # 'HttpEmailVerifier'
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from shop.infrastructure.configuration import Settings
        >>> async def choose(settings: Settings) -> str:
        ...     async with open_resources(settings) as resources:
        ...         return type(email_verifier(resources)).__name__
        >>> settings = Settings(
        ...     database_url="sqlite+aiosqlite:///shop.sqlite3",
        ...     email_verification_url="https://example.com/check",
        ... )
        >>> asyncio.run(choose(settings))
        'HttpEmailVerifier'

        -->
    """
    url = resources.settings.email_verification_url
    return HttpEmailVerifier(resources.http, url) if url else TrustingEmailVerifier()


@contextlib.asynccontextmanager
async def open_customer_service(
    resources: Resources, actor: Actor
) -> AsyncIterator[CustomerService]:
    """Open a transaction for those use cases that make and change customers.

    Args:
        resources (Resources): What lives as long as the program.
        actor (Actor): On whose behalf everything is done.

    Raises:
        ExternalServiceError: If the database cannot be reached.

    Yields:
        CustomerService: The use cases.

    Example:
        ```python
        import asyncio

        from shop.bootstrap import open_customer_service, open_resources
        from shop.domain.value_objects import Actor, Role
        from shop.infrastructure.configuration import Settings


        async def open_one(settings: Settings, actor: Actor) -> str:
            async with (
                open_resources(settings) as resources,
                open_customer_service(resources, actor) as service,
            ):
                return type(service).__name__


        settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        asyncio.run(open_one(settings, Actor("ada", Role.AGENT)))
        # 'CustomerService'
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from shop.domain.value_objects import Actor, Role
        >>> from shop.infrastructure.configuration import Settings
        >>> async def open_one(settings: Settings, actor: Actor) -> str:
        ...     async with (
        ...         open_resources(settings) as resources,
        ...         open_customer_service(resources, actor) as service,
        ...     ):
        ...         return type(service).__name__
        >>> settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        >>> asyncio.run(open_one(settings, Actor("ada", Role.AGENT)))
        'CustomerService'

        -->
    """
    async with open_customers(resources, actor) as use_cases:
        yield use_cases.service


def customer_import(resources: Resources, actor: Actor) -> CustomerImport:
    """Build the process that takes over customers from elsewhere.

    Args:
        resources (Resources): What lives as long as the program.
        actor (Actor): On whose behalf everything is done.

    Returns:
        CustomerImport: The process; each customer is made in a transaction of its own.

    Example:
        ```python
        import asyncio
        from pathlib import Path

        from shop.bootstrap import customer_import, open_resources
        from shop.domain.errors import ValidationError
        from shop.domain.value_objects import Actor, Role
        from shop.infrastructure.configuration import Settings


        async def import_from(settings: Settings, file: Path) -> None:
            async with open_resources(settings) as resources:
                process = customer_import(resources, Actor("ada", Role.AGENT))
                await process.run(file)


        settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        try:
            asyncio.run(import_from(settings, Path("none.csv")))
        except ValidationError as error:
            print(error)
        # none.csv cannot be read
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from pathlib import Path
        >>> from shop.domain.errors import ValidationError
        >>> from shop.domain.value_objects import Actor, Role
        >>> from shop.infrastructure.configuration import Settings
        >>> async def import_from(settings: Settings, file: Path) -> None:
        ...     async with open_resources(settings) as resources:
        ...         process = customer_import(resources, Actor("ada", Role.AGENT))
        ...         await process.run(file)
        >>> settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        >>> try:
        ...     asyncio.run(import_from(settings, Path("none.csv")))
        ... except ValidationError as error:
        ...     print(error)
        none.csv cannot be read

        -->
    """
    services = functools.partial(open_customer_service, resources, actor)
    return CustomerImport(CsvCustomerSource(), services)

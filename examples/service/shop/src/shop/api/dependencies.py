"""The wiring: services built from adapters and settings."""

import contextlib
import dataclasses
from typing import TYPE_CHECKING, Annotated

import fastapi
from sqlalchemy.ext.asyncio import AsyncSession

from shop.domain.interfaces.events import EventPublisher
from shop.domain.services.health import HealthService
from shop.domain.services.users import UserService
from shop.infrastructure.database.engine import Database
from shop.infrastructure.external.webhooks import Webhooks, open_webhooks
from shop.infrastructure.repositories.users import UserRepository

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from shop.config.settings import Settings


@dataclasses.dataclass(frozen=True, slots=True)
class Resources:
    """What lives as long as the application.

    Attributes:
        health: Asks the dependencies how they are.
        database: Lends sessions.
        webhooks: Posts events to their receivers.
    """

    health: HealthService
    database: Database
    webhooks: Webhooks


@contextlib.asynccontextmanager
async def open_resources(settings: "Settings") -> "AsyncIterator[Resources]":
    """Open the resources, and close them in reverse order.

    Args:
        settings: Settings of the application.

    Yields:
        The open resources.
    """
    async with contextlib.AsyncExitStack() as stack:
        database = Database(settings)
        stack.push_async_callback(database.close)
        webhooks = await stack.enter_async_context(open_webhooks(settings))
        yield Resources(
            health=HealthService({"db": database}, settings.health_timeout_seconds),
            database=database,
            webhooks=webhooks,
        )


async def get_resources(request: fastapi.Request) -> Resources:
    """Find the resources of the running application.

    Args:
        request: Any request.

    Returns:
        The resources.
    """
    resources: Resources = request.app.state.resources
    return resources


ResourcesDep = Annotated[Resources, fastapi.Depends(get_resources)]


async def get_health_service(resources: ResourcesDep) -> HealthService:
    """Provide the health service.

    Args:
        resources: Resources of the application.

    Returns:
        The service.
    """
    return resources.health


async def get_db(resources: ResourcesDep) -> "AsyncIterator[AsyncSession]":
    """Provide the session of a request, which is one transaction.

    Args:
        resources: Resources of the application.

    Yields:
        The session; what it did is committed at the end, or undone by an error.
    """
    async with resources.database.transaction() as session:
        yield session


# The scope ends before the response is sent: nobody is told of what was not committed.
SessionDep = Annotated[AsyncSession, fastapi.Depends(get_db, scope="function")]


async def get_event_publisher(resources: ResourcesDep) -> EventPublisher:
    """Provide what tells others of events.

    Args:
        resources: Resources of the application.

    Returns:
        The publisher.
    """
    return resources.webhooks


EventPublisherDep = Annotated[EventPublisher, fastapi.Depends(get_event_publisher)]


async def get_user_service(db: SessionDep) -> UserService:
    """Provide the business logic around users.

    Args:
        db: The transaction of the request.

    Returns:
        The service.
    """
    return UserService(UserRepository(db))


UserServiceDep = Annotated[UserService, fastapi.Depends(get_user_service)]

"""The wiring: services built from adapters and settings."""

import contextlib
import dataclasses
from typing import TYPE_CHECKING, Annotated

import fastapi

from shop.adapters.memory import InMemoryUserRepository
from shop.services.health import HealthService
from shop.services.ports import UserRepository
from shop.services.users import UserService

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from shop.config import Settings


@dataclasses.dataclass(frozen=True, slots=True)
class Resources:
    """What lives as long as the application.

    Attributes:
        health: Asks the dependencies how they are.
        users: Keeps the users.
    """

    health: HealthService
    users: InMemoryUserRepository


@contextlib.asynccontextmanager
async def open_resources(settings: "Settings") -> "AsyncIterator[Resources]":
    """Open the resources, and close them in reverse order.

    Args:
        settings: Settings of the application.

    Yields:
        The open resources.
    """
    yield Resources(
        health=HealthService({}, settings.health_timeout_seconds),
        users=InMemoryUserRepository(),
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


async def get_user_store(resources: ResourcesDep) -> UserRepository:
    """Provide the storage of users.

    Args:
        resources: Resources of the application.

    Returns:
        The storage.
    """
    return resources.users


UserRepositoryDep = Annotated[UserRepository, fastapi.Depends(get_user_store)]


async def get_user_service(users: UserRepositoryDep) -> UserService:
    """Provide the use cases around users.

    Args:
        users: Keeps the users.

    Returns:
        The service.
    """
    return UserService(users)

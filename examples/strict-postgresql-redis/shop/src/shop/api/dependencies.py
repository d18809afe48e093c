"""The wiring: services built from adapters and settings."""

import contextlib
import dataclasses
from typing import TYPE_CHECKING, Annotated

import fastapi

from shop.adapters.cache import RedisCache
from shop.adapters.cached_users import CachedUserRepository
from shop.adapters.database import Database
from shop.adapters.users import SqlUserRepository
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
        cache: Keeps values for a while.
        database: Lends sessions.
    """

    health: HealthService
    cache: RedisCache
    database: Database


@contextlib.asynccontextmanager
async def open_resources(settings: "Settings") -> "AsyncIterator[Resources]":
    """Open the resources, and close them in reverse order.

    Args:
        settings: Settings of the application.

    Yields:
        The open resources.
    """
    async with contextlib.AsyncExitStack() as stack:
        cache = RedisCache(settings)
        stack.push_async_callback(cache.close)
        database = Database(settings)
        stack.push_async_callback(database.close)
        yield Resources(
            health=HealthService(
                {"cache": cache, "db": database}, settings.health_timeout_seconds
            ),
            cache=cache,
            database=database,
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
    return SqlUserRepository(resources.database)


UserStoreDep = Annotated[UserRepository, fastapi.Depends(get_user_store)]


async def get_cached_user_store(
    store: UserStoreDep, resources: ResourcesDep
) -> UserRepository:
    """Provide the storage of users behind the cache.

    Args:
        store: The storage.
        resources: Resources of the application.

    Returns:
        The storage behind the cache.
    """
    return CachedUserRepository(store, resources.cache)


UserRepositoryDep = Annotated[UserRepository, fastapi.Depends(get_cached_user_store)]


async def get_user_service(users: UserRepositoryDep) -> UserService:
    """Provide the use cases around users.

    Args:
        users: Keeps the users.

    Returns:
        The service.
    """
    return UserService(users)

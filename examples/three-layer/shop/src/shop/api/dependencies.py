"""The wiring of requests: services from the resources of the application."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated

import fastapi
from fastapi.security import APIKeyHeader

from shop.bootstrap import CustomerUseCases, Resources, open_customers
from shop.domain.contracts import RateLimiter
from shop.domain.value_objects import Actor
from shop.infrastructure.configuration import Settings
from shop.infrastructure.monitoring import HealthService
from shop.infrastructure.security import find_holder


async def get_resources(request: fastapi.Request) -> Resources:
    """Find the resources of the running application.

    Args:
        request (fastapi.Request): Any request.

    Returns:
        Resources: The resources.

    Example:
        ```python
        import asyncio

        import fastapi

        from shop.api.app import create_app
        from shop.api.dependencies import get_resources
        from shop.infrastructure.configuration import Settings


        async def find() -> bool:
            app = create_app(
                Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
            )
            app.state.resources = object()
            request = fastapi.Request({"type": "http", "app": app})
            return await get_resources(request) is app.state.resources


        asyncio.run(find())
        # True
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from shop.api.app import create_app
        >>> from shop.infrastructure.configuration import Settings
        >>> async def find() -> bool:
        ...     app = create_app(
        ...         Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        ...     )
        ...     app.state.resources = object()
        ...     request = fastapi.Request({"type": "http", "app": app})
        ...     return await get_resources(request) is app.state.resources
        >>> asyncio.run(find())
        True

        -->
    """
    resources: Resources = request.app.state.resources
    return resources


ResourcesDep = Annotated[Resources, fastapi.Depends(get_resources)]


async def get_health_service(resources: ResourcesDep) -> HealthService:
    """Provide the health service.

    Args:
        resources (ResourcesDep): Resources of the application.

    Returns:
        HealthService: The service.

    Example:
        ```python
        import asyncio

        from shop.api.dependencies import get_health_service
        from shop.bootstrap import open_resources
        from shop.infrastructure.configuration import Settings


        async def find(settings: Settings) -> bool:
            async with open_resources(settings) as resources:
                return await get_health_service(resources) is resources.health


        settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        asyncio.run(find(settings))
        # True
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from shop.bootstrap import open_resources
        >>> from shop.infrastructure.configuration import Settings
        >>> async def find(settings: Settings) -> bool:
        ...     async with open_resources(settings) as resources:
        ...         return await get_health_service(resources) is resources.health
        >>> settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        >>> asyncio.run(find(settings))
        True

        -->
    """
    return resources.health


API_KEY_HEADER = APIKeyHeader(name="X-Api-Key", auto_error=False)

ApiKey = Annotated[str | None, fastapi.Security(API_KEY_HEADER)]


async def get_settings_of_app(request: fastapi.Request) -> Settings:
    """Find the settings of the running application.

    Args:
        request (fastapi.Request): Any request.

    Returns:
        Settings: The settings.

    Example:
        ```python
        import asyncio

        import fastapi

        from shop.api.app import create_app
        from shop.api.dependencies import get_settings_of_app
        from shop.infrastructure.configuration import Settings

        settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        request = fastapi.Request({"type": "http", "app": create_app(settings)})
        asyncio.run(get_settings_of_app(request)) is settings
        # True
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from shop.api.app import create_app
        >>> settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        >>> request = fastapi.Request({"type": "http", "app": create_app(settings)})
        >>> asyncio.run(get_settings_of_app(request)) is settings
        True

        -->
    """
    settings: Settings = request.app.state.settings
    return settings


SettingsDep = Annotated[Settings, fastapi.Depends(get_settings_of_app)]


async def get_actor(settings: SettingsDep, api_key: ApiKey) -> Actor:
    """Find out on whose behalf a request is made.

    Args:
        settings (SettingsDep): Know the holders of keys.
        api_key (ApiKey): The key, if there is one.

    Raises:
        HTTPException: If there is no key, or if nobody has it.

    Returns:
        Actor: The actor.

    Example:
        ```python
        import asyncio

        from shop.api.dependencies import get_actor
        from shop.domain.value_objects import Role
        from shop.infrastructure.configuration import ApiKeyHolder, Settings
        from shop.infrastructure.security import digest_of

        settings = Settings(
            database_url="sqlite+aiosqlite:///shop.sqlite3",
            api_keys={
                "front": ApiKeyHolder(sha256=digest_of("key"), role=Role.AGENT)
            },
        )
        asyncio.run(get_actor(settings, "key")).name
        # 'front'
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from shop.domain.value_objects import Role
        >>> from shop.infrastructure.configuration import ApiKeyHolder
        >>> from shop.infrastructure.security import digest_of
        >>> settings = Settings(
        ...     database_url="sqlite+aiosqlite:///shop.sqlite3",
        ...     api_keys={
        ...         "front": ApiKeyHolder(sha256=digest_of("key"), role=Role.AGENT)
        ...     },
        ... )
        >>> asyncio.run(get_actor(settings, "key")).name
        'front'

        -->
    """
    digests = {name: holder.sha256 for name, holder in settings.api_keys.items()}
    name = find_holder(api_key or "", digests)
    if name is None:
        raise fastapi.HTTPException(
            HTTPStatus.UNAUTHORIZED, headers={"WWW-Authenticate": "ApiKey"}
        )
    return Actor(name, settings.api_keys[name].role)


ActorDep = Annotated[Actor, fastapi.Depends(get_actor)]


async def get_rate_limiter(resources: ResourcesDep) -> RateLimiter:
    """Provide the limiter.

    Args:
        resources (ResourcesDep): Resources of the application.

    Returns:
        RateLimiter: The limiter.

    Example:
        ```python
        import asyncio

        from shop.api.dependencies import get_rate_limiter
        from shop.bootstrap import open_resources
        from shop.infrastructure.configuration import Settings


        async def find(settings: Settings) -> bool:
            async with open_resources(settings) as resources:
                return await get_rate_limiter(resources) is resources.rate_limiter


        settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        asyncio.run(find(settings))
        # True
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from shop.bootstrap import open_resources
        >>> from shop.infrastructure.configuration import Settings
        >>> async def find(settings: Settings) -> bool:
        ...     async with open_resources(settings) as resources:
        ...         return await get_rate_limiter(resources) is resources.rate_limiter
        >>> settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        >>> asyncio.run(find(settings))
        True

        -->
    """
    return resources.rate_limiter


RateLimiterDep = Annotated[RateLimiter, fastapi.Depends(get_rate_limiter)]


async def limit_rate(actor: ActorDep, limiter: RateLimiterDep) -> None:
    """Refuse a request when its caller has made too many.

    Args:
        actor (ActorDep): Who makes the request.
        limiter (RateLimiterDep): Counts the requests.

    Raises:
        HTTPException: If the caller has to wait.

    Example:
        ```python
        import asyncio

        import fastapi

        from shop.adapters.rate_limit import TokenBuckets
        from shop.api.dependencies import limit_rate
        from shop.domain.value_objects import Actor, Role


        async def ask_twice() -> str:
            limiter = TokenBuckets(1, 60)
            try:
                for _ in range(2):
                    await limit_rate(Actor("front", Role.AGENT), limiter)
            except fastapi.HTTPException as error:
                return error.detail
            return "never refused"


        asyncio.run(ask_twice())
        # 'Too Many Requests'
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from shop.adapters.rate_limit import TokenBuckets
        >>> from shop.domain.value_objects import Actor, Role
        >>> async def ask_twice() -> str:
        ...     limiter = TokenBuckets(1, 60)
        ...     try:
        ...         for _ in range(2):
        ...             await limit_rate(Actor("front", Role.AGENT), limiter)
        ...     except fastapi.HTTPException as error:
        ...         return error.detail
        ...     return "never refused"
        >>> asyncio.run(ask_twice())
        'Too Many Requests'

        -->
    """
    wait = await limiter.take(actor.name)
    if wait > 0:
        raise fastapi.HTTPException(
            HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": str(math.ceil(wait))}
        )


async def get_customers(
    resources: ResourcesDep, actor: ActorDep
) -> AsyncIterator[CustomerUseCases]:
    """Provide the use cases around customers, in a transaction of the request.

    Args:
        resources (ResourcesDep): Resources of the application.
        actor (ActorDep): On whose behalf the request is made.

    Yields:
        CustomerUseCases: The use cases.

    Example:
        ```python
        import asyncio

        from shop.api.dependencies import get_customers
        from shop.bootstrap import open_resources
        from shop.domain.value_objects import Actor, Role
        from shop.infrastructure.configuration import Settings


        async def open_once(settings: Settings, actor: Actor) -> list[str]:
            async with open_resources(settings) as resources:
                return [
                    type(use_cases.service).__name__
                    async for use_cases in get_customers(resources, actor)
                ]


        settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        asyncio.run(open_once(settings, Actor("ada", Role.VIEWER)))
        # ['CustomerService']
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from shop.bootstrap import open_resources
        >>> from shop.domain.value_objects import Actor, Role
        >>> from shop.infrastructure.configuration import Settings
        >>> async def open_once(settings: Settings, actor: Actor) -> list[str]:
        ...     async with open_resources(settings) as resources:
        ...         return [
        ...             type(use_cases.service).__name__
        ...             async for use_cases in get_customers(resources, actor)
        ...         ]
        >>> settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        >>> asyncio.run(open_once(settings, Actor("ada", Role.VIEWER)))
        ['CustomerService']

        -->
    """
    async with open_customers(resources, actor) as use_cases:
        yield use_cases


# The scope ends before the response is sent: nobody is told of what was not committed.
CustomersDep = Annotated[
    CustomerUseCases, fastapi.Depends(get_customers, scope="function")
]

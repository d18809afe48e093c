"""The application: routes, error handlers and life cycle put together."""

from __future__ import annotations

import contextlib
import importlib.metadata
import logging
import re
from typing import TYPE_CHECKING, Any, Final

import fastapi

from shop.api.errors import add_error_handlers
from shop.api.middleware import RequestContextMiddleware, SecurityHeadersMiddleware
from shop.api.routes.customers import router as customers_router
from shop.api.routes.health import router as health_router
from shop.bootstrap import open_resources
from shop.infrastructure.configuration import get_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import ASGIApp

    from shop.infrastructure.configuration import Settings

logger = logging.getLogger(__name__)

# From its first section on, a docstring is about the code, not about the interface.
DOCSTRING_SECTIONS: Final = re.compile(r"\n\n[A-Z]\w+:\n.*", re.DOTALL)


@contextlib.asynccontextmanager
async def lifespan(app: fastapi.FastAPI) -> AsyncIterator[None]:
    """Hold the resources open while the application serves.

    Args:
        app (fastapi.FastAPI): The application.

    Yields:
        None: Nothing; the application serves meanwhile.

    Example:
        ```python
        import asyncio

        import fastapi

        from shop.api.app import create_app, lifespan
        from shop.infrastructure.configuration import Settings


        async def serve(app: fastapi.FastAPI) -> bool:
            async with lifespan(app):
                return app.state.resources is not None


        settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        asyncio.run(serve(create_app(settings)))
        # True
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from shop.infrastructure.configuration import Settings
        >>> async def serve(app: fastapi.FastAPI) -> bool:
        ...     async with lifespan(app):
        ...         return app.state.resources is not None
        >>> settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        >>> asyncio.run(serve(create_app(settings)))
        True

        -->
    """
    async with open_resources(app.state.settings) as app.state.resources:
        logger.info("Service started")
        yield
    logger.info("Service stopped")


class Application(fastapi.FastAPI):
    """A FastAPI application whose middleware wraps the handler of unexpected errors.

    Middleware that is added in the usual way stands inside that handler, so that its
    responses would lack what it adds, such as the request id.

    Example:
        ```python
        from fastapi.testclient import TestClient

        from shop.api.app import create_app
        from shop.infrastructure.configuration import Settings

        settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        with TestClient(create_app(settings)) as client:
            response = client.get("/nowhere")

        response.headers["X-Request-Id"].isalnum()
        # True
        ```

        <!-- As a doctest:
        >>> from fastapi.testclient import TestClient
        >>> from shop.infrastructure.configuration import Settings
        >>> settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        >>> with TestClient(create_app(settings)) as client:
        ...     response = client.get("/nowhere")
        >>> response.headers["X-Request-Id"].isalnum()
        True

        -->
    """

    def build_middleware_stack(self) -> ASGIApp:
        """Wrap the application, the outermost middleware last.

        Returns:
            ASGIApp: The wrapped application.

        Example:
            ```python
            from shop.api.app import create_app
            from shop.infrastructure.configuration import Settings

            settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
            type(create_app(settings).build_middleware_stack()).__name__
            # 'RequestContextMiddleware'
            ```

            <!-- As a doctest:
            >>> from shop.infrastructure.configuration import Settings
            >>> settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
            >>> type(create_app(settings).build_middleware_stack()).__name__
            'RequestContextMiddleware'

            -->
        """
        app = super().build_middleware_stack()
        app = SecurityHeadersMiddleware(app)
        return RequestContextMiddleware(app)

    def openapi(self) -> dict[str, Any]:
        """Describe the interface, without the sections of the docstrings.

        Returns:
            dict[str, Any]: The description in the form of OpenAPI.

        Example:
            ```python
            from shop.api.app import create_app
            from shop.infrastructure.configuration import Settings

            settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
            create_app(settings).openapi()["paths"]["/health"]["get"]["description"]
            # 'Tell whether the service can do its work.'
            ```

            <!-- As a doctest:
            >>> from shop.infrastructure.configuration import Settings
            >>> settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
            >>> create_app(settings).openapi()["paths"]["/health"]["get"]["description"]
            'Tell whether the service can do its work.'

            -->
        """
        document = super().openapi()
        operations = [it for path in document["paths"].values() for it in path.values()]
        schemas = document["components"]["schemas"].values()
        for item in (*operations, *schemas):
            if text := item.get("description"):
                item["description"] = DOCSTRING_SECTIONS.sub("", text)
        return document


def create_app(settings: Settings | None = None) -> Application:
    """Build the application.

    Args:
        settings (Settings | None): Settings of the application; by default those of the
            environment.

    Raises:
        ConfigurationError: If the settings have to be read and are wrong.

    Returns:
        Application: The application.

    Example:
        ```python
        from shop.api.app import create_app
        from shop.infrastructure.configuration import Settings

        settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        create_app(settings).title
        # 'Shop'
        ```

        <!-- As a doctest:
        >>> from shop.infrastructure.configuration import Settings
        >>> settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        >>> create_app(settings).title
        'Shop'

        -->
    """
    app = Application(
        title="Shop",
        description="The Shop project.",
        version=importlib.metadata.version("shop"),
        lifespan=lifespan,
    )
    app.state.settings = settings or get_settings()
    add_error_handlers(app)
    app.include_router(health_router)
    app.include_router(customers_router, prefix="/api")
    return app

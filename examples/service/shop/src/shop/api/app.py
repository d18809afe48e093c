"""The application: routes, error handlers and life cycle put together."""

from __future__ import annotations

import contextlib
import importlib.metadata
import logging
import re
from typing import TYPE_CHECKING, Any, Final

import fastapi

from shop.api.dependencies import open_resources
from shop.api.errors import add_error_handlers
from shop.api.middleware import RequestContextMiddleware
from shop.api.routes.health import router as health_router
from shop.api.routes.users import router as users_router
from shop.config.settings import get_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import ASGIApp

    from shop.config.settings import Settings

logger = logging.getLogger(__name__)

# From its first section on, a docstring is about the code, not about the interface.
DOCSTRING_SECTIONS: Final = re.compile(r"\n\n[A-Z]\w+:\n.*", re.DOTALL)


@contextlib.asynccontextmanager
async def lifespan(app: fastapi.FastAPI) -> AsyncIterator[None]:
    """Hold the resources open while the application serves.

    Args:
        app: The application.

    Yields:
        Nothing; the application serves meanwhile.
    """
    async with open_resources(app.state.settings) as app.state.resources:
        logger.info("Service started")
        yield
    logger.info("Service stopped")


class Application(fastapi.FastAPI):
    """A FastAPI application whose middleware wraps the handler of unexpected errors.

    Middleware that is added in the usual way stands inside that handler, so that its
    responses would lack what it adds, such as the request id.
    """

    def build_middleware_stack(self) -> ASGIApp:
        """Wrap the application, the outermost middleware last.

        Returns:
            The wrapped application.
        """
        app = super().build_middleware_stack()
        return RequestContextMiddleware(app)

    def openapi(self) -> dict[str, Any]:
        """Describe the interface, without the sections of the docstrings.

        Returns:
            The description in the form of OpenAPI.
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
        settings: Settings of the application; by default those of the environment.

    Raises:
        ConfigurationError: If the settings have to be read and are wrong.

    Returns:
        The application.
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
    app.include_router(users_router, prefix="/api")
    return app

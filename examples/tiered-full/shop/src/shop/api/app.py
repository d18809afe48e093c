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
from shop.api.middleware.metrics import MetricsMiddleware
from shop.api.middleware.request_context import RequestContextMiddleware
from shop.api.middleware.security_headers import SecurityHeadersMiddleware
from shop.api.middleware.tracing import TracingMiddleware
from shop.api.v1.endpoints.audit import router as audit_router
from shop.api.v1.endpoints.auth import router as auth_router
from shop.api.v1.endpoints.deliveries import router as deliveries_router
from shop.api.v1.endpoints.health import router as health_router
from shop.api.v1.endpoints.metrics import router as metrics_router
from shop.api.v1.endpoints.orders import router as orders_router
from shop.api.v1.endpoints.users import router as users_router
from shop.core.config import get_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import ASGIApp

    from shop.core.config import Settings

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
        app = MetricsMiddleware(app)
        app = SecurityHeadersMiddleware(app)
        app = TracingMiddleware(app)
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
    app.include_router(metrics_router)
    app.include_router(auth_router, prefix="/api/v1")
    app.include_router(users_router, prefix="/api/v1")
    app.include_router(orders_router, prefix="/api/v1")
    app.include_router(audit_router, prefix="/api/v1")
    app.include_router(deliveries_router, prefix="/api/v1")
    return app

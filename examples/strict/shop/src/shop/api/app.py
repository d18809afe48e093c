"""The application: routes, error handlers and life cycle put together."""

from __future__ import annotations

import contextlib
import importlib.metadata
import logging
from typing import TYPE_CHECKING

import fastapi

from shop.api.dependencies import open_resources
from shop.api.errors import add_error_handlers
from shop.api.health import router as health_router
from shop.api.middleware import RequestContextMiddleware
from shop.api.users import router as users_router

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from shop.config import Settings

logger = logging.getLogger(__name__)


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


def create_app(settings: Settings) -> RequestContextMiddleware:
    """Build the application.

    The middleware wraps the application instead of being added to it: otherwise it
    would stand inside of the handler for unexpected errors, and those responses would
    lack the request id.

    Args:
        settings: Settings of the application.

    Returns:
        An ASGI application.
    """
    app = fastapi.FastAPI(
        title="Shop",
        description="The Shop project.",
        version=importlib.metadata.version("shop"),
        lifespan=lifespan,
    )
    app.state.settings = settings
    add_error_handlers(app)
    app.include_router(health_router)
    app.include_router(users_router, prefix="/api")
    return RequestContextMiddleware(app)

"""The measurement of every request."""

from __future__ import annotations

import time
from http import HTTPMethod, HTTPStatus
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from shop.monitoring.metrics import MetricsService

# What clients make up shares one word: each word is a series of its own for ever.
UNKNOWN_PATH: Final = "unknown"
OTHER_METHOD: Final = "_OTHER"
METHODS: Final = frozenset(HTTPMethod)


class MetricsMiddleware:
    """Measures requests, also those that end in an exception."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application.

        Args:
            app: The application.
        """
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection.

        Args:
            scope: What is known about the connection.
            receive: Delivers what the client sends.
            send: Takes what the client is to receive.
        """
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        status: int = HTTPStatus.INTERNAL_SERVER_ERROR
        started = time.perf_counter()

        async def send_and_note(message: Message) -> None:
            """Hand on a part of the response, and note its status.

            Args:
                message: Part of the response.
            """
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        finally:
            metrics: MetricsService = scope["app"].state.resources.metrics
            metrics.record_http_request(
                known_method(scope),
                route_template(scope),
                status,
                time.perf_counter() - started,
            )


def known_method(scope: Scope) -> str:
    """Find the method.

    Args:
        scope: What is known about the request.

    Returns:
        The method, or one word for all that HTTP does not know.
    """
    method: str = scope["method"]
    return method if method in METHODS else OTHER_METHOD


def route_template(scope: Scope) -> str:
    """Find the template of the path, which is the same for all users and orders.

    Args:
        scope: What is known about the request, after it was served.

    Returns:
        The template, or one word for all paths that lead nowhere.
    """
    # FastAPI keeps apart what the prefix of an included router adds to a route.
    included = scope.get("fastapi", {}).get("effective_route_context")
    template: str = getattr(included or scope.get("route"), "path", UNKNOWN_PATH)
    return template

"""The trace of every request."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from opentelemetry.trace import Status, StatusCode
from starlette.datastructures import Headers

from shop.api.middleware.metrics import UNKNOWN_PATH, known_method, route_template

if TYPE_CHECKING:
    from opentelemetry.trace import Span
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from shop.monitoring.tracing import TracingService


class TracingMiddleware:
    """Records a span for each request, as part of the trace of its caller, if any."""

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

        tracing: TracingService = scope["app"].state.resources.tracing
        method = known_method(scope)
        attributes = {
            "http.request.method": method,
            "url.path": scope["path"],
            "url.scheme": scope["scheme"],
        }
        headers = dict(Headers(scope=scope))
        with tracing.start_span(method, attributes, headers) as span:

            async def send_and_note(message: Message) -> None:
                """Hand on a part of the response, and note its status.

                Args:
                    message: Part of the response.
                """
                if message["type"] == "http.response.start":
                    note_status(span, message["status"])
                await send(message)

            try:
                await self._app(scope, receive, send_and_note)
            finally:
                note_route(span, method, route_template(scope))


def note_route(span: Span, method: str, route: str) -> None:
    """Note which endpoint a request led to; only now is that known.

    Args:
        span: Span of the request.
        method: Method of the request.
        route: Template of its path.
    """
    if route != UNKNOWN_PATH:
        span.update_name(f"{method} {route}")
        span.set_attribute("http.route", route)


def note_status(span: Span, status: int) -> None:
    """Note how a request ended.

    Args:
        span: Span of the request.
        status: Status of the response.
    """
    span.set_attribute("http.response.status_code", status)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        span.set_status(Status(StatusCode.ERROR))

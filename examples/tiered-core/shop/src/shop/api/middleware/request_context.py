"""The id and the log record of every request."""

from __future__ import annotations

import logging
import re
import time
import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import structlog
from starlette.datastructures import Headers, MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger(__name__)

REQUEST_ID_HEADER: Final = "X-Request-Id"
ACCEPTABLE_ID: Final = re.compile(r"[\w.-]{1,64}", re.ASCII)


class RequestContextMiddleware:
    """Gives every request an id, for the response and the log, and logs its outcome."""

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

        exchange = Exchange(scope, send)
        # Not reset at the end: the server runs each request in a context of its own and
        # logs an unexpected exception only after this method has been left.
        structlog.contextvars.bind_contextvars(request_id=exchange.request_id)
        try:
            await self._app(scope, receive, exchange.send)
        finally:
            exchange.log()


class Exchange:
    """A request and its response.

    Attributes:
        request_id: What identifies the request, in the response and in the log.
    """

    def __init__(self, scope: Scope, send: Send) -> None:
        """Begin with the request.

        Args:
            scope: What is known about the request.
            send: Takes the response.
        """
        proposed = Headers(scope=scope).get(REQUEST_ID_HEADER, "")
        self.request_id = choose_id(proposed)
        self._scope = scope
        self._send = send
        self._started = self._ended = time.perf_counter()
        self._status: int = HTTPStatus.INTERNAL_SERVER_ERROR

    async def send(self, message: Message) -> None:
        """Hand on a part of the response, with the id in its header.

        Args:
            message: Part of the response.
        """
        if message["type"] == "http.response.start":
            self._status = message["status"]
            MutableHeaders(scope=message)[REQUEST_ID_HEADER] = self.request_id
        await self._send(message)
        # What runs in the background after the response does not count.
        self._ended = time.perf_counter()

    def log(self) -> None:
        """Log the outcome."""
        seconds = self._ended - self._started
        logger.info(
            "Request handled",
            extra={
                "method": self._scope["method"],
                "path": self._scope["path"],
                "status": int(self._status),
                "milliseconds": round(seconds * 1000, 1),
            },
        )


def choose_id(proposed: str) -> str:
    """Keep the id that the client proposes, if it is harmless.

    Args:
        proposed: Value of the header.

    Returns:
        The proposed id or a new one.
    """
    return proposed if ACCEPTABLE_ID.fullmatch(proposed) else uuid.uuid4().hex

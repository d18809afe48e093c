"""The time within which a request is answered."""

from __future__ import annotations

import asyncio
import logging
from http import HTTPStatus
from typing import TYPE_CHECKING

from shop.api.errors import respond

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger(__name__)


class DeadlineMiddleware:
    """Ends requests whose answer does not begin in time.

    What comes after the beginning of the answer, such as a background task, may take
    as long as it needs.
    """

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        """Wrap an application.

        Args:
            app: The application.
            seconds: Time until the answer has to begin.
        """
        self._app = app
        self._seconds = seconds

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

        async def send_in_time(message: Message) -> None:
            """Hand on a part of the response, whose beginning lifts the deadline.

            Args:
                message: Part of the response.
            """
            deadline.reschedule(None)
            await send(message)

        try:
            async with asyncio.timeout(self._seconds) as deadline:
                await self._app(scope, receive, send_in_time)
        except TimeoutError:
            if not deadline.expired():
                raise
            logger.warning("Request took too long", extra={"path": scope["path"]})
            await respond(HTTPStatus.GATEWAY_TIMEOUT)(scope, receive, send)

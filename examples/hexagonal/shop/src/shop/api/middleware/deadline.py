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
    """Answers for an application that does not begin its answer in time.

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

        answer = Answer(send)
        work = asyncio.ensure_future(self._app(scope, receive, answer.send))
        try:
            await asyncio.wait(
                {work, answer.begun},
                timeout=self._seconds,
                return_when=asyncio.FIRST_COMPLETED,
            )
            if work.done() or not answer.begun.cancel():
                await work
                return
            logger.warning("Request took too long", extra={"path": scope["path"]})
            await respond(HTTPStatus.GATEWAY_TIMEOUT)(scope, receive, send)
        finally:
            work.cancel()
        # The client has its answer, however long a driver takes to let go.
        await asyncio.wait({work})
        if not work.cancelled():
            work.result()


class Answer:
    """The answer of the application, which is dropped when it comes too late.

    Attributes:
        begun: Done once the answer begins, cancelled once it may not begin any more.
    """

    def __init__(self, send: Send) -> None:
        """Wait for the beginning.

        Args:
            send: Takes what the client is to receive.
        """
        self.begun: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._send = send

    async def send(self, message: Message) -> None:
        """Hand on a part of the answer, unless it is too late.

        Args:
            message: Part of the answer.
        """
        if self.begun.cancelled():
            return
        if not self.begun.done():
            self.begun.set_result(None)
        await self._send(message)

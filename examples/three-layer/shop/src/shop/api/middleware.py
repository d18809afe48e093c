"""What wraps every request."""

from __future__ import annotations

import logging
import re
import time
import uuid
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers, MutableHeaders

from shop.infrastructure.logging import log_context

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger(__name__)

REQUEST_ID_HEADER: Final = "X-Request-Id"
ACCEPTABLE_ID: Final = re.compile(r"[\w.-]{1,64}", re.ASCII)


class RequestContextMiddleware:
    """Gives every request an id, for the response and the log, and logs its outcome.

    Example:
        ```python
        import asyncio

        from starlette.datastructures import MutableHeaders
        from starlette.responses import PlainTextResponse
        from starlette.types import Message

        from shop.api.middleware import RequestContextMiddleware

        messages: list[Message] = []


        async def receive() -> Message:
            return {"type": "http.request"}


        async def send(message: Message) -> None:
            messages.append(message)


        scope = {
            "type": "http",
            "method": "GET",
            "path": "/",
            "scheme": "http",
            "headers": [(b"x-request-id", b"order-7")],
        }
        app = RequestContextMiddleware(PlainTextResponse("sold"))
        asyncio.run(app(scope, receive, send))
        MutableHeaders(scope=messages[0])["X-Request-Id"]
        # 'order-7'
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from starlette.responses import PlainTextResponse
        >>> from starlette.types import Message
        >>> messages: list[Message] = []
        >>> async def receive() -> Message:
        ...     return {"type": "http.request"}
        >>> async def send(message: Message) -> None:
        ...     messages.append(message)
        >>> scope = {
        ...     "type": "http",
        ...     "method": "GET",
        ...     "path": "/",
        ...     "scheme": "http",
        ...     "headers": [(b"x-request-id", b"order-7")],
        ... }
        >>> app = RequestContextMiddleware(PlainTextResponse("sold"))
        >>> asyncio.run(app(scope, receive, send))
        >>> MutableHeaders(scope=messages[0])["X-Request-Id"]
        'order-7'

        -->
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application.

        Args:
            app (ASGIApp): The application.

        Example:
            ```python
            from starlette.responses import PlainTextResponse

            from shop.api.middleware import RequestContextMiddleware

            app = RequestContextMiddleware(PlainTextResponse("sold"))
            ```

            <!-- As a doctest:
            >>> from starlette.responses import PlainTextResponse
            >>> app = RequestContextMiddleware(PlainTextResponse("sold"))

            -->
        """
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection.

        Args:
            scope (Scope): What is known about the connection.
            receive (Receive): Delivers what the client sends.
            send (Send): Takes what the client is to receive.

        Example:
            ```python
            import asyncio

            from starlette.responses import PlainTextResponse
            from starlette.types import Message

            from shop.api.middleware import RequestContextMiddleware

            messages: list[Message] = []


            async def receive() -> Message:
                return {"type": "http.request"}


            async def send(message: Message) -> None:
                messages.append(message)


            scope = {
                "type": "http",
                "method": "GET",
                "path": "/",
                "scheme": "http",
                "headers": [(b"x-request-id", b"order-7")],
            }
            app = RequestContextMiddleware(PlainTextResponse("sold"))
            asyncio.run(app(scope, receive, send))
            messages[0]["status"]
            # 200
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from starlette.responses import PlainTextResponse
            >>> from starlette.types import Message
            >>> messages: list[Message] = []
            >>> async def receive() -> Message:
            ...     return {"type": "http.request"}
            >>> async def send(message: Message) -> None:
            ...     messages.append(message)
            >>> scope = {
            ...     "type": "http",
            ...     "method": "GET",
            ...     "path": "/",
            ...     "scheme": "http",
            ...     "headers": [(b"x-request-id", b"order-7")],
            ... }
            >>> app = RequestContextMiddleware(PlainTextResponse("sold"))
            >>> asyncio.run(app(scope, receive, send))
            >>> messages[0]["status"]
            200

            -->
        """
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        exchange = Exchange(scope, send)
        # Not reset at the end: the server runs each request in a context of its own and
        # logs an unexpected exception only after this method has been left.
        log_context.set({"correlation_id": exchange.request_id})
        try:
            await self._app(scope, receive, exchange.send)
        finally:
            exchange.log()


class Exchange:
    """A request and its response.

    Attributes:
        request_id: What identifies the request, in the response and in the log.

    Example:
        ```python
        import asyncio

        from starlette.responses import PlainTextResponse
        from starlette.types import Message

        from shop.api.middleware import Exchange

        messages: list[Message] = []


        async def receive() -> Message:
            return {"type": "http.request"}


        async def send(message: Message) -> None:
            messages.append(message)


        scope = {
            "type": "http",
            "method": "GET",
            "path": "/",
            "scheme": "http",
            "headers": [(b"x-request-id", b"order-7")],
        }
        Exchange(scope, send).request_id
        # 'order-7'
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from starlette.responses import PlainTextResponse
        >>> from starlette.types import Message
        >>> messages: list[Message] = []
        >>> async def receive() -> Message:
        ...     return {"type": "http.request"}
        >>> async def send(message: Message) -> None:
        ...     messages.append(message)
        >>> scope = {
        ...     "type": "http",
        ...     "method": "GET",
        ...     "path": "/",
        ...     "scheme": "http",
        ...     "headers": [(b"x-request-id", b"order-7")],
        ... }
        >>> Exchange(scope, send).request_id
        'order-7'

        -->
    """

    def __init__(self, scope: Scope, send: Send) -> None:
        """Begin with the request.

        Args:
            scope (Scope): What is known about the request.
            send (Send): Takes the response.

        Example:
            ```python
            import asyncio

            from starlette.responses import PlainTextResponse
            from starlette.types import Message

            from shop.api.middleware import Exchange

            messages: list[Message] = []


            async def receive() -> Message:
                return {"type": "http.request"}


            async def send(message: Message) -> None:
                messages.append(message)


            scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
            Exchange(scope, send).request_id.isalnum()
            # True
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from starlette.responses import PlainTextResponse
            >>> from starlette.types import Message
            >>> messages: list[Message] = []
            >>> async def receive() -> Message:
            ...     return {"type": "http.request"}
            >>> async def send(message: Message) -> None:
            ...     messages.append(message)
            >>> scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
            >>> Exchange(scope, send).request_id.isalnum()
            True

            -->
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
            message (Message): Part of the response.

        Example:
            ```python
            import asyncio

            from starlette.datastructures import MutableHeaders
            from starlette.responses import PlainTextResponse
            from starlette.types import Message

            from shop.api.middleware import Exchange

            messages: list[Message] = []


            async def receive() -> Message:
                return {"type": "http.request"}


            async def send(message: Message) -> None:
                messages.append(message)


            scope = {
                "type": "http",
                "method": "GET",
                "path": "/",
                "scheme": "http",
                "headers": [(b"x-request-id", b"order-7")],
            }
            start = {"type": "http.response.start", "status": 200, "headers": []}
            asyncio.run(Exchange(scope, send).send(start))
            MutableHeaders(scope=messages[0])["X-Request-Id"]
            # 'order-7'
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from starlette.responses import PlainTextResponse
            >>> from starlette.types import Message
            >>> messages: list[Message] = []
            >>> async def receive() -> Message:
            ...     return {"type": "http.request"}
            >>> async def send(message: Message) -> None:
            ...     messages.append(message)
            >>> scope = {
            ...     "type": "http",
            ...     "method": "GET",
            ...     "path": "/",
            ...     "scheme": "http",
            ...     "headers": [(b"x-request-id", b"order-7")],
            ... }
            >>> start = {"type": "http.response.start", "status": 200, "headers": []}
            >>> asyncio.run(Exchange(scope, send).send(start))
            >>> MutableHeaders(scope=messages[0])["X-Request-Id"]
            'order-7'

            -->
        """
        if message["type"] == "http.response.start":
            self._status = message["status"]
            MutableHeaders(scope=message)[REQUEST_ID_HEADER] = self.request_id
        await self._send(message)
        # What runs in the background after the response does not count.
        self._ended = time.perf_counter()

    def log(self) -> None:
        """Log the outcome.

        Example:
            ```python
            import asyncio

            from starlette.responses import PlainTextResponse
            from starlette.types import Message

            from shop.api.middleware import Exchange

            messages: list[Message] = []


            async def receive() -> Message:
                return {"type": "http.request"}


            async def send(message: Message) -> None:
                messages.append(message)


            scope = {
                "type": "http",
                "method": "GET",
                "path": "/",
                "scheme": "http",
                "headers": [(b"x-request-id", b"order-7")],
            }
            Exchange(scope, send).log()
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from starlette.responses import PlainTextResponse
            >>> from starlette.types import Message
            >>> messages: list[Message] = []
            >>> async def receive() -> Message:
            ...     return {"type": "http.request"}
            >>> async def send(message: Message) -> None:
            ...     messages.append(message)
            >>> scope = {
            ...     "type": "http",
            ...     "method": "GET",
            ...     "path": "/",
            ...     "scheme": "http",
            ...     "headers": [(b"x-request-id", b"order-7")],
            ... }
            >>> Exchange(scope, send).log()

            -->
        """
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
        proposed (str): Value of the header.

    Returns:
        str: The proposed id or a new one.

    Example:
        ```python
        from shop.api.middleware import choose_id

        print(choose_id("order-7"), choose_id("two words").isalnum())
        # order-7 True
        ```

        <!-- As a doctest:
        >>> print(choose_id("order-7"), choose_id("two words").isalnum())
        order-7 True

        -->
    """
    return proposed if ACCEPTABLE_ID.fullmatch(proposed) else uuid.uuid4().hex


SECURITY_HEADERS: Final = MappingProxyType(
    {
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
)
CONTENT_POLICY: Final = "default-src 'none'; frame-ancestors 'none'"
# Pages for people, which load scripts and styles.
PAGES: Final = ("/docs", "/redoc")
# Sent over HTTPS only. Where a proxy ends TLS, FORWARDED_ALLOW_IPS has to name it.
TRANSPORT_POLICY: Final = "max-age=63072000; includeSubDomains"


class SecurityHeadersMiddleware:
    """Adds the headers to every response.

    Example:
        ```python
        import asyncio

        from starlette.datastructures import MutableHeaders
        from starlette.responses import PlainTextResponse
        from starlette.types import Message

        from shop.api.middleware import SecurityHeadersMiddleware

        messages: list[Message] = []


        async def receive() -> Message:
            return {"type": "http.request"}


        async def send(message: Message) -> None:
            messages.append(message)


        scope = {
            "type": "http",
            "method": "GET",
            "path": "/",
            "scheme": "http",
            "headers": [(b"x-request-id", b"order-7")],
        }
        app = SecurityHeadersMiddleware(PlainTextResponse("sold"))
        asyncio.run(app(scope, receive, send))
        MutableHeaders(scope=messages[0])["X-Frame-Options"]
        # 'DENY'
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from starlette.responses import PlainTextResponse
        >>> from starlette.types import Message
        >>> messages: list[Message] = []
        >>> async def receive() -> Message:
        ...     return {"type": "http.request"}
        >>> async def send(message: Message) -> None:
        ...     messages.append(message)
        >>> scope = {
        ...     "type": "http",
        ...     "method": "GET",
        ...     "path": "/",
        ...     "scheme": "http",
        ...     "headers": [(b"x-request-id", b"order-7")],
        ... }
        >>> app = SecurityHeadersMiddleware(PlainTextResponse("sold"))
        >>> asyncio.run(app(scope, receive, send))
        >>> MutableHeaders(scope=messages[0])["X-Frame-Options"]
        'DENY'

        -->
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application.

        Args:
            app (ASGIApp): The application.

        Example:
            ```python
            from starlette.responses import PlainTextResponse

            from shop.api.middleware import SecurityHeadersMiddleware

            app = SecurityHeadersMiddleware(PlainTextResponse("sold"))
            ```

            <!-- As a doctest:
            >>> from starlette.responses import PlainTextResponse
            >>> app = SecurityHeadersMiddleware(PlainTextResponse("sold"))

            -->
        """
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection.

        Args:
            scope (Scope): What is known about the connection.
            receive (Receive): Delivers what the client sends.
            send (Send): Takes what the client is to receive.

        Example:
            ```python
            import asyncio

            from starlette.responses import PlainTextResponse
            from starlette.types import Message

            from shop.api.middleware import SecurityHeadersMiddleware

            messages: list[Message] = []


            async def receive() -> Message:
                return {"type": "http.request"}


            async def send(message: Message) -> None:
                messages.append(message)


            scope = {
                "type": "http",
                "method": "GET",
                "path": "/",
                "scheme": "http",
                "headers": [(b"x-request-id", b"order-7")],
            }
            app = SecurityHeadersMiddleware(PlainTextResponse("sold"))
            asyncio.run(app(scope, receive, send))
            messages[0]["status"]
            # 200
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from starlette.responses import PlainTextResponse
            >>> from starlette.types import Message
            >>> messages: list[Message] = []
            >>> async def receive() -> Message:
            ...     return {"type": "http.request"}
            >>> async def send(message: Message) -> None:
            ...     messages.append(message)
            >>> scope = {
            ...     "type": "http",
            ...     "method": "GET",
            ...     "path": "/",
            ...     "scheme": "http",
            ...     "headers": [(b"x-request-id", b"order-7")],
            ... }
            >>> app = SecurityHeadersMiddleware(PlainTextResponse("sold"))
            >>> asyncio.run(app(scope, receive, send))
            >>> messages[0]["status"]
            200

            -->
        """

        async def send_with_headers(message: Message) -> None:
            """Hand on a part of the response.

            Args:
                message (Message): Part of the response.

            Example:
                ```python
                import asyncio

                from starlette.datastructures import MutableHeaders
                from starlette.responses import PlainTextResponse
                from starlette.types import Message

                from shop.api.middleware import SecurityHeadersMiddleware

                messages: list[Message] = []


                async def receive() -> Message:
                    return {"type": "http.request"}


                async def send(message: Message) -> None:
                    messages.append(message)


                scope = {
                    "type": "http",
                    "method": "GET",
                    "path": "/",
                    "scheme": "http",
                    "headers": [(b"x-request-id", b"order-7")],
                }
                app = SecurityHeadersMiddleware(PlainTextResponse("sold"))
                asyncio.run(app(scope, receive, send))
                MutableHeaders(scope=messages[0])["X-Content-Type-Options"]
                # 'nosniff'
                ```

                <!-- As a doctest:
                >>> import asyncio
                >>> from starlette.responses import PlainTextResponse
                >>> from starlette.types import Message
                >>> messages: list[Message] = []
                >>> async def receive() -> Message:
                ...     return {"type": "http.request"}
                >>> async def send(message: Message) -> None:
                ...     messages.append(message)
                >>> scope = {
                ...     "type": "http",
                ...     "method": "GET",
                ...     "path": "/",
                ...     "scheme": "http",
                ...     "headers": [(b"x-request-id", b"order-7")],
                ... }
                >>> app = SecurityHeadersMiddleware(PlainTextResponse("sold"))
                >>> asyncio.run(app(scope, receive, send))
                >>> MutableHeaders(scope=messages[0])["X-Content-Type-Options"]
                'nosniff'

                -->
            """
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(security_headers(scope))
            await send(message)

        await self._app(scope, receive, send_with_headers)


def security_headers(scope: Scope) -> dict[str, str]:
    """Choose the headers for a response.

    Args:
        scope (Scope): What is known about the request.

    Returns:
        dict[str, str]: The headers.

    Example:
        ```python
        from shop.api.middleware import security_headers

        security_headers({"type": "http", "scheme": "http", "path": "/"})[
            "X-Frame-Options"
        ]
        # 'DENY'
        ```

        <!-- As a doctest:
        >>> security_headers({"type": "http", "scheme": "http", "path": "/"})[
        ...     "X-Frame-Options"
        ... ]
        'DENY'

        -->
    """
    headers = dict(SECURITY_HEADERS)
    if not scope["path"].startswith(PAGES):
        headers["Content-Security-Policy"] = CONTENT_POLICY
    if scope["scheme"] == "https":
        headers["Strict-Transport-Security"] = TRANSPORT_POLICY
    return headers

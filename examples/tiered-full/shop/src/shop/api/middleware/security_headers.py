"""Headers that tell browsers to be careful."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
    """Adds the headers to every response."""

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

        async def send_with_headers(message: Message) -> None:
            """Hand on a part of the response.

            Args:
                message: Part of the response.
            """
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(security_headers(scope))
            await send(message)

        await self._app(scope, receive, send_with_headers)


def security_headers(scope: Scope) -> dict[str, str]:
    """Choose the headers for a response.

    Args:
        scope: What is known about the request.

    Returns:
        The headers.
    """
    headers = dict(SECURITY_HEADERS)
    if not scope["path"].startswith(PAGES):
        headers["Content-Security-Policy"] = CONTENT_POLICY
    if scope["scheme"] == "https":
        headers["Strict-Transport-Security"] = TRANSPORT_POLICY
    return headers

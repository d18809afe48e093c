"""Tests of the HTTP client on a server."""

from __future__ import annotations

import asyncio
from http import HTTPMethod, HTTPStatus
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from shop.adapters.external_apis.http import HttpClient
from shop.domain.errors import ExternalServiceError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from shop.infrastructure.configuration import Settings

pytestmark = pytest.mark.integration


@pytest.fixture
async def http(settings: Settings) -> AsyncIterator[HttpClient]:
    """Provide a client.

    Args:
        settings (Settings): Settings of the application.

    Yields:
        HttpClient: The client.
    """
    client = HttpClient(settings)
    yield client
    await client.close()


@pytest.fixture
async def url() -> AsyncIterator[str]:
    """Run a server that wants a number and is slow with ``/slow``.

    Yields:
        str: The URL of the server.
    """

    async def accept(request: web.Request) -> web.Response:
        """Answer a number.

        Args:
            request (web.Request): Carries the number.

        Returns:
            web.Response: The response, without content.
        """
        document = await request.json()
        is_number = isinstance(document["number"], int)
        status = HTTPStatus.NO_CONTENT if is_number else HTTPStatus.BAD_REQUEST
        return web.Response(status=status)

    async def stall(_: web.Request) -> web.Response:
        """Answer too late.

        Args:
            _ (web.Request): The request.

        Returns:
            web.Response: The response, which nobody waits for.
        """
        await asyncio.sleep(60)
        return web.Response()

    application = web.Application()
    application.add_routes([web.post("/", accept), web.get("/slow", stall)])
    async with TestServer(application) as server:
        yield str(server.make_url("/"))


@pytest.mark.parametrize(
    ("number", "status"), [(3, HTTPStatus.NO_CONTENT), ("3", HTTPStatus.BAD_REQUEST)]
)
async def test_document_is_sent(
    http: HttpClient, url: str, number: object, status: HTTPStatus
) -> None:
    """The server gets the document, and its status comes back.

    Args:
        http (HttpClient): The client.
        url (str): URL of the server.
        number (object): What to send.
        status (HTTPStatus): The status expected.
    """
    assert await http.request(HTTPMethod.POST, url, {"number": number}) == status


async def test_slow_server_is_given_up(settings: Settings, url: str) -> None:
    """No request waits for ever.

    Args:
        settings (Settings): Settings of the application.
        url (str): URL of the server.
    """
    http = HttpClient(settings.model_copy(update={"http_timeout_seconds": 0.1}))
    with pytest.raises(ExternalServiceError, match="No answer"):
        await http.request(HTTPMethod.GET, f"{url}slow")
    await http.close()


async def test_dead_server_is_reported(http: HttpClient) -> None:
    """Where nothing listens, nothing answers.

    Args:
        http (HttpClient): The client.
    """
    with pytest.raises(ExternalServiceError, match="No answer"):
        await http.request(HTTPMethod.GET, "http://127.0.0.1:1/")

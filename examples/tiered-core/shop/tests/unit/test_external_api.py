"""Tests of the client of another service."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

import httpx
import pytest

from shop.core.errors import ExternalServiceError
from shop.integrations.external_api import ExternalAPIService

pytestmark = pytest.mark.anyio

KEY = "k-123"


def connect(
    answer: httpx.Response | Exception, timeout: float = 1
) -> ExternalAPIService:
    """Make a client of a service that always gives the same answer.

    Args:
        answer: The answer, or what goes wrong on the way.
        timeout: Seconds that a call may take.

    Returns:
        The client.
    """

    def respond(request: httpx.Request) -> httpx.Response:
        """Check the key, then answer.

        Args:
            request: The request.

        Raises:
            Exception: What goes wrong.

        Returns:
            The answer.
        """
        assert request.headers["Authorization"] == f"Bearer {KEY}"
        if isinstance(answer, Exception):
            raise answer
        return answer

    transport = httpx.MockTransport(respond)
    return ExternalAPIService("http://api.example/", KEY, timeout, transport)


async def test_data_is_exchanged() -> None:
    """Reading gives the answer of the service."""
    api = connect(httpx.Response(HTTPStatus.OK, json={"status": "sent"}))
    assert await api.get_data("/deliveries/1") == {"status": "sent"}
    await api.close()


async def test_key_is_optional() -> None:
    """Without a key there is no header, since an empty one could not be sent."""
    transport = httpx.MockTransport(
        lambda request: httpx.Response(
            HTTPStatus.OK, json={"key": request.headers.get("Authorization")}
        )
    )
    api = ExternalAPIService("http://api.example", "", 1, transport)
    assert await api.get_data("/") == {"key": None}
    await api.close()


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(HTTPStatus.INTERNAL_SERVER_ERROR),
        httpx.Response(HTTPStatus.OK, text="<html>"),
        httpx.Response(HTTPStatus.OK, json=["not", "an", "object"]),
        httpx.ConnectError("connection refused"),
    ],
)
async def test_failure_is_translated(answer: httpx.Response | Exception) -> None:
    """Whatever goes wrong is a failure of an external service.

    Args:
        answer: The answer, or what goes wrong on the way.
    """
    api = connect(answer)
    with pytest.raises(ExternalServiceError, match="/deliveries/1"):
        await api.get_data("/deliveries/1")
    await api.close()


class SlowTransport(httpx.AsyncBaseTransport):
    """A network on which every answer takes long."""

    async def handle_async_request(self, _: httpx.Request) -> httpx.Response:
        """Answer late.

        Args:
            _: The request.

        Returns:
            The answer.
        """
        await asyncio.sleep(5)
        return httpx.Response(HTTPStatus.OK, json={})


async def test_slow_service_is_not_waited_for() -> None:
    """A call ends when its time is over, although an answer is on its way."""
    api = ExternalAPIService("http://api.example", KEY, 0.05, SlowTransport())
    with pytest.raises(ExternalServiceError):
        await api.get_data("/slow")
    await api.close()

"""Client of another service."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

import httpx

from shop.core.errors import ExternalServiceError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping


class ExternalAPIService:
    """Talks JSON with another service; no call takes longer than the time limit."""

    def __init__(
        self,
        base_url: str,
        api_key: str,
        timeout: float,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Prepare the connections; the first one is opened when it is needed.

        Args:
            base_url: Address of the service.
            api_key: Key that is sent with each request; empty for none.
            timeout: Seconds that a call may take.
            transport: Carries the requests; by default the network.
        """
        self._base_url = base_url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._timeout = timeout
        self._client = httpx.AsyncClient(timeout=timeout, transport=transport)

    async def get_data(self, endpoint: str) -> dict[str, Any]:
        """Read from the service.

        Args:
            endpoint: Path below the address of the service.

        Raises:
            ExternalServiceError: If there is no proper answer in time.

        Returns:
            The answer.
        """
        return await self._call("GET", endpoint)

    async def post_data(
        self, endpoint: str, data: Mapping[str, object]
    ) -> dict[str, Any]:
        """Send something to the service.

        Args:
            endpoint: Path below the address of the service.
            data: What is sent.

        Raises:
            ExternalServiceError: If there is no proper answer in time.

        Returns:
            The answer.
        """
        return await self._call("POST", endpoint, data)

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def _call(
        self, method: str, endpoint: str, data: Mapping[str, object] | None = None
    ) -> dict[str, Any]:
        """Exchange a request and its answer.

        Args:
            method: Method of the request.
            endpoint: Path below the address of the service.
            data: What is sent.

        Returns:
            The answer.
        """
        async with self._translated_failures(endpoint):
            response = await self._client.request(
                method, f"{self._base_url}{endpoint}", headers=self._headers, json=data
            )
            response.raise_for_status()
            answer = response.json()
            if not isinstance(answer, dict):
                message = "not an object"
                raise ValueError(message)
            return answer

    @contextlib.asynccontextmanager
    async def _translated_failures(self, endpoint: str) -> AsyncIterator[None]:
        """Bound the time of a call, and translate what goes wrong.

        Args:
            endpoint: Path below the address of the service.

        Raises:
            ExternalServiceError: If there is no proper answer in time.

        Yields:
            Nothing; the call is made meanwhile.
        """
        try:
            # The client bounds each step of a call; this bounds their sum.
            async with asyncio.timeout(self._timeout):
                yield
        except (httpx.HTTPError, TimeoutError, ValueError) as error:
            message = f"External service failed at {endpoint}"
            raise ExternalServiceError(message) from error

"""Requests to other services."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp

from shop.domain.errors import ExternalServiceError

if TYPE_CHECKING:
    from http import HTTPMethod

    from shop.infrastructure.configuration import Settings


class HttpClient:
    """One session, with its connections, for all requests of the process.

    Example:
        ```python
        import asyncio
        from http import HTTPMethod

        from shop.adapters.external_apis.http import HttpClient
        from shop.domain.errors import ExternalServiceError
        from shop.infrastructure.configuration import Settings


        async def look(url: str) -> int:
            client = HttpClient(
                Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
            )
            try:
                return await client.request(HTTPMethod.GET, url)
            finally:
                await client.close()


        try:
            asyncio.run(look("http://127.0.0.1:9/"))
        except ExternalServiceError as error:
            print(error)
        # No answer to GET
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> from http import HTTPMethod
        >>> from shop.infrastructure.configuration import Settings
        >>> async def look(url: str) -> int:
        ...     client = HttpClient(
        ...         Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        ...     )
        ...     try:
        ...         return await client.request(HTTPMethod.GET, url)
        ...     finally:
        ...         await client.close()
        >>> try:
        ...     asyncio.run(look("http://127.0.0.1:9/"))
        ... except ExternalServiceError as error:
        ...     print(error)
        No answer to GET

        -->
    """

    def __init__(self, settings: Settings) -> None:
        """Open the session; the event loop has to run already.

        Args:
            settings (Settings): Settings of the application.

        Example:
            ```python
            import asyncio

            from shop.adapters.external_apis.http import HttpClient
            from shop.infrastructure.configuration import Settings


            async def begin_and_end() -> None:
                client = HttpClient(
                    Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
                )
                await client.close()


            asyncio.run(begin_and_end())
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.infrastructure.configuration import Settings
            >>> async def begin_and_end() -> None:
            ...     client = HttpClient(
            ...         Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
            ...     )
            ...     await client.close()
            >>> asyncio.run(begin_and_end())

            -->
        """
        timeout = aiohttp.ClientTimeout(total=settings.http_timeout_seconds)
        self._session = aiohttp.ClientSession(timeout=timeout)

    async def request(
        self, method: HTTPMethod, url: str, document: object = None
    ) -> int:
        """Send a request.

        Args:
            method (HTTPMethod): What to do there.
            url (str): Where to send it.
            document (object): What to send as JSON, if anything.

        Raises:
            ExternalServiceError: If no answer comes in time.

        Returns:
            int: The status of the answer.

        Example:
            ```python
            import asyncio
            from http import HTTPMethod

            from shop.adapters.external_apis.http import HttpClient
            from shop.domain.errors import ExternalServiceError
            from shop.infrastructure.configuration import Settings


            async def send(url: str) -> int:
                client = HttpClient(
                    Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
                )
                try:
                    return await client.request(
                        HTTPMethod.POST, url, {"name": "Ada"}
                    )
                finally:
                    await client.close()


            try:
                asyncio.run(send("http://127.0.0.1:9/people"))
            except ExternalServiceError as error:
                print(error)
            # No answer to POST
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from http import HTTPMethod
            >>> from shop.infrastructure.configuration import Settings
            >>> async def send(url: str) -> int:
            ...     client = HttpClient(
            ...         Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
            ...     )
            ...     try:
            ...         return await client.request(
            ...             HTTPMethod.POST, url, {"name": "Ada"}
            ...         )
            ...     finally:
            ...         await client.close()
            >>> try:
            ...     asyncio.run(send("http://127.0.0.1:9/people"))
            ... except ExternalServiceError as error:
            ...     print(error)
            No answer to POST

            -->
        """
        try:
            async with self._session.request(method, url, json=document) as response:
                return response.status
        except (aiohttp.ClientError, TimeoutError) as error:
            message = f"No answer to {method}"
            raise ExternalServiceError(message) from error

    async def close(self) -> None:
        """Close all connections.

        Example:
            ```python
            import asyncio

            from shop.adapters.external_apis.http import HttpClient
            from shop.infrastructure.configuration import Settings


            async def begin_and_end() -> None:
                client = HttpClient(
                    Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
                )
                await client.close()


            asyncio.run(begin_and_end())
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.infrastructure.configuration import Settings
            >>> async def begin_and_end() -> None:
            ...     client = HttpClient(
            ...         Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
            ...     )
            ...     await client.close()
            >>> asyncio.run(begin_and_end())

            -->
        """
        await self._session.close()

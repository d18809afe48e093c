"""Connection to Redis, the cache."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final, cast

from redis import asyncio as redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError, RedisError

from shop.exceptions import ExternalServiceError
from shop.services.ports import Cache, HealthProbe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shop.config import CacheSettings

# A pooled connection may have been closed: one further attempt opens a new one.
RETRIES: Final = 1


class RedisCache(Cache, HealthProbe):
    """Keeps values in Redis until they expire."""

    def __init__(self, settings: CacheSettings) -> None:
        """Prepare the pool; the first connection is opened when it is needed.

        Args:
            settings: Settings of the cache.
        """
        self._ttl = settings.cache_ttl_seconds
        self._client = redis.Redis.from_url(
            settings.redis_url.get_secret_value(),
            retry=Retry(NoBackoff(), RETRIES, (RedisConnectionError,)),
            socket_connect_timeout=settings.cache_timeout_seconds,
            socket_timeout=settings.cache_timeout_seconds,
        )

    async def get(self, key: str) -> bytes | None:
        """Read a value.

        Args:
            key: Name of the value.

        Raises:
            ExternalServiceError: If the cache cannot be reached.

        Returns:
            The value, or nothing if it is not there.
        """
        with translated_outages():
            # The client does not decode, so the answer is never a string.
            return cast("bytes | None", await self._client.get(key))

    async def set(self, key: str, value: bytes) -> None:
        """Keep a value.

        Args:
            key: Name of the value.
            value: The value.

        Raises:
            ExternalServiceError: If the cache cannot be reached.
        """
        with translated_outages():
            await self._client.set(key, value, ex=self._ttl)

    async def delete(self, key: str) -> None:
        """Forget a value.

        Args:
            key: Name of the value.

        Raises:
            ExternalServiceError: If the cache cannot be reached.
        """
        with translated_outages():
            await self._client.delete(key)

    async def ping(self) -> None:
        """Exchange the smallest message there is.

        Raises:
            ExternalServiceError: If the cache cannot be reached.
        """
        with translated_outages():
            await self._client.ping()

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()


@contextlib.contextmanager
def translated_outages() -> Iterator[None]:
    """Translate what the driver raises.

    Raises:
        ExternalServiceError: If the cache cannot be reached.

    Yields:
        Nothing; the cache is used meanwhile.
    """
    try:
        yield
    except (RedisError, OSError) as error:
        message = "Cache is unavailable"
        raise ExternalServiceError(message) from error

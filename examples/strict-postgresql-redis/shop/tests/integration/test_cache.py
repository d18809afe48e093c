"""Tests of the cache on a server."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pydantic
import pytest

from shop.adapters.cache import RedisCache
from shop.exceptions import ExternalServiceError

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from shop.config import Settings

pytestmark = [pytest.mark.anyio, pytest.mark.integration]


@pytest.mark.usefixtures("running_redis")
async def test_value_lives_until_it_is_deleted(settings: Settings) -> None:
    """A value comes back as it was, and is gone when it is deleted.

    Args:
        settings: Settings of the application.
    """
    cache = RedisCache(settings)
    key = uuid.uuid4().hex
    await cache.set(key, b"value")
    assert await cache.get(key) == b"value"
    await cache.delete(key)
    assert await cache.get(key) is None
    await cache.close()


@pytest.mark.usefixtures("running_redis")
def test_health_includes_the_cache(client: TestClient) -> None:
    """The health check asks the cache.

    Args:
        client: Client of the application.
    """
    assert client.get("/health").json()["checks"]["cache"] == "ok"


async def test_dead_server_is_reported(settings: Settings) -> None:
    """Where nothing listens, nothing answers.

    Args:
        settings: Settings of the application.
    """
    url = pydantic.SecretStr("redis://127.0.0.1:1/0")
    cache = RedisCache(settings.model_copy(update={"redis_url": url}))
    with pytest.raises(ExternalServiceError):
        await cache.ping()
    await cache.close()

"""Tests of the cache without a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from shop.adapters.cache import RedisCache
from shop.config import ENV_PREFIX, CacheSettings, load_settings
from shop.exceptions import ConfigurationError, ExternalServiceError

if TYPE_CHECKING:
    from unittest.mock import AsyncMock

    from pytest_mock import MockerFixture

    from shop.config import Settings

pytestmark = pytest.mark.anyio


@pytest.fixture
def driver(mocker: MockerFixture) -> AsyncMock:
    """Stand in for the driver.

    Args:
        mocker: Makes the double.

    Returns:
        The double.
    """
    double: AsyncMock = mocker.AsyncMock()
    mocker.patch("redis.asyncio.Redis.from_url", return_value=double)
    return double


async def test_value_expires(driver: AsyncMock, settings: Settings) -> None:
    """No value is kept forever.

    Args:
        driver: The driver.
        settings: Settings of the application.
    """
    await RedisCache(settings).set("key", b"value")
    ttl = settings.cache_ttl_seconds
    driver.set.assert_awaited_once_with("key", b"value", ex=ttl)


async def test_value_is_read_and_forgotten(
    driver: AsyncMock, settings: Settings
) -> None:
    """Reading and deleting reach the driver.

    Args:
        driver: The driver.
        settings: Settings of the application.
    """
    driver.get.return_value = b"value"
    cache = RedisCache(settings)
    assert await cache.get("key") == b"value"
    await cache.delete("key")
    driver.delete.assert_awaited_once_with("key")


@pytest.mark.parametrize("error", [RedisConnectionError("host down"), OSError("reset")])
async def test_outage_is_translated(
    driver: AsyncMock, settings: Settings, error: Exception
) -> None:
    """Whatever the driver raises is a failure of an external service.

    Args:
        driver: The driver.
        settings: Settings of the application.
        error: What the driver raises.
    """
    driver.get.side_effect = error
    with pytest.raises(ExternalServiceError, match="Cache is unavailable"):
        await RedisCache(settings).get("key")


def test_foreign_url_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A URL of something else ends the start.

    Args:
        monkeypatch: Changes the environment.
    """
    monkeypatch.setenv(f"{ENV_PREFIX}REDIS_URL", "https://hunter2@localhost")
    with pytest.raises(ConfigurationError, match="settings: redis_url ") as caught:
        load_settings(CacheSettings)
    assert "hunter2" not in str(caught.value)

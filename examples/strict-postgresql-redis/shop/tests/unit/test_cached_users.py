"""Tests of reading users through the cache."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from shop.adapters.cached_users import CachedUserRepository
from shop.exceptions import ExternalServiceError
from shop.services.ports import Cache, UserRepository
from tests.factories import UserFactory

if TYPE_CHECKING:
    from unittest.mock import NonCallableMagicMock

    from pytest_mock import MockerFixture

pytestmark = pytest.mark.anyio


class DictCache(Cache):
    """A cache in a dictionary that can be switched off."""

    def __init__(self) -> None:
        """Start empty and switched on."""
        self.values: dict[str, bytes] = {}
        self.is_down = False

    def demand_up(self) -> None:
        """Fail when the cache is switched off.

        Raises:
            ExternalServiceError: If it is.
        """
        if self.is_down:
            message = "switched off"
            raise ExternalServiceError(message)

    async def get(self, key: str) -> bytes | None:
        """Read a value.

        Args:
            key: Name of the value.

        Returns:
            The value, or nothing if it is not there.
        """
        self.demand_up()
        return self.values.get(key)

    async def set(self, key: str, value: bytes) -> None:
        """Keep a value.

        Args:
            key: Name of the value.
            value: The value.
        """
        self.demand_up()
        self.values[key] = value

    async def delete(self, key: str) -> None:
        """Forget a value.

        Args:
            key: Name of the value.
        """
        self.demand_up()
        self.values.pop(key, None)


@pytest.fixture
def cache() -> DictCache:
    """Provide an empty cache.

    Returns:
        The cache.
    """
    return DictCache()


@pytest.fixture
def store(mocker: MockerFixture) -> NonCallableMagicMock:
    """Stand in for the store.

    Args:
        mocker: Makes the double.

    Returns:
        The double.
    """
    double: NonCallableMagicMock = mocker.create_autospec(UserRepository, instance=True)
    return double


async def test_second_read_spares_the_store(
    store: NonCallableMagicMock, cache: DictCache
) -> None:
    """A copy equals the original and is used instead of it.

    Args:
        store: Keeps the users.
        cache: Keeps the copies.
    """
    store.get.return_value = user = UserFactory.build()
    users = CachedUserRepository(store, cache)
    assert await users.get(user.id) == user
    assert await users.get(user.id) == user
    store.get.assert_awaited_once_with(user.id)


async def test_absence_is_not_cached(
    store: NonCallableMagicMock, cache: DictCache
) -> None:
    """A user that is registered later is found at once.

    Args:
        store: Keeps the users.
        cache: Keeps the copies.
    """
    user = UserFactory.build()
    store.get.return_value = None
    users = CachedUserRepository(store, cache)
    assert await users.get(user.id) is None
    assert not cache.values
    await users.add(user)
    store.add.assert_awaited_once_with(user)


@pytest.mark.parametrize("change", ["update", "remove"])
async def test_change_drops_the_copy(
    store: NonCallableMagicMock, cache: DictCache, change: str
) -> None:
    """Nobody reads what has been changed.

    Args:
        store: Keeps the users.
        cache: Keeps the copies.
        change: Name of the method that changes a user.
    """
    store.get.return_value = user = UserFactory.build()
    users = CachedUserRepository(store, cache)
    await users.get(user.id)
    if change == "update":
        await users.update(user)
    else:
        await users.remove(user.id)
    assert not cache.values


async def test_outage_of_the_cache_is_tolerated(
    store: NonCallableMagicMock, cache: DictCache
) -> None:
    """Without the cache everything works as before.

    Args:
        store: Keeps the users.
        cache: Keeps the copies.
    """
    store.get.return_value = user = UserFactory.build()
    cache.is_down = True
    users = CachedUserRepository(store, cache)
    assert await users.get(user.id) == user
    assert await users.update(user) is store.update.return_value
    assert await users.page(1, 0) is store.page.return_value


@pytest.mark.parametrize("field", ["name", "id"])
async def test_unreadable_copy_is_replaced(
    store: NonCallableMagicMock, cache: DictCache, field: str
) -> None:
    """A copy that another version has written does no harm.

    Args:
        store: Keeps the users.
        cache: Keeps the copies.
        field: What is wrong in the copy.
    """
    store.get.return_value = user = UserFactory.build()
    users = CachedUserRepository(store, cache)
    await users.get(user.id)
    ((key, copy),) = cache.values.items()
    cache.values[key] = json.dumps(json.loads(copy) | {field: ""}).encode()
    assert await users.get(user.id) == user
    assert cache.values[key] == copy

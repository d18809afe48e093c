"""Tests that every storage of users has to pass."""

from __future__ import annotations

import dataclasses
import uuid
from typing import TYPE_CHECKING

import pytest

from shop.exceptions import ConflictError
from tests.factories import UserFactory

if TYPE_CHECKING:
    from shop.services.ports import UserRepository

pytestmark = [pytest.mark.anyio, pytest.mark.integration]


async def test_user_is_kept(user_repository: UserRepository) -> None:
    """What was added can be found, complete and equal.

    Args:
        user_repository: An empty storage.
    """
    user = UserFactory.build()
    await user_repository.add(user)
    assert await user_repository.get(user.id) == user
    assert await user_repository.get(uuid.uuid4()) is None


async def test_pages_follow_the_age(user_repository: UserRepository) -> None:
    """Pages list the oldest first, whatever the order of arrival.

    Args:
        user_repository: An empty storage.
    """
    users = UserFactory.build_batch(3)
    for user in reversed(users):
        await user_repository.add(user)
    assert list(await user_repository.page(2, 0)) == users[:2]
    assert list(await user_repository.page(2, 2)) == users[2:]


async def test_address_is_unique(user_repository: UserRepository) -> None:
    """No two users share an address, and the refusal does not repeat it.

    Args:
        user_repository: An empty storage.
    """
    first, second = UserFactory.build_batch(2)
    await user_repository.add(first)
    await user_repository.add(second)
    with pytest.raises(ConflictError) as added:
        await user_repository.add(UserFactory.build(email=first.email))
    with pytest.raises(ConflictError) as updated:
        await user_repository.update(dataclasses.replace(second, email=first.email))
    for error in (added.value, updated.value):
        assert first.email.value not in str(error)
        assert error.__cause__ is None
    assert await user_repository.get(second.id) == second


async def test_user_is_replaced(user_repository: UserRepository) -> None:
    """An update replaces the data, also when the address stays the same.

    Args:
        user_repository: An empty storage.
    """
    user = UserFactory.build()
    await user_repository.add(user)
    renamed = dataclasses.replace(user, name="New")
    assert await user_repository.update(renamed)
    assert await user_repository.get(user.id) == renamed
    assert not await user_repository.update(UserFactory.build())


async def test_user_is_forgotten(user_repository: UserRepository) -> None:
    """A removed user is gone, and cannot be removed again.

    Args:
        user_repository: An empty storage.
    """
    user = UserFactory.build()
    await user_repository.add(user)
    assert await user_repository.remove(user.id)
    assert await user_repository.get(user.id) is None
    assert not await user_repository.remove(user.id)

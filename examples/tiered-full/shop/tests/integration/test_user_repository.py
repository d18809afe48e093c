"""Tests of the storage of users."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from shop.core.errors import ConflictError
from shop.models.base import now
from shop.models.user import Role, User
from tests.factories import UserFactory

if TYPE_CHECKING:
    from shop.core.database import Database
    from shop.repositories.user_repository import UserRepository

pytestmark = [pytest.mark.anyio, pytest.mark.integration]


async def test_user_is_kept(user_repository: UserRepository) -> None:
    """What was added can be found, by number and by address in any case.

    Args:
        user_repository: An empty storage.
    """
    user = UserFactory.build()
    with pytest.raises(LookupError):
        assert user.key
    await user_repository.add(user)
    found = await user_repository.get(user.key)
    assert found is not None
    assert (found.email, found.created_at) == (user.email, user.created_at)
    assert found.created_at.tzinfo is dt.UTC
    assert await user_repository.get_by_email(user.email.upper()) == user
    assert await user_repository.get_by_email("' OR 1=1 --") is None
    assert await user_repository.get_by_email("\0") is None


async def test_users_come_all_or_none(user_repository: UserRepository) -> None:
    """A conflict keeps all new users out, and its text does not repeat the address.

    Args:
        user_repository: An empty storage.
    """
    first, second = UserFactory.build_batch(2)
    await user_repository.add(first)
    with pytest.raises(ConflictError) as caught:
        await user_repository.add_all([second, UserFactory.build(email=first.email)])
    assert first.email not in str(caught.value)
    assert len(await user_repository.page(10, 0)) == 1


async def test_change_is_kept(user_repository: UserRepository) -> None:
    """A change is stored, unless the address is in use.

    Args:
        user_repository: An empty storage.
    """
    first, second = UserFactory.build_batch(2)
    await user_repository.add_all([first, second])
    first.role = Role.ADMIN
    await user_repository.update(first)
    found = await user_repository.get(first.key)
    assert found is not None
    assert found.role is Role.ADMIN
    second.email = first.email
    with pytest.raises(ConflictError):
        await user_repository.update(second)


async def test_pages_follow_the_numbers(user_repository: UserRepository) -> None:
    """Pages do not overlap.

    Args:
        user_repository: An empty storage.
    """
    await user_repository.add_all(UserFactory.build_batch(3))
    assert [user.id for user in await user_repository.page(2, 0)] == [1, 2]
    assert [user.id for user in await user_repository.page(2, 2)] == [3]


async def test_deleted_row_is_kept(
    user_repository: UserRepository, tables: Database
) -> None:
    """Deleting hides a user; the row stays.

    Args:
        user_repository: An empty storage.
        tables: The database below it.
    """
    user = UserFactory.build()
    await user_repository.add(user)
    user.deleted_at = now()
    await user_repository.update(user)
    assert await user_repository.get(user.key) is None
    assert await user_repository.get_by_email(user.email) is None
    assert await user_repository.page(10, 0) == []
    async with tables.transaction() as session:
        row = await session.get(User, user.key)
    assert row is not None
    assert row.deleted_at is not None

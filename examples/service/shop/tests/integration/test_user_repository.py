"""Tests of the storage of users."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from shop.domain.errors import ConflictError
from shop.infrastructure.repositories.users import UserRepository
from tests.factories import UserFactory

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

pytestmark = pytest.mark.integration


async def test_user_comes_back_as_it_was(db: AsyncSession) -> None:
    """Nothing is lost on the way through the table.

    Args:
        db: A session on an empty database.
    """
    user = UserFactory.build()
    await UserRepository(db).add(user)
    db.expunge_all()
    assert await UserRepository(db).get_by_id(user.id) == user


async def test_pages_follow_the_creation(db: AsyncSession) -> None:
    """The oldest users come first.

    Args:
        db: A session on an empty database.
    """
    first, second, third = UserFactory.build_batch(3)
    for user in (third, first, second):
        await UserRepository(db).add(user)
    assert await UserRepository(db).list_page(2, 1) == [second, third]


async def test_removal_tells_whether_there_was_a_user(db: AsyncSession) -> None:
    """A user can be removed once.

    Args:
        db: A session on an empty database.
    """
    user = UserFactory.build()
    await UserRepository(db).add(user)
    assert await UserRepository(db).remove(user.id)
    assert not await UserRepository(db).remove(user.id)
    assert await UserRepository(db).get_by_id(uuid.uuid4()) is None


async def test_address_is_unique(db: AsyncSession) -> None:
    """Two users cannot share an address, and the refusal does not repeat it.

    Args:
        db: A session on an empty database.
    """
    user = UserFactory.build()
    await UserRepository(db).add(user)
    with pytest.raises(ConflictError) as caught:
        await UserRepository(db).add(UserFactory.build(email=user.email))
    assert user.email not in str(caught.value)
    assert caught.value.__cause__ is None

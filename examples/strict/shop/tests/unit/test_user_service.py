"""Tests of the use cases around users."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from shop.exceptions import NotFoundError
from shop.services.ports import UserRepository
from shop.services.users import UserService
from tests.factories import UserFactory

if TYPE_CHECKING:
    from unittest.mock import NonCallableMagicMock

    from pytest_mock import MockerFixture

pytestmark = pytest.mark.anyio


@pytest.fixture
def users(mocker: MockerFixture) -> NonCallableMagicMock:
    """Stand in for the repository.

    Args:
        mocker: Makes the double.

    Returns:
        The double.
    """
    double: NonCallableMagicMock = mocker.create_autospec(UserRepository, instance=True)
    return double


async def test_registration_is_stored(users: NonCallableMagicMock) -> None:
    """A new user reaches the repository.

    Args:
        users: The repository.
    """
    user = await UserService(users).register("Ada@example.com", "Ada")
    users.add.assert_awaited_once_with(user)


async def test_page_comes_from_the_repository(users: NonCallableMagicMock) -> None:
    """The bounds of a page are handed on.

    Args:
        users: The repository.
    """
    users.page.return_value = UserFactory.build_batch(2)
    assert await UserService(users).page(2, 4) == users.page.return_value
    users.page.assert_awaited_once_with(2, 4)


async def test_change_is_stored(users: NonCallableMagicMock) -> None:
    """The changed user reaches the repository.

    Args:
        users: The repository.
    """
    user = UserFactory.build()
    users.get.return_value = user
    changed = await UserService(users).change(user.id, "new@example.com", "New")
    users.update.assert_awaited_once_with(changed)
    assert changed.id == user.id


async def test_missing_user_is_reported(users: NonCallableMagicMock) -> None:
    """Whoever asks for an unknown user is told so.

    Args:
        users: The repository.
    """
    users.get.return_value = None
    users.remove.return_value = False
    service = UserService(users)
    with pytest.raises(NotFoundError):
        await service.get(uuid.uuid4())
    with pytest.raises(NotFoundError):
        await service.remove(uuid.uuid4())


async def test_user_may_vanish_during_a_change(users: NonCallableMagicMock) -> None:
    """A user that was removed meanwhile is not revived.

    Args:
        users: The repository.
    """
    users.get.return_value = user = UserFactory.build()
    users.update.return_value = False
    with pytest.raises(NotFoundError):
        await UserService(users).change(user.id, "new@example.com", "New")

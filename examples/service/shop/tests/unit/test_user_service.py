"""Tests of the business logic around users."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from shop.domain.errors import NotFoundError
from shop.domain.interfaces.users import AbstractUserRepository
from shop.domain.services.users import UserService
from tests.factories import UserFactory

if TYPE_CHECKING:
    from unittest.mock import NonCallableMagicMock

    from pytest_mock import MockerFixture


@pytest.fixture
def users(mocker: MockerFixture) -> NonCallableMagicMock:
    """Stand in for the repository.

    Args:
        mocker: Makes the double.

    Returns:
        The double.
    """
    double: NonCallableMagicMock = mocker.create_autospec(
        AbstractUserRepository, instance=True
    )
    return double


async def test_new_user_is_stored(users: NonCallableMagicMock) -> None:
    """A new user reaches the repository.

    Args:
        users: The repository.
    """
    user = await UserService(users).create("Ada@example.com", "Ada")
    users.add.assert_awaited_once_with(user)


async def test_page_comes_from_the_repository(users: NonCallableMagicMock) -> None:
    """The bounds of a page are handed on.

    Args:
        users: The repository.
    """
    users.list_page.return_value = UserFactory.build_batch(2)
    page = await UserService(users).list_page(2, 4)
    assert page == users.list_page.return_value
    users.list_page.assert_awaited_once_with(2, 4)


async def test_missing_user_is_reported(users: NonCallableMagicMock) -> None:
    """Whoever asks for an unknown user is told so.

    Args:
        users: The repository.
    """
    users.get_by_id.return_value = None
    users.remove.return_value = False
    service = UserService(users)
    with pytest.raises(NotFoundError):
        await service.get(uuid.uuid4())
    with pytest.raises(NotFoundError):
        await service.remove(uuid.uuid4())

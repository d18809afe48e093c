"""Tests of the use cases around users."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shop.core.errors import NotFoundError
from shop.core.security import verify_password
from shop.models.user import Role
from shop.repositories.user_repository import UserRepository
from shop.schemas.user import CreateUserRequest
from shop.services.user_service import UserService
from tests.factories import UserFactory

if TYPE_CHECKING:
    from unittest.mock import NonCallableMagicMock

    from pytest_mock import MockerFixture

pytestmark = pytest.mark.anyio


@pytest.fixture
def user_repo(mocker: MockerFixture) -> NonCallableMagicMock:
    """Stand in for the repository.

    Args:
        mocker: Makes the double.

    Returns:
        The double.
    """
    double: NonCallableMagicMock = mocker.create_autospec(UserRepository, instance=True)
    return double


async def test_registration_hashes_the_password(
    user_repo: NonCallableMagicMock,
) -> None:
    """A new user reaches the repository with a hash, and without any power.

    Args:
        user_repo: Keeps the users.
    """
    body = {"email": "Ada@Example.com", "name": " Ada ", "password": "correct horse"}
    data = CreateUserRequest.model_validate(body)
    user = await UserService(user_repo).create_user(data)
    user_repo.add_all.assert_awaited_once_with([user])
    assert (user.email, user.name, user.role) == ("ada@example.com", "Ada", Role.MEMBER)
    assert verify_password("correct horse", user.hashed_password)


async def test_users_see_themselves_only(user_repo: NonCallableMagicMock) -> None:
    """Without a permission others might as well not be there.

    Args:
        user_repo: Keeps the users.
    """
    service = UserService(user_repo)
    user = user_repo.get.return_value = UserFactory.build(id=1)
    assert await service.get_user(1, user) is user
    with pytest.raises(NotFoundError):
        await service.get_user(2, user)


async def test_administrators_see_everybody(user_repo: NonCallableMagicMock) -> None:
    """With the permission only unknown users are not there.

    Args:
        user_repo: Keeps the users.
    """
    service = UserService(user_repo)
    admin = UserFactory.build(id=1, role=Role.ADMIN)
    user = user_repo.get.return_value = UserFactory.build(id=2)
    assert await service.get_user(2, admin) is user
    user_repo.get.return_value = None
    with pytest.raises(NotFoundError):
        await service.get_user(3, admin)


async def test_page_comes_from_the_repository(user_repo: NonCallableMagicMock) -> None:
    """The bounds of a page are handed on.

    Args:
        user_repo: Keeps the users.
    """
    users = user_repo.page.return_value = UserFactory.build_batch(2)
    assert await UserService(user_repo).list_users(2, 4) == users
    user_repo.page.assert_awaited_once_with(2, 4)

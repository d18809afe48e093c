"""Tests of signing in."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from shop.core.security import TokenRules, TokenUse
from shop.repositories.user_repository import UserRepository
from shop.services.auth_service import AuthService
from tests.factories import PASSWORD, UserFactory

if TYPE_CHECKING:
    from unittest.mock import NonCallableMagicMock

    from pytest_mock import MockerFixture

pytestmark = pytest.mark.anyio

RULES = TokenRules("k" * 32, dt.timedelta(minutes=5), dt.timedelta(days=1))


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


async def test_password_identifies_the_user(user_repo: NonCallableMagicMock) -> None:
    """The user is found by the right password, and by nothing else.

    Args:
        user_repo: Keeps the users.
    """
    service = AuthService(user_repo, RULES)
    user = user_repo.get_by_email.return_value = UserFactory.build()
    assert await service.authenticate(user.email, PASSWORD) is user
    assert await service.authenticate(user.email, "wrong horse") is None
    user_repo.get_by_email.return_value = None
    assert await service.authenticate(user.email, PASSWORD) is None


async def test_tokens_identify_the_user(user_repo: NonCallableMagicMock) -> None:
    """Each token works for its own use, as long as there is the user.

    Args:
        user_repo: Keeps the users.
    """
    service = AuthService(user_repo, RULES)
    user = user_repo.get_by_email.return_value = UserFactory.build()
    access = service.create_access_token(user)
    refresh = service.create_refresh_token(user)
    assert await service.identify(access) is user
    assert await service.identify(refresh) is None
    assert await service.identify(refresh, TokenUse.REFRESH) is user
    user_repo.get_by_email.return_value = None
    assert await service.identify(access) is None

"""Business logic around users."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from shop.domain.errors import NotFoundError
from shop.domain.models.user import User

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from shop.domain.interfaces.users import AbstractUserRepository

logger = logging.getLogger(__name__)


class UserService:
    """What can be done with users."""

    def __init__(self, users: AbstractUserRepository) -> None:
        """Keep the repository.

        Args:
            users: Keeps the users.
        """
        self._users = users

    async def create(self, email: str, name: str) -> User:
        """Add a user.

        Args:
            email: The e-mail address as typed.
            name: The name as typed.

        Raises:
            ValidationError: If one of them breaks a rule.
            ConflictError: If another user has the e-mail address.

        Returns:
            The new user.
        """
        user = User.create(email, name)
        await self._users.add(user)
        logger.info("User created", extra={"user_id": user.id})
        return user

    async def get(self, user_id: UUID) -> User:
        """Find a user.

        Args:
            user_id: Identifier of the user.

        Raises:
            NotFoundError: If there is no such user.

        Returns:
            The user.
        """
        user = await self._users.get_by_id(user_id)
        if user is None:
            raise missing(user_id)
        return user

    async def list_page(self, limit: int, offset: int) -> Sequence[User]:
        """Read a part of all users, the oldest first.

        Args:
            limit: How many users to read at most.
            offset: How many users to leave out.

        Returns:
            The users.
        """
        return await self._users.list_page(limit, offset)

    async def remove(self, user_id: UUID) -> None:
        """Forget a user.

        Args:
            user_id: Identifier of the user.

        Raises:
            NotFoundError: If there is no such user.
        """
        if not await self._users.remove(user_id):
            raise missing(user_id)
        logger.info("User removed", extra={"user_id": user_id})


def missing(user_id: UUID) -> NotFoundError:
    """Say that a user does not exist.

    Args:
        user_id: Identifier of the user.

    Returns:
        The exception to raise.
    """
    return NotFoundError(f"There is no user {user_id}")

"""Use cases around users."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from shop.domain.entities import User
from shop.exceptions import NotFoundError

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

    from shop.services.ports import UserRepository

logger = logging.getLogger(__name__)


class UserService:
    """What can be done with users."""

    def __init__(self, users: UserRepository) -> None:
        """Keep the repository.

        Args:
            users: Keeps the users.
        """
        self._users = users

    async def register(self, email: str, name: str) -> User:
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
        user = User.register(email, name)
        await self._users.add(user)
        logger.info("User registered", extra={"user_id": user.id})
        return user

    async def get(self, user_id: uuid.UUID) -> User:
        """Find a user.

        Args:
            user_id: Identifier of the user.

        Raises:
            NotFoundError: If there is no such user.

        Returns:
            The user.
        """
        user = await self._users.get(user_id)
        if user is None:
            raise NotFoundError(f"There is no user {user_id}")
        return user

    async def page(self, limit: int, offset: int) -> Sequence[User]:
        """Read a part of all users, the oldest first.

        Args:
            limit: How many users to read at most.
            offset: How many users to leave out.

        Returns:
            The users.
        """
        return await self._users.page(limit, offset)

    async def change(self, user_id: uuid.UUID, email: str, name: str) -> User:
        """Change the data of a user.

        Args:
            user_id: Identifier of the user.
            email: The e-mail address as typed.
            name: The name as typed.

        Raises:
            ValidationError: If one of them breaks a rule.
            ConflictError: If another user has the e-mail address.
            NotFoundError: If there is no such user.

        Returns:
            The user with the new data.
        """
        user = (await self.get(user_id)).change(email, name)
        if not await self._users.update(user):
            raise NotFoundError(f"There is no user {user_id}")
        logger.info("User changed", extra={"user_id": user_id})
        return user

    async def remove(self, user_id: uuid.UUID) -> None:
        """Forget a user.

        Args:
            user_id: Identifier of the user.

        Raises:
            NotFoundError: If there is no such user.
        """
        if not await self._users.remove(user_id):
            raise NotFoundError(f"There is no user {user_id}")
        logger.info("User removed", extra={"user_id": user_id})

"""Use cases around users."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from shop.core.errors import NotFoundError
from shop.core.security import hash_password
from shop.models.base import now
from shop.models.user import Permission, User

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shop.repositories.user_repository import UserRepository
    from shop.schemas.user import CreateUserRequest, UpdateUserRequest

logger = logging.getLogger(__name__)


class UserService:
    """What can be done with users."""

    def __init__(self, user_repo: UserRepository) -> None:
        """Keep the repository.

        Args:
            user_repo: Keeps the users.
        """
        self._user_repo = user_repo

    async def create_user(
        self, data: CreateUserRequest, actor: User | None = None
    ) -> User:
        """Register a user.

        Args:
            data: What is known about the user.
            actor: Who registers the user; by default the user, without help.

        Raises:
            ConflictError: If another user has the e-mail address.

        Returns:
            The new user.
        """
        (user,) = await self.create_users_bulk([data], actor)
        return user

    async def create_users_bulk(
        self, users_data: Sequence[CreateUserRequest], actor: User | None = None
    ) -> Sequence[User]:
        """Register several users: all of them or none.

        Args:
            users_data: What is known about the users.
            actor: Who registers the users; by default each user, without help.

        Raises:
            ConflictError: If an e-mail address is in use.

        Returns:
            The new users.
        """
        users = [
            User(
                email=data.email,
                name=data.name,
                hashed_password=await asyncio.to_thread(
                    hash_password, data.password.get_secret_value()
                ),
                created_by=actor.email if actor else data.email,
                updated_by=actor.email if actor else data.email,
            )
            for data in users_data
        ]
        await self._user_repo.add_all(users)
        logger.info("Users registered", extra={"user_ids": [user.id for user in users]})
        return users

    async def get_user(self, user_id: int, current_user: User) -> User:
        """Find a user on behalf of another.

        Args:
            user_id: Number of the user.
            current_user: Who asks.

        Raises:
            NotFoundError: If there is no such user, or none that may be seen.

        Returns:
            The user, with the orders.
        """
        may_see = Permission.READ_USERS in current_user.permissions
        user = None
        if may_see or user_id == current_user.id:
            user = await self._user_repo.get(user_id)
        if user is None:
            raise NotFoundError(f"There is no user {user_id}")
        return user

    async def list_users(self, limit: int, offset: int) -> Sequence[User]:
        """Read a part of all users, in the order of their numbers.

        Args:
            limit: How many users to read at most.
            offset: How many users to leave out.

        Returns:
            The users.
        """
        return await self._user_repo.page(limit, offset)

    async def update_user(
        self, user_id: int, data: UpdateUserRequest, actor: User
    ) -> User:
        """Change a user.

        Args:
            user_id: Number of the user.
            data: What changes.
            actor: Who makes the change.

        Raises:
            NotFoundError: If there is no such user, or none that may be seen.

        Returns:
            The user with the changes.
        """
        user = await self.get_user(user_id, actor)
        for name, value in data.model_dump(exclude_none=True).items():
            setattr(user, name, value)
        user.updated_by = actor.email
        await self._user_repo.update(user)
        logger.info("User changed", extra={"user_id": user_id})
        return user

    async def delete_user(self, user_id: int, actor: User) -> None:
        """Take a user out of use; the row stays.

        Args:
            user_id: Number of the user.
            actor: Who does it.

        Raises:
            NotFoundError: If there is no such user, or none that may be seen.
        """
        user = await self.get_user(user_id, actor)
        user.deleted_at = now()
        user.updated_by = actor.email
        await self._user_repo.update(user)
        logger.info("User deleted", extra={"user_id": user_id})

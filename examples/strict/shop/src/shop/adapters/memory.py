"""Repositories that live as long as the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shop.exceptions import ConflictError
from shop.services.ports import UserRepository

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

    from shop.domain.entities import User


class InMemoryUserRepository(UserRepository):
    """Keeps users until the process ends."""

    def __init__(self) -> None:
        """Start without users."""
        self._users: dict[uuid.UUID, User] = {}

    async def add(self, user: User) -> None:
        """Keep a new user.

        Args:
            user: The user.

        Raises:
            ConflictError: If another user has the e-mail address.
        """
        self._demand_free_address(user)
        self._users[user.id] = user

    async def get(self, user_id: uuid.UUID) -> User | None:
        """Find a user.

        Args:
            user_id: Identifier of the user.

        Returns:
            The user, or nothing if there is none.
        """
        return self._users.get(user_id)

    async def page(self, limit: int, offset: int) -> Sequence[User]:
        """Read a part of all users, the oldest first.

        Args:
            limit: How many users to read at most.
            offset: How many users to leave out.

        Returns:
            The users.
        """
        users = sorted(self._users.values(), key=lambda user: user.created_at)
        return users[offset : offset + limit]

    async def update(self, user: User) -> bool:
        """Replace the data of a user.

        Args:
            user: The user with the new data.

        Raises:
            ConflictError: If another user has the e-mail address.

        Returns:
            Whether the user was there.
        """
        if user.id not in self._users:
            return False
        self._demand_free_address(user)
        self._users[user.id] = user
        return True

    async def remove(self, user_id: uuid.UUID) -> bool:
        """Forget a user.

        Args:
            user_id: Identifier of the user.

        Returns:
            Whether the user was there.
        """
        return self._users.pop(user_id, None) is not None

    def _demand_free_address(self, user: User) -> None:
        """Make sure that nobody else has the address of a user.

        Args:
            user: The user.

        Raises:
            ConflictError: If another user has it.
        """
        if any(
            other.email == user.email and other.id != user.id
            for other in self._users.values()
        ):
            message = "E-mail address is in use"
            raise ConflictError(message)

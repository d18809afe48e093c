"""What the services demand from the storage of users."""

from __future__ import annotations

import abc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from shop.domain.models.user import User


class AbstractUserRepository(abc.ABC):
    """Keeps users."""

    @abc.abstractmethod
    async def add(self, user: User) -> None:
        """Keep a new user.

        Args:
            user: The user.

        Raises:
            ConflictError: If another user has the e-mail address.
        """

    @abc.abstractmethod
    async def get_by_id(self, user_id: UUID) -> User | None:
        """Find a user.

        Args:
            user_id: Identifier of the user.

        Returns:
            The user, or nothing if there is none.
        """

    @abc.abstractmethod
    async def list_page(self, limit: int, offset: int) -> Sequence[User]:
        """Read a part of all users, the oldest first.

        Args:
            limit: How many users to read at most.
            offset: How many users to leave out.

        Returns:
            The users.
        """

    @abc.abstractmethod
    async def remove(self, user_id: UUID) -> bool:
        """Forget a user.

        Args:
            user_id: Identifier of the user.

        Returns:
            Whether the user was there.
        """

"""What the use cases demand from the outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence

    from shop.domain.entities import User


class HealthProbe(Protocol):
    """A dependency that can be asked whether it is reachable."""

    async def ping(self) -> None:
        """Reach for the dependency.

        Raises:
            ExternalServiceError: If it does not answer as it should.
        """


class Cache(Protocol):
    """Keeps bytes for a while; it may forget them at any time."""

    async def get(self, key: str) -> bytes | None:
        """Read a value.

        Args:
            key: Name of the value.

        Raises:
            ExternalServiceError: If the cache cannot be reached.

        Returns:
            The value, or nothing if it is not there.
        """

    async def set(self, key: str, value: bytes) -> None:
        """Keep a value.

        Args:
            key: Name of the value.
            value: The value.

        Raises:
            ExternalServiceError: If the cache cannot be reached.
        """

    async def delete(self, key: str) -> None:
        """Forget a value.

        Args:
            key: Name of the value.

        Raises:
            ExternalServiceError: If the cache cannot be reached.
        """


class UserRepository(Protocol):
    """Keeps users."""

    async def add(self, user: User) -> None:
        """Keep a new user.

        Args:
            user: The user.

        Raises:
            ConflictError: If another user has the e-mail address.
        """

    async def get(self, user_id: uuid.UUID) -> User | None:
        """Find a user.

        Args:
            user_id: Identifier of the user.

        Returns:
            The user, or nothing if there is none.
        """

    async def page(self, limit: int, offset: int) -> Sequence[User]:
        """Read a part of all users, the oldest first.

        Args:
            limit: How many users to read at most.
            offset: How many users to leave out.

        Returns:
            The users.
        """

    async def update(self, user: User) -> bool:
        """Replace the data of a user.

        Args:
            user: The user with the new data.

        Raises:
            ConflictError: If another user has the e-mail address.

        Returns:
            Whether the user was there.
        """

    async def remove(self, user_id: uuid.UUID) -> bool:
        """Forget a user.

        Args:
            user_id: Identifier of the user.

        Returns:
            Whether the user was there.
        """

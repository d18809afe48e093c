"""Users read through the cache."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING, Final

import pydantic

from shop.domain.entities import User
from shop.exceptions import ExternalServiceError, ValidationError
from shop.services.ports import UserRepository

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator, Sequence

    from shop.services.ports import Cache

logger = logging.getLogger(__name__)

USER_JSON: Final = pydantic.TypeAdapter(User)


class CachedUserRepository(UserRepository):
    """Spares the store single reads; without the cache it goes on more slowly."""

    def __init__(self, store: UserRepository, cache: Cache) -> None:
        """Keep store and cache.

        Args:
            store: Keeps the users.
            cache: Keeps copies of users for a while.
        """
        self._store = store
        self._cache = cache

    async def add(self, user: User) -> None:
        """Keep a new user.

        Args:
            user: The user.

        Raises:
            ConflictError: If another user has the e-mail address.
        """
        await self._store.add(user)

    async def get(self, user_id: uuid.UUID) -> User | None:
        """Find a user, in the cache if it is there.

        Args:
            user_id: Identifier of the user.

        Returns:
            The user, or nothing if there is none.
        """
        user = await self._recall(user_id)
        if user is None:
            user = await self._store.get(user_id)
            if user is not None:
                with tolerated_outage():
                    await self._cache.set(key_of(user_id), USER_JSON.dump_json(user))
        return user

    async def page(self, limit: int, offset: int) -> Sequence[User]:
        """Read a part of all users, the oldest first.

        Args:
            limit: How many users to read at most.
            offset: How many users to leave out.

        Returns:
            The users.
        """
        return await self._store.page(limit, offset)

    async def update(self, user: User) -> bool:
        """Replace the data of a user.

        Args:
            user: The user with the new data.

        Raises:
            ConflictError: If another user has the e-mail address.

        Returns:
            Whether the user was there.
        """
        updated = await self._store.update(user)
        await self._forget(user.id)
        return updated

    async def remove(self, user_id: uuid.UUID) -> bool:
        """Forget a user.

        Args:
            user_id: Identifier of the user.

        Returns:
            Whether the user was there.
        """
        removed = await self._store.remove(user_id)
        await self._forget(user_id)
        return removed

    async def _recall(self, user_id: uuid.UUID) -> User | None:
        """Look into the cache.

        Args:
            user_id: Identifier of the user.

        Returns:
            The user, or nothing if the cache has no copy that can be used.
        """
        with tolerated_outage():
            copy = await self._cache.get(key_of(user_id))
            if copy is not None:
                return read_copy(copy)
        return None

    async def _forget(self, user_id: uuid.UUID) -> None:
        """Drop the copy of a user.

        Args:
            user_id: Identifier of the user.
        """
        with tolerated_outage():
            await self._cache.delete(key_of(user_id))


def key_of(user_id: uuid.UUID) -> str:
    """Name the copy of a user.

    Args:
        user_id: Identifier of the user.

    Returns:
        The key in the cache; the project's name keeps it apart from those of others.
    """
    return f"shop:user:{user_id}"


def read_copy(copy: bytes) -> User | None:
    """Read a user from the cache.

    Args:
        copy: What the cache holds, perhaps written by another version of the service.

    Returns:
        The user, or nothing if the copy cannot be read.
    """
    try:
        return USER_JSON.validate_json(copy)
    except (pydantic.ValidationError, ValidationError):
        logger.warning("Unreadable copy")
        return None


@contextlib.contextmanager
def tolerated_outage() -> Iterator[None]:
    """Go on when the cache is unavailable.

    Yields:
        Nothing; the cache is used meanwhile.
    """
    try:
        yield
    except ExternalServiceError as error:
        logger.warning("Going on without the cache", exc_info=error)

"""Users kept in the SQL database."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from shop.adapters.models import UserRow
from shop.domain.entities import User
from shop.domain.value_objects import EmailAddress
from shop.exceptions import ConflictError
from shop.services.ports import UserRepository
from shop.utils.moments import as_utc

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator, Sequence

    from shop.adapters.database import Database


class SqlUserRepository(UserRepository):
    """Keeps users in a table; every method is a transaction."""

    def __init__(self, database: Database) -> None:
        """Keep the connection.

        Args:
            database: Lends sessions.
        """
        self._database = database

    async def add(self, user: User) -> None:
        """Keep a new user.

        Args:
            user: The user.

        Raises:
            ConflictError: If another user has the e-mail address.
            ExternalServiceError: If the database cannot be reached.
        """
        with refused_duplicates():
            async with self._database.transaction() as session:
                session.add(to_row(user))

    async def get(self, user_id: uuid.UUID) -> User | None:
        """Find a user.

        Args:
            user_id: Identifier of the user.

        Raises:
            ExternalServiceError: If the database cannot be reached.

        Returns:
            The user, or nothing if there is none.
        """
        async with self._database.transaction() as session:
            row = await session.get(UserRow, user_id)
        return None if row is None else to_entity(row)

    async def page(self, limit: int, offset: int) -> Sequence[User]:
        """Read a part of all users, the oldest first.

        Args:
            limit: How many users to read at most.
            offset: How many users to leave out.

        Raises:
            ExternalServiceError: If the database cannot be reached.

        Returns:
            The users.
        """
        statement = (
            sa.select(UserRow)
            .order_by(UserRow.created_at, UserRow.id)
            .limit(limit)
            .offset(offset)
        )
        async with self._database.transaction() as session:
            rows = await session.scalars(statement)
            return [to_entity(row) for row in rows]

    async def update(self, user: User) -> bool:
        """Replace the data of a user.

        Args:
            user: The user with the new data.

        Raises:
            ConflictError: If another user has the e-mail address.
            ExternalServiceError: If the database cannot be reached.

        Returns:
            Whether the user was there.
        """
        statement = (
            sa.update(UserRow)
            .where(UserRow.id == user.id)
            .values(email=user.email.value, name=user.name)
            .returning(UserRow.id)
        )
        with refused_duplicates():
            async with self._database.transaction() as session:
                return await session.scalar(statement) is not None

    async def remove(self, user_id: uuid.UUID) -> bool:
        """Forget a user.

        Args:
            user_id: Identifier of the user.

        Raises:
            ExternalServiceError: If the database cannot be reached.

        Returns:
            Whether the user was there.
        """
        statement = (
            sa.delete(UserRow).where(UserRow.id == user_id).returning(UserRow.id)
        )
        async with self._database.transaction() as session:
            return await session.scalar(statement) is not None


@contextlib.contextmanager
def refused_duplicates() -> Iterator[None]:
    """Translate what the database says about a second use of an address.

    Its own text is dropped, for it repeats the address.

    Raises:
        ConflictError: If another user has the e-mail address.

    Yields:
        Nothing; the change is made meanwhile.
    """
    try:
        yield
    except IntegrityError:
        message = "E-mail address is in use"
        raise ConflictError(message) from None


def to_row(user: User) -> UserRow:
    """Translate an entity.

    Args:
        user: The entity.

    Returns:
        The row.
    """
    return UserRow(
        id=user.id,
        email=user.email.value,
        name=user.name,
        created_at=user.created_at,
    )


def to_entity(row: UserRow) -> User:
    """Translate a row.

    Args:
        row: The row.

    Returns:
        The entity.
    """
    return User(
        id=row.id,
        email=EmailAddress(row.email),
        name=row.name,
        created_at=as_utc(row.created_at),
    )

"""Where users are stored."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import orm
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from shop.core.errors import ConflictError
from shop.models.user import User

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlmodel.sql.expression import SelectOfScalar

    from shop.core.database import Database


class UserRepository:
    """Keeps users; every method is a transaction."""

    def __init__(self, database: Database, replica: Database) -> None:
        """Keep the connections.

        Args:
            database: Lends sessions.
            replica: Lends sessions for reading; it may lag behind.
        """
        self._database = database
        self._replica = replica

    async def add(self, user: User) -> None:
        """Store a new user, who gets a number by that.

        Args:
            user: The user.

        Raises:
            ConflictError: If another user has the e-mail address.
        """
        await self.add_all([user])

    async def add_all(self, users: Sequence[User]) -> None:
        """Store new users: all of them or none.

        Args:
            users: The users.

        Raises:
            ConflictError: If an e-mail address is in use.
        """
        with refused_duplicates():
            async with self._database.transaction() as session:
                session.add_all(users)

    async def get(self, user_id: int) -> User | None:
        """Find a user by number, with the orders.

        Args:
            user_id: Number of the user.

        Returns:
            The user, or nothing if there is none.
        """
        statement = users_in_use().where(User.id == user_id)
        statement = statement.options(orm.selectinload(cast("Any", User.orders)))
        async with self._database.transaction() as session:
            return await session.scalar(statement)

    async def get_by_email(self, email: str) -> User | None:
        """Find a user by address.

        Args:
            email: The address, in any case.

        Returns:
            The user, or nothing if there is none.
        """
        # PostgreSQL stores no such character, so nobody has an address with it.
        if "\0" in email:
            return None
        statement = users_in_use().where(User.email == email.lower())
        async with self._database.transaction() as session:
            return await session.scalar(statement)

    async def page(self, limit: int, offset: int) -> Sequence[User]:
        """Read a part of all users, in the order of their numbers.

        Args:
            limit: How many users to read at most.
            offset: How many users to leave out.

        Returns:
            The users.
        """
        statement = users_in_use().order_by(col(User.id)).limit(limit).offset(offset)
        async with self._replica.transaction() as session:
            return (await session.scalars(statement)).all()

    async def update(self, user: User) -> None:
        """Store the changes of a user.

        Args:
            user: A user who was read before, with the changes.

        Raises:
            ConflictError: If another user has the e-mail address.
        """
        with refused_duplicates():
            async with self._database.transaction() as session:
                session.add(user)


def users_in_use() -> SelectOfScalar[User]:
    """Begin a query for users.

    Returns:
        A statement that leaves deleted users out.
    """
    return select(User).where(col(User.deleted_at).is_(None))


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

"""Users kept in the SQL database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from shop.domain.errors import ConflictError
from shop.domain.interfaces.users import AbstractUserRepository
from shop.domain.models.user import User
from shop.infrastructure.database.models import UserModel
from shop.utils.moments import as_utc

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession


class UserRepository(AbstractUserRepository):
    """Keeps users in a table; whoever opened the session commits it."""

    def __init__(self, session: AsyncSession) -> None:
        """Keep the session.

        Args:
            session: The transaction to work in.
        """
        self._session = session

    async def add(self, user: User) -> None:
        """Keep a new user.

        Args:
            user: The user.

        Raises:
            ConflictError: If another user has the e-mail address.
        """
        self._session.add(to_model(user))
        try:
            await self._session.flush()
        except IntegrityError:
            # The text of the database is dropped, for it repeats the address.
            message = "E-mail address is in use"
            raise ConflictError(message) from None

    async def get_by_id(self, user_id: UUID) -> User | None:
        """Find a user.

        Args:
            user_id: Identifier of the user.

        Returns:
            The user, or nothing if there is none.
        """
        statement = sa.select(UserModel).where(UserModel.id == user_id)
        model = await self._session.scalar(statement)
        return None if model is None else to_entity(model)

    async def list_page(self, limit: int, offset: int) -> Sequence[User]:
        """Read a part of all users, the oldest first.

        Args:
            limit: How many users to read at most.
            offset: How many users to leave out.

        Returns:
            The users.
        """
        statement = (
            sa.select(UserModel)
            .order_by(UserModel.created_at, UserModel.id)
            .limit(limit)
            .offset(offset)
        )
        return [to_entity(model) for model in await self._session.scalars(statement)]

    async def remove(self, user_id: UUID) -> bool:
        """Forget a user.

        Args:
            user_id: Identifier of the user.

        Returns:
            Whether the user was there.
        """
        statement = (
            sa.delete(UserModel).where(UserModel.id == user_id).returning(UserModel.id)
        )
        return await self._session.scalar(statement) is not None


def to_model(user: User) -> UserModel:
    """Translate an entity.

    Args:
        user: The entity.

    Returns:
        The row.
    """
    return UserModel(
        id=user.id, email=user.email, name=user.name, created_at=user.created_at
    )


def to_entity(model: UserModel) -> User:
    """Translate a row.

    Args:
        model: The row.

    Returns:
        The entity.
    """
    return User(
        id=model.id,
        email=model.email,
        name=model.name,
        created_at=as_utc(model.created_at),
    )

"""What all tables share."""

import datetime as dt
from enum import StrEnum
from typing import Final, Literal

import sqlalchemy as sa
from sqlalchemy import orm
from sqlmodel import Field, SQLModel

NAMING_CONVENTION: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
ENUM_MAX_LENGTH: Final = 16


class Base(
    SQLModel,
    registry=orm.registry(metadata=sa.MetaData(naming_convention=NAMING_CONVENTION)),
):
    """A row with a number, in tables whose constraints have names.

    Attributes:
        id: Number of the row; the database gives it.
    """

    id: int | None = Field(default=None, primary_key=True)

    @property
    def key(self) -> int:
        """Read the number of a row that is stored.

        Raises:
            LookupError: If the row has not been stored yet.

        Returns:
            The number.
        """
        if self.id is None:
            message = "The row has not been stored yet"
            raise LookupError(message)
        return self.id


class UtcDateTime(sa.TypeDecorator[dt.datetime]):
    """A moment in UTC, also where the database forgets the offset, as SQLite does."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: dt.datetime | None,
        dialect: sa.Dialect,  # noqa: ARG002
    ) -> dt.datetime | None:
        """Express a moment in UTC before it is stored.

        Args:
            value: The moment.
            dialect: Kind of the database.

        Returns:
            The same moment in UTC.
        """
        return value and value.astimezone(dt.UTC)

    def process_result_value(
        self,
        value: dt.datetime | None,
        dialect: sa.Dialect,  # noqa: ARG002
    ) -> dt.datetime | None:
        """Give a moment its offset back.

        Args:
            value: The moment as the database returns it.
            dialect: Kind of the database.

        Returns:
            The same moment in UTC.
        """
        if value is None or value.tzinfo is not None:
            return value and value.astimezone(dt.UTC)
        return value.replace(tzinfo=dt.UTC)


def now() -> dt.datetime:
    """Read the clock.

    Returns:
        The moment, in UTC.
    """
    return dt.datetime.now(dt.UTC)


def enum_column(kind: type[StrEnum], default: StrEnum) -> sa.Column[StrEnum]:
    """Make a column that holds the values of an enumeration as text.

    Args:
        kind: The enumeration.
        default: What rows have that were there before the column.

    Returns:
        The column.
    """
    texts = sa.Enum(
        kind,
        length=ENUM_MAX_LENGTH,
        native_enum=False,
        values_callable=lambda members: [member.value for member in members],
    )
    return sa.Column(texts, nullable=False, server_default=default.value)


def render_type(kind: str, item: object, _: object) -> str | Literal[False]:
    """Write a type of our own into a migration as the type of SQLAlchemy behind it.

    Args:
        kind: What is written, such as ``type`` or ``column``.
        item: The type, the column, or whatever it is.
        _: The migration.

    Returns:
        The text, or nothing for what Alembic can write itself.
    """
    if kind == "type" and isinstance(item, sa.TypeDecorator):
        return f"sa.{item.impl!r}"
    return False

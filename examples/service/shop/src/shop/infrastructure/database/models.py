"""Tables of the database."""

import datetime as dt
import uuid
from typing import Annotated, Final

import sqlalchemy as sa
from sqlalchemy import orm

from shop.domain.models.user import EMAIL_MAX_LENGTH, NAME_MAX_LENGTH

NAMING_CONVENTION: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(orm.DeclarativeBase):
    """What all tables share: constraints with names that a migration can rely on."""

    metadata = sa.MetaData(naming_convention=NAMING_CONVENTION)


UuidKey = Annotated[
    uuid.UUID, orm.mapped_column(sa.Uuid, primary_key=True, default=uuid.uuid4)
]
Moment = Annotated[
    dt.datetime,
    orm.mapped_column(sa.DateTime(timezone=True), server_default=sa.func.now()),
]


class UserModel(Base):
    """A user.

    Attributes:
        id: Identifier of the user.
        email: E-mail address in lower case.
        name: Name of the user.
        created_at: Moment of the creation.
    """

    __tablename__ = "users"

    id: orm.Mapped[UuidKey]
    email: orm.Mapped[str] = orm.mapped_column(
        sa.String(EMAIL_MAX_LENGTH), unique=True, index=True
    )
    name: orm.Mapped[str] = orm.mapped_column(sa.String(NAME_MAX_LENGTH))
    created_at: orm.Mapped[Moment] = orm.mapped_column(index=True)

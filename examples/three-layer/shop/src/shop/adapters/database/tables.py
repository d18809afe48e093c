"""Tables of the database."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Annotated, Final

import sqlalchemy as sa
from sqlalchemy import orm

from shop.domain.rules import NAME_MAX_LENGTH
from shop.domain.value_objects import ACTOR_NAME_MAX_LENGTH, EMAIL_MAX_LENGTH

NAMING_CONVENTION: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(orm.DeclarativeBase):
    """What all tables share: constraints with names that a migration can rely on.

    Example:
        ```python
        from shop.adapters.database.tables import Base

        Base.metadata.naming_convention["pk"]
        # 'pk_%(table_name)s'
        ```

        <!-- As a doctest:
        >>> Base.metadata.naming_convention["pk"]
        'pk_%(table_name)s'

        -->
    """

    metadata = sa.MetaData(naming_convention=NAMING_CONVENTION)


UuidKey = Annotated[uuid.UUID, orm.mapped_column(sa.Uuid, primary_key=True)]
CustomerKey = Annotated[
    uuid.UUID, orm.mapped_column(sa.Uuid, sa.ForeignKey("customers.id"))
]
Moment = Annotated[dt.datetime, orm.mapped_column(sa.DateTime(timezone=True))]
Word = Annotated[str, orm.mapped_column(sa.String(16))]


class CustomerRow(Base):
    """A customer.

    Attributes:
        id: Identifier of the customer.
        name: Name to address the customer with.
        email: E-mail address in lower case.
        status: Where the customer stands in the life cycle.
        created_at: Moment at which the customer became known.

    Example:
        ```python
        from shop.adapters.database.tables import CustomerRow

        CustomerRow.__table__.name
        # 'customers'
        ```

        <!-- As a doctest:
        >>> CustomerRow.__table__.name
        'customers'

        -->
    """

    __tablename__ = "customers"

    id: orm.Mapped[UuidKey]
    name: orm.Mapped[str] = orm.mapped_column(sa.String(NAME_MAX_LENGTH))
    email: orm.Mapped[str] = orm.mapped_column(sa.String(EMAIL_MAX_LENGTH), unique=True)
    status: orm.Mapped[Word]
    created_at: orm.Mapped[Moment] = orm.mapped_column(index=True)


class ReferralRow(Base):
    """One customer has brought in another.

    Attributes:
        referred_id: Who was brought in.
        referrer_id: Who has brought in the other.
        made_at: When it became known.

    Example:
        ```python
        from shop.adapters.database.tables import ReferralRow

        [column.name for column in ReferralRow.__table__.primary_key]
        # ['referred_id']
        ```

        <!-- As a doctest:
        >>> [column.name for column in ReferralRow.__table__.primary_key]
        ['referred_id']

        -->
    """

    __tablename__ = "referrals"

    referred_id: orm.Mapped[CustomerKey] = orm.mapped_column(primary_key=True)
    referrer_id: orm.Mapped[CustomerKey] = orm.mapped_column(index=True)
    made_at: orm.Mapped[Moment]


class AuditEntryRow(Base):
    """What was done to a customer.

    Attributes:
        id: Identifier of the entry.
        customer_id: The customer.
        actor: Name of who acted.
        action: What was done.
        happened_at: When it was done.

    Example:
        ```python
        from shop.adapters.database.tables import AuditEntryRow

        AuditEntryRow.__table__.name
        # 'audit_entries'
        ```

        <!-- As a doctest:
        >>> AuditEntryRow.__table__.name
        'audit_entries'

        -->
    """

    __tablename__ = "audit_entries"

    id: orm.Mapped[UuidKey]
    customer_id: orm.Mapped[CustomerKey] = orm.mapped_column(index=True)
    actor: orm.Mapped[str] = orm.mapped_column(sa.String(ACTOR_NAME_MAX_LENGTH))
    action: orm.Mapped[Word]
    happened_at: orm.Mapped[Moment]

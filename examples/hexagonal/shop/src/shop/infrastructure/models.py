"""Tables of the database."""

import datetime as dt
import uuid
from typing import Annotated, Any, Final

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql

from shop.domain.value_objects import IDENTIFIER_MAX_LENGTH

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


UuidKey = Annotated[uuid.UUID, orm.mapped_column(sa.Uuid, primary_key=True)]
Moment = Annotated[dt.datetime, orm.mapped_column(sa.DateTime(timezone=True))]


class AuditRow(Base):
    """A sensitive operation.

    Attributes:
        id: Identifier of the record.
        tenant_id: Tenant that it belongs to.
        actor_id: Seller who acted.
        action: What was done.
        subject: What it was done to, as kind and id.
        request_id: What the request is known by in the logs.
        happened_at: When it was done.
    """

    __tablename__ = "audit_records"
    __table_args__ = (sa.Index(None, "tenant_id", "happened_at"),)

    id: orm.Mapped[UuidKey]
    tenant_id: orm.Mapped[str] = orm.mapped_column(sa.String(IDENTIFIER_MAX_LENGTH))
    actor_id: orm.Mapped[str] = orm.mapped_column(sa.String(IDENTIFIER_MAX_LENGTH))
    action: orm.Mapped[str] = orm.mapped_column(sa.String(16))
    subject: orm.Mapped[str] = orm.mapped_column(sa.String(100), index=True)
    request_id: orm.Mapped[str] = orm.mapped_column(sa.String(64))
    happened_at: orm.Mapped[Moment]


Documents = Annotated[
    list[dict[str, Any]],
    orm.mapped_column(sa.JSON().with_variant(postgresql.JSONB(), "postgresql")),
]


class FindingRow(Base):
    """What a check has found.

    Attributes:
        id: Identifier; later findings have higher ones.
        job_id: Job that it belongs to.
        position: Which product it belongs to, counted from 0.
        field: Name of the field.
        problem: What is wrong with it.
    """

    __tablename__ = "findings"

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    job_id: orm.Mapped[uuid.UUID] = orm.mapped_column(
        sa.ForeignKey("jobs.id", ondelete="CASCADE"), index=True
    )
    position: orm.Mapped[int]
    field: orm.Mapped[str] = orm.mapped_column(sa.String(50))
    problem: orm.Mapped[str] = orm.mapped_column(sa.String(16))


class JobRow(Base):
    """A job.

    Attributes:
        id: Identifier of the job.
        tenant_id: Tenant that it belongs to.
        seller_id: Seller who submitted it.
        products: What is to be checked.
        status: How far it has come.
        created_at: Moment of the submission.
        deleted_at: Moment of the deletion, if it was deleted.
        findings: What the check has found.
    """

    __tablename__ = "jobs"
    __table_args__ = (sa.Index(None, "tenant_id", "created_at"),)

    id: orm.Mapped[UuidKey]
    tenant_id: orm.Mapped[str] = orm.mapped_column(sa.String(IDENTIFIER_MAX_LENGTH))
    seller_id: orm.Mapped[str] = orm.mapped_column(sa.String(IDENTIFIER_MAX_LENGTH))
    products: orm.Mapped[Documents]
    status: orm.Mapped[str] = orm.mapped_column(sa.String(16))
    created_at: orm.Mapped[Moment]
    deleted_at: orm.Mapped[Moment | None]
    findings: orm.Mapped[list[FindingRow]] = orm.relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by=FindingRow.id
    )

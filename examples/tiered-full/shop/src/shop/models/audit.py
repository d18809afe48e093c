"""What is remembered about changes."""

import datetime as dt
from typing import Final

from sqlmodel import Field, SQLModel

from shop.models.base import Base, UtcDateTime, now

ACTOR_MAX_LENGTH: Final = 254
ACTION_MAX_LENGTH: Final = 50
SUBJECT_MAX_LENGTH: Final = 100


class Audited(SQLModel):
    """Columns that tell about the life of a row.

    Attributes:
        updated_at: Moment of the last change.
        created_by: Who made the row.
        updated_by: Who made the last change.
        is_active: Whether the row may be used.
        deleted_at: Moment since which the row counts as deleted.
    """

    updated_at: dt.datetime = Field(
        default_factory=now, sa_type=UtcDateTime, sa_column_kwargs={"onupdate": now}
    )
    created_by: str | None = Field(
        default=None, max_length=ACTOR_MAX_LENGTH, repr=False
    )
    updated_by: str | None = Field(
        default=None, max_length=ACTOR_MAX_LENGTH, repr=False
    )
    is_active: bool = True
    deleted_at: dt.datetime | None = Field(default=None, sa_type=UtcDateTime)


class AuditEntry(Base, table=True):
    """Something that was done; it is written once and never changed.

    Attributes:
        actor: Who did it.
        action: What was done.
        subject: What it was done to, as kind and number.
        happened_at: When it was done.
    """

    __tablename__ = "audit_entries"

    actor: str = Field(max_length=ACTOR_MAX_LENGTH, repr=False)
    action: str = Field(max_length=ACTION_MAX_LENGTH)
    subject: str = Field(max_length=SUBJECT_MAX_LENGTH, index=True)
    happened_at: dt.datetime = Field(default_factory=now, sa_type=UtcDateTime)

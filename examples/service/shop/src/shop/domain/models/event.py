"""Events."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid


@dataclasses.dataclass(frozen=True, slots=True)
class Event:
    """Something that happened and that others may want to know.

    Attributes:
        name: What happened, such as ``user.created``.
        subject: Identifier of what it happened to; no personal data travels along.
        id: Identifier by which a receiver recognises a repetition.
        occurred_at: Moment of the event, in UTC.
    """

    name: str
    subject: uuid.UUID
    id: uuid.UUID = dataclasses.field(default_factory=uuid.uuid4)
    occurred_at: dt.datetime = dataclasses.field(
        default_factory=lambda: dt.datetime.now(dt.UTC)
    )

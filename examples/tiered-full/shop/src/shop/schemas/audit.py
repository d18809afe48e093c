"""Bodies around the audit trail."""

import datetime as dt

import pydantic


class AuditEntryResponse(pydantic.BaseModel):
    """What an auditor gets to know.

    Attributes:
        id: Number of the entry.
        actor: Who did it.
        action: What was done.
        subject: What it was done to, as kind and number.
        happened_at: When it was done.
    """

    model_config = pydantic.ConfigDict(from_attributes=True)

    id: int
    actor: str
    action: str
    subject: str
    happened_at: dt.datetime

"""What is remembered about sensitive operations."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from enum import StrEnum
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from shop.domain.caller import Caller
    from shop.domain.value_objects import SellerId, TenantId


class AuditAction(StrEnum):
    """What was done."""

    CREATE = "create"
    DELETE = "delete"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AuditRecord:
    """Who did what, when, and in which request.

    Attributes:
        id: Identifier of the record.
        tenant_id: Tenant that it belongs to.
        actor_id: Seller who acted.
        action: What was done.
        subject: What it was done to, as kind and id.
        request_id: What the request is known by in the logs.
        happened_at: When it was done, in UTC.
    """

    id: uuid.UUID = dataclasses.field(default_factory=uuid.uuid4)
    tenant_id: TenantId
    actor_id: SellerId
    action: AuditAction
    subject: str
    request_id: str
    happened_at: dt.datetime = dataclasses.field(
        default_factory=lambda: dt.datetime.now(dt.UTC)
    )

    @classmethod
    def of(cls, caller: Caller, action: AuditAction, subject: str) -> Self:
        """Record what a caller does now.

        Args:
            caller: Who does it.
            action: What is done.
            subject: What it is done to, as kind and id.

        Returns:
            The record.
        """
        return cls(
            tenant_id=caller.tenant_id,
            actor_id=caller.seller_id,
            action=action,
            subject=subject,
            request_id=caller.request_id,
        )

"""The audit log in the SQL database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shop.infrastructure.models import AuditRow
from shop.ports.audit import AuditLog

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from shop.domain.audit import AuditRecord


class SqlAuditLog(AuditLog):
    """Remembers sensitive operations in a table; the unit of work commits them."""

    def __init__(self, session: AsyncSession) -> None:
        """Keep the session.

        Args:
            session: Session of the unit of work.
        """
        self._session = session

    async def append(self, record: AuditRecord) -> None:
        """Remember an operation.

        Args:
            record: What was done.
        """
        self._session.add(
            AuditRow(
                id=record.id,
                tenant_id=record.tenant_id.value,
                actor_id=record.actor_id.value,
                action=record.action.value,
                subject=record.subject,
                request_id=record.request_id,
                happened_at=record.happened_at,
            )
        )

"""What the use cases demand from the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from shop.domain.audit import AuditRecord


class AuditLog(Protocol):
    """Remembers sensitive operations; it is only ever appended to."""

    async def append(self, record: AuditRecord) -> None:
        """Remember an operation.

        Args:
            record: What was done.
        """

"""Where the audit trail is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from shop.models.audit import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shop.core.database import Database


class AuditRepository:
    """Reads the audit trail; what happens writes it, in the same transaction."""

    def __init__(self, database: Database) -> None:
        """Keep the connection.

        Args:
            database: Lends sessions for reading.
        """
        self._database = database

    async def page(self, limit: int, offset: int) -> Sequence[AuditEntry]:
        """Read a part of the trail, the newest first.

        Args:
            limit: How many entries to read at most.
            offset: How many entries to leave out.

        Returns:
            The entries.
        """
        statement = (
            select(AuditEntry)
            .order_by(col(AuditEntry.id).desc())
            .limit(limit)
            .offset(offset)
        )
        async with self._database.transaction() as session:
            return (await session.scalars(statement)).all()

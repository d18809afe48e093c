"""Transactions of the SQL database."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Self

from shop.infrastructure.audit_repository import SqlAuditLog
from shop.infrastructure.job_repository import SqlJobRepository
from shop.ports.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from types import TracebackType

    from sqlalchemy.ext.asyncio import AsyncSession

    from shop.infrastructure.database import Database


class SqlUnitOfWork(UnitOfWork):
    """A transaction on a session of its own; the repositories never commit."""

    _session: AsyncSession

    def __init__(self, database: Database) -> None:
        """Prepare a transaction; it begins with the block.

        Args:
            database: Lends sessions.
        """
        self._database = database
        self._stack = contextlib.AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Begin the transaction.

        Returns:
            The unit itself, with its repositories.
        """
        session = await self._stack.enter_async_context(self._database.session())
        self._session = session
        self.audit = SqlAuditLog(session)
        self.jobs = SqlJobRepository(session)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the session, which undoes what was not committed.

        Args:
            kind: Class of the exception that ends the block, if there is one.
            error: The exception.
            trace: Where it was raised.

        Raises:
            ExternalServiceError: If the database could not be reached.
        """
        await self._stack.__aexit__(kind, error, trace)

    async def commit(self) -> None:
        """Make everything last that was done so far."""
        await self._session.commit()

"""What the use cases demand from a transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from types import TracebackType

    from shop.ports.audit import AuditLog
    from shop.ports.jobs import JobRepository

type UnitOfWorkFactory = Callable[[], UnitOfWork]


class UnitOfWork(Protocol):
    """A transaction that several repositories share.

    It begins with the block of ``async with``. What was not committed by the end of
    the block is undone, whether an error ended it or not.

    Attributes:
        audit: Remembers sensitive operations.
        jobs: Keeps jobs.
    """

    audit: AuditLog
    jobs: JobRepository

    async def __aenter__(self) -> Self:
        """Begin the transaction.

        Returns:
            The unit itself, with its repositories.
        """

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the transaction and undo what was not committed.

        Args:
            kind: Class of the exception that ends the block, if there is one.
            error: The exception.
            trace: Where it was raised.
        """

    async def commit(self) -> None:
        """Make everything last that was done so far."""

"""Connection to the database."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from shop.exceptions import ExternalServiceError
from shop.services.ports import HealthProbe

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from sqlalchemy.ext.asyncio import AsyncSession

    from shop.config import DatabaseSettings

OUTAGES: Final = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError, OSError)


class Database(HealthProbe):
    """Lends sessions, one for each transaction."""

    def __init__(self, settings: DatabaseSettings) -> None:
        """Prepare the pool; the first connection is opened when it is needed.

        Args:
            settings: Settings of the database.
        """
        url = sa.make_url(settings.database_url.get_secret_value())
        self._engine = create_async_engine(url, **engine_options(url, settings))
        self._sessions = async_sessionmaker(self._engine, expire_on_commit=False)

    @contextlib.asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """Open a session; what is not committed in it is undone at the end.

        Raises:
            ExternalServiceError: If the database cannot be reached.

        Yields:
            The session.
        """
        try:
            async with self._sessions() as session:
                yield session
        except OUTAGES as error:
            message = "Database is unavailable"
            raise ExternalServiceError(message) from error

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Open a session whose work is committed at the end, or undone by an error.

        Raises:
            ExternalServiceError: If the database cannot be reached.

        Yields:
            The session.
        """
        async with self.session() as session, session.begin():
            yield session

    async def ping(self) -> None:
        """Run the smallest statement there is.

        Raises:
            ExternalServiceError: If the database cannot be reached.
        """
        async with self.transaction() as session:
            await session.execute(sa.select(1))

    async def run_sync(self, work: Callable[[sa.Connection], None]) -> None:
        """Run code that needs a plain connection, such as a migration.

        Args:
            work: Gets the connection; what it does is committed at the end.
        """
        async with self._engine.begin() as connection:
            await connection.run_sync(work)

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()


def engine_options(url: sa.URL, settings: DatabaseSettings) -> dict[str, Any]:
    """Choose the options of the engine.

    Args:
        url: Where the database is.
        settings: Settings of the database.

    Returns:
        Options that keep statements free of user data in errors, check a connection
        before it is lent, and bound the wait for one.
    """
    wait = settings.database_timeout_seconds
    is_sqlite = url.get_backend_name() == "sqlite"
    return {
        "connect_args": {"timeout" if is_sqlite else "connect_timeout": wait},
        "hide_parameters": True,
        "max_overflow": settings.database_max_overflow,
        "pool_pre_ping": True,
        "pool_size": settings.database_pool_size,
        "pool_timeout": wait,
    }

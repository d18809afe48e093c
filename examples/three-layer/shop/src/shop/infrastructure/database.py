"""Connection to the database."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from shop.domain.contracts import HealthProbe
from shop.domain.errors import ExternalServiceError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from shop.infrastructure.configuration import DatabaseSettings

OUTAGES: Final = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError, OSError)


class Database(HealthProbe):
    """Lends sessions, one for each transaction.

    Example:
        ```python
        import asyncio
        import tempfile

        import sqlalchemy as sa

        from shop.infrastructure.configuration import DatabaseSettings
        from shop.infrastructure.database import Database


        async def use(folder: str) -> object:
            url = f"sqlite+aiosqlite:///{folder}/data.sqlite3"
            database = Database(DatabaseSettings(database_url=url))
            try:
                async with database.transaction() as session:
                    return await session.scalar(sa.text("SELECT 40 + 2"))
            finally:
                await database.close()


        with tempfile.TemporaryDirectory() as folder:
            print(asyncio.run(use(folder)))
        # 42
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> import tempfile
        >>> from shop.infrastructure.configuration import DatabaseSettings
        >>> async def use(folder: str) -> object:
        ...     url = f"sqlite+aiosqlite:///{folder}/data.sqlite3"
        ...     database = Database(DatabaseSettings(database_url=url))
        ...     try:
        ...         async with database.transaction() as session:
        ...             return await session.scalar(sa.text("SELECT 40 + 2"))
        ...     finally:
        ...         await database.close()
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     print(asyncio.run(use(folder)))
        42

        -->
    """

    def __init__(self, settings: DatabaseSettings) -> None:
        """Prepare the pool; the first connection is opened when it is needed.

        Args:
            settings (DatabaseSettings): Settings of the database.

        Example:
            ```python
            from shop.infrastructure.configuration import DatabaseSettings
            from shop.infrastructure.database import Database

            url = "sqlite+aiosqlite:///shop.sqlite3"
            database = Database(DatabaseSettings(database_url=url))
            ```

            <!-- As a doctest:
            >>> from shop.infrastructure.configuration import DatabaseSettings
            >>> url = "sqlite+aiosqlite:///shop.sqlite3"
            >>> database = Database(DatabaseSettings(database_url=url))

            -->
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
            AsyncSession: The session.

        Example:
            ```python
            import asyncio
            import tempfile

            import sqlalchemy as sa

            from shop.infrastructure.configuration import DatabaseSettings
            from shop.infrastructure.database import Database


            async def use(folder: str) -> object:
                url = f"sqlite+aiosqlite:///{folder}/data.sqlite3"
                database = Database(DatabaseSettings(database_url=url))
                try:
                    async with database.session() as session:
                        return await session.scalar(sa.text("SELECT 1"))
                finally:
                    await database.close()


            with tempfile.TemporaryDirectory() as folder:
                print(asyncio.run(use(folder)))
            # 1
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> import tempfile
            >>> from shop.infrastructure.configuration import DatabaseSettings
            >>> async def use(folder: str) -> object:
            ...     url = f"sqlite+aiosqlite:///{folder}/data.sqlite3"
            ...     database = Database(DatabaseSettings(database_url=url))
            ...     try:
            ...         async with database.session() as session:
            ...             return await session.scalar(sa.text("SELECT 1"))
            ...     finally:
            ...         await database.close()
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     print(asyncio.run(use(folder)))
            1

            -->
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
            AsyncSession: The session.

        Example:
            ```python
            import asyncio
            import tempfile

            import sqlalchemy as sa

            from shop.infrastructure.configuration import DatabaseSettings
            from shop.infrastructure.database import Database


            async def use(folder: str) -> object:
                url = f"sqlite+aiosqlite:///{folder}/data.sqlite3"
                database = Database(DatabaseSettings(database_url=url))
                try:
                    async with database.transaction() as session:
                        await session.execute(
                            sa.text("CREATE TABLE notes (id INTEGER)")
                        )
                    async with database.session() as session:
                        return await session.scalar(
                            sa.text("SELECT count(*) FROM notes")
                        )
                finally:
                    await database.close()


            with tempfile.TemporaryDirectory() as folder:
                print(asyncio.run(use(folder)))
            # 0
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> import tempfile
            >>> from shop.infrastructure.configuration import DatabaseSettings
            >>> async def use(folder: str) -> object:
            ...     url = f"sqlite+aiosqlite:///{folder}/data.sqlite3"
            ...     database = Database(DatabaseSettings(database_url=url))
            ...     try:
            ...         async with database.transaction() as session:
            ...             await session.execute(
            ...                 sa.text("CREATE TABLE notes (id INTEGER)")
            ...             )
            ...         async with database.session() as session:
            ...             return await session.scalar(
            ...                 sa.text("SELECT count(*) FROM notes")
            ...             )
            ...     finally:
            ...         await database.close()
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     print(asyncio.run(use(folder)))
            0

            -->
        """
        async with self.session() as session, session.begin():
            yield session

    async def ping(self) -> None:
        """Run the smallest statement there is.

        Raises:
            ExternalServiceError: If the database cannot be reached.

        Example:
            ```python
            import asyncio
            import tempfile

            from shop.infrastructure.configuration import DatabaseSettings
            from shop.infrastructure.database import Database


            async def use(folder: str) -> object:
                url = f"sqlite+aiosqlite:///{folder}/data.sqlite3"
                database = Database(DatabaseSettings(database_url=url))
                try:
                    return await database.ping()
                finally:
                    await database.close()


            with tempfile.TemporaryDirectory() as folder:
                print(asyncio.run(use(folder)))
            # None
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> import tempfile
            >>> from shop.infrastructure.configuration import DatabaseSettings
            >>> async def use(folder: str) -> object:
            ...     url = f"sqlite+aiosqlite:///{folder}/data.sqlite3"
            ...     database = Database(DatabaseSettings(database_url=url))
            ...     try:
            ...         return await database.ping()
            ...     finally:
            ...         await database.close()
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     print(asyncio.run(use(folder)))
            None

            -->
        """
        async with self.transaction() as session:
            await session.execute(sa.select(1))

    async def run_sync(self, work: Callable[[sa.Connection], None]) -> None:
        """Run code that needs a plain connection, such as a migration.

        Args:
            work (Callable[[sa.Connection], None]): Gets the connection; what it does is
                committed at the end.

        Example:
            ```python
            import asyncio
            import tempfile

            import sqlalchemy as sa

            from shop.infrastructure.configuration import DatabaseSettings
            from shop.infrastructure.database import Database


            async def use(folder: str) -> object:
                url = f"sqlite+aiosqlite:///{folder}/data.sqlite3"
                database = Database(DatabaseSettings(database_url=url))
                try:
                    names: list[str] = []
                    await database.run_sync(
                        lambda connection: names.extend(
                            sa.inspect(connection).get_table_names()
                        )
                    )
                    return names
                finally:
                    await database.close()


            with tempfile.TemporaryDirectory() as folder:
                print(asyncio.run(use(folder)))
            # []
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> import tempfile
            >>> from shop.infrastructure.configuration import DatabaseSettings
            >>> async def use(folder: str) -> object:
            ...     url = f"sqlite+aiosqlite:///{folder}/data.sqlite3"
            ...     database = Database(DatabaseSettings(database_url=url))
            ...     try:
            ...         names: list[str] = []
            ...         await database.run_sync(
            ...             lambda connection: names.extend(
            ...                 sa.inspect(connection).get_table_names()
            ...             )
            ...         )
            ...         return names
            ...     finally:
            ...         await database.close()
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     print(asyncio.run(use(folder)))
            []

            -->
        """
        async with self._engine.begin() as connection:
            await connection.run_sync(work)

    async def close(self) -> None:
        """Close all connections.

        Example:
            ```python
            import asyncio

            from shop.infrastructure.configuration import DatabaseSettings
            from shop.infrastructure.database import Database

            url = "sqlite+aiosqlite:///shop.sqlite3"
            asyncio.run(Database(DatabaseSettings(database_url=url)).close())
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> from shop.infrastructure.configuration import DatabaseSettings
            >>> url = "sqlite+aiosqlite:///shop.sqlite3"
            >>> asyncio.run(Database(DatabaseSettings(database_url=url)).close())

            -->
        """
        await self._engine.dispose()


def engine_options(url: sa.URL, settings: DatabaseSettings) -> dict[str, Any]:
    """Choose the options of the engine.

    Args:
        url (sa.URL): Where the database is.
        settings (DatabaseSettings): Settings of the database.

    Returns:
        dict[str, Any]: Options that keep statements free of user data in errors, check
            a connection before it is lent, and bound the wait for one.

    Example:
        ```python
        import sqlalchemy as sa

        from shop.infrastructure.configuration import DatabaseSettings
        from shop.infrastructure.database import engine_options

        url = "sqlite+aiosqlite:///shop.sqlite3"
        settings = DatabaseSettings(database_url=url, database_timeout_seconds=3)
        engine_options(sa.make_url(url), settings)["connect_args"]
        # {'timeout': 3}
        ```

        <!-- As a doctest:
        >>> from shop.infrastructure.configuration import DatabaseSettings
        >>> url = "sqlite+aiosqlite:///shop.sqlite3"
        >>> settings = DatabaseSettings(database_url=url, database_timeout_seconds=3)
        >>> engine_options(sa.make_url(url), settings)["connect_args"]
        {'timeout': 3}

        -->
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


@contextlib.asynccontextmanager
async def scratch_session(tables: sa.MetaData) -> AsyncIterator[AsyncSession]:
    """Open a session on an empty database in memory, which is gone at the end.

    Examples work on it, and so can you in an interactive session. It is SQLite,
    whatever the application is used with.

    Args:
        tables (sa.MetaData): The tables to be there.

    Yields:
        AsyncSession: The session.

    Example:
        ```python
        import asyncio

        import sqlalchemy as sa

        from shop.infrastructure.database import scratch_session

        metadata = sa.MetaData()
        notes = sa.Table("notes", metadata, sa.Column("text", sa.String))


        async def count_notes() -> int:
            async with scratch_session(metadata) as session:
                await session.execute(sa.insert(notes).values(text="Buy tea"))
                rows = await session.scalars(sa.select(notes.c.text))
                return len(rows.all())


        asyncio.run(count_notes())
        # 1
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> import sqlalchemy as sa
        >>> metadata = sa.MetaData()
        >>> notes = sa.Table("notes", metadata, sa.Column("text", sa.String))
        >>> async def count_notes() -> int:
        ...     async with scratch_session(metadata) as session:
        ...         await session.execute(sa.insert(notes).values(text="Buy tea"))
        ...         rows = await session.scalars(sa.select(notes.c.text))
        ...         return len(rows.all())
        >>> asyncio.run(count_notes())
        1

        -->
    """
    engine = create_async_engine("sqlite+aiosqlite://")
    try:
        async with engine.begin() as connection:
            await connection.run_sync(tables.create_all)
        async with AsyncSession(engine, expire_on_commit=False) as session:
            yield session
    finally:
        await engine.dispose()

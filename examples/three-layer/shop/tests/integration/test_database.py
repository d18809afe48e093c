"""Tests of the connection to the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from sqlalchemy import exc

from shop.domain.errors import ConfigurationError, ExternalServiceError
from shop.infrastructure.configuration import (
    ENV_PREFIX,
    DatabaseSettings,
    load_settings,
)
from shop.infrastructure.database import Database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from fastapi.testclient import TestClient

    from shop.infrastructure.configuration import Settings

pytestmark = pytest.mark.integration


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """Connect to the database.

    Args:
        settings (Settings): Settings of the application.

    Yields:
        Database: The database.
    """
    database = Database(settings)
    yield database
    await database.close()


def test_health_includes_the_database(client: TestClient) -> None:
    """The health check asks the database.

    Args:
        client (TestClient): Client of the application.
    """
    assert client.get("/health").json()["checks"]["db"] == "ok"


@pytest.fixture
async def notes(database: Database) -> AsyncIterator[sa.Table]:
    """Create an empty table.

    Args:
        database (Database): Connection to the database.

    Yields:
        sa.Table: The table.
    """
    metadata = sa.MetaData()
    table = sa.Table("notes", metadata, sa.Column("text", sa.String))
    await database.run_sync(metadata.create_all)
    yield table
    await database.run_sync(metadata.drop_all)


async def test_error_undoes_the_transaction(
    database: Database, notes: sa.Table
) -> None:
    """What a failed transaction has done does not last.

    Args:
        database (Database): Connection to the database.
        notes (sa.Table): An empty table.
    """
    with pytest.raises(LookupError):
        async with database.transaction() as session:
            await session.execute(sa.insert(notes).values(text="draft"))
            raise LookupError
    async with database.transaction() as session:
        assert await session.scalar(sa.select(notes.c.text)) is None


@pytest.mark.parametrize(
    "outage",
    [
        exc.OperationalError("SELECT 1", None, OSError("connection refused")),
        exc.TimeoutError("no connection left in the pool"),
        ConnectionResetError("reset by peer"),
    ],
)
async def test_outage_is_translated(database: Database, outage: Exception) -> None:
    """A database that cannot be reached is a failure of an external service.

    Args:
        database (Database): Connection to the database.
        outage (Exception): What the driver or the pool raises.
    """
    with pytest.raises(ExternalServiceError, match="Database is unavailable"):
        async with database.transaction():
            raise outage


async def test_errors_hide_the_data(database: Database) -> None:
    """The text of an error may be logged: it names no values.

    Args:
        database (Database): Connection to the database.
    """
    statement = sa.text("SELECT * FROM missing WHERE email = :email")

    def fail(connection: sa.Connection) -> None:
        """Run a statement on a table that does not exist.

        Args:
            connection (sa.Connection): Connection to the database.
        """
        connection.execute(statement, {"email": "ada@example.com"})

    with pytest.raises(exc.DBAPIError) as caught:
        await database.run_sync(fail)
    assert "ada@example.com" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "postgresql://shop:hunter2@localhost/shop",
        "sqlite:///hunter2.sqlite3",
        "sqlite+aiosqlite:///:memory:",
    ],
)
def test_unsupported_url_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A URL without an asynchronous driver ends the start, not the first request.

    Args:
        url (str): The URL.
        monkeypatch (pytest.MonkeyPatch): Changes the environment.
    """
    monkeypatch.setenv(f"{ENV_PREFIX}DATABASE_URL", url)
    with pytest.raises(ConfigurationError, match="settings: database_url ") as caught:
        load_settings(DatabaseSettings)
    assert "hunter2" not in str(caught.value)

"""Fixtures that all tests share."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from typing import TYPE_CHECKING, Final

import pytest
from fastapi.testclient import TestClient

from shop.api.app import create_app
from shop.config.settings import ENV_PREFIX, Settings, get_settings
from shop.infrastructure.database.engine import Database
from shop.infrastructure.database.models import Base

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    import sqlalchemy as sa
    from sqlalchemy.ext.asyncio import AsyncSession


@pytest.fixture
def clean_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the settings of the developer: variables as well as the ``.env`` file.

    Args:
        tmp_path: An empty directory to work in.
        monkeypatch: Changes the environment and the working directory.
    """
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{ENV_PREFIX}{name}".upper(), raising=False)


@pytest.fixture
def settings(clean_environment: None) -> Iterator[Settings]:
    """Provide valid settings that depend on nothing outside of the test.

    Args:
        clean_environment: The environment without the developer's settings.

    Yields:
        The settings.
    """
    get_settings.cache_clear()
    yield get_settings()
    get_settings.cache_clear()


@pytest.fixture
def logging_state(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the logging of the process back after a test has configured it.

    Args:
        monkeypatch: Puts the hook for uncaught exceptions back.

    Yields:
        Nothing.
    """
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def client(settings: Settings, database_schema: None) -> Iterator[TestClient]:
    """Run the application and talk to it.

    Args:
        settings: Settings of the application.
        database_schema: The tables that the application expects.

    Yields:
        A client; a defect of the application becomes a response, as in production.
    """
    app = create_app(settings)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


# A database that the tests may empty; without it they run on SQLite.
TEST_DATABASE_URL: Final = os.environ.get(f"{ENV_PREFIX}TEST_DATABASE_URL")


@pytest.fixture(autouse=True)
def database_url(
    clean_environment: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Point the settings to a database for tests.

    Args:
        clean_environment: The environment without the developer's settings.
        tmp_path: Where the file of an SQLite database goes.
        monkeypatch: Changes the environment.
    """
    url = TEST_DATABASE_URL or f"sqlite+aiosqlite:///{tmp_path / 'test.sqlite3'}"
    monkeypatch.setenv(f"{ENV_PREFIX}DATABASE_URL", url)


async def run_on_database(
    settings: Settings, work: Callable[[sa.Connection], None]
) -> None:
    """Run code on a connection of its own.

    Args:
        settings: Settings of the application.
        work: Gets the connection.
    """
    database = Database(settings)
    try:
        await database.run_sync(work)
    finally:
        await database.close()


@pytest.fixture
def database_schema(settings: Settings) -> Iterator[None]:
    """Provide all tables, without a row in them.

    Args:
        settings: Settings of the application.

    Yields:
        Nothing; the tables are there meanwhile.
    """
    asyncio.run(run_on_database(settings, Base.metadata.create_all))
    yield
    asyncio.run(run_on_database(settings, Base.metadata.drop_all))


@pytest.fixture
async def db(settings: Settings, database_schema: None) -> AsyncIterator[AsyncSession]:
    """Open a session on the database of the test.

    Args:
        settings: Settings of the application.
        database_schema: The tables.

    Yields:
        The session.
    """
    database = Database(settings)
    async with database.session() as session:
        yield session
    await database.close()

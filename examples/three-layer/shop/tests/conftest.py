"""Fixtures that all tests share."""

from __future__ import annotations

import asyncio
import logging
import shutil
import subprocess
import sys
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import hypothesis
import pytest
from fastapi.testclient import TestClient
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from testcontainers.community.postgres import PostgresContainer

from shop.__main__ import PROGRAM, main
from shop.adapters.database.tables import Base
from shop.api.app import create_app
from shop.infrastructure.configuration import ENV_PREFIX, Settings, get_settings
from shop.infrastructure.database import Database
from shop.infrastructure.logging import log_context

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    import sqlalchemy as sa


@pytest.fixture
def clean_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the settings of the developer: variables as well as the ``.env`` file.

    Args:
        tmp_path (Path): An empty directory to work in.
        monkeypatch (pytest.MonkeyPatch): Changes the environment and the working
            directory.
    """
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{ENV_PREFIX}{name}".upper(), raising=False)


@pytest.fixture
def settings(clean_environment: None) -> Iterator[Settings]:
    """Provide valid settings that depend on nothing outside of the test.

    Args:
        clean_environment (None): The environment without the developer's settings.

    Yields:
        Settings: The settings.
    """
    get_settings.cache_clear()
    yield get_settings()
    get_settings.cache_clear()


@pytest.fixture
def logging_state(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the logging of the process back after a test has configured it.

    Args:
        monkeypatch (pytest.MonkeyPatch): Puts the hook for uncaught exceptions back.

    Yields:
        None: Nothing.
    """
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    token = log_context.set(MappingProxyType({}))
    yield
    log_context.reset(token)
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture(autouse=True)
def database_url(
    clean_environment: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Point the settings to a database for tests.

    Args:
        clean_environment (None): The environment without the developer's settings.
        tmp_path (Path): Where the file of an SQLite database goes.
        monkeypatch (pytest.MonkeyPatch): Changes the environment.
    """
    url = f"sqlite+aiosqlite:///{tmp_path / 'test.sqlite3'}"
    monkeypatch.setenv(f"{ENV_PREFIX}DATABASE_URL", url)


async def run_on_database(
    settings: Settings, work: Callable[[sa.Connection], None]
) -> None:
    """Run code on a connection of its own.

    Args:
        settings (Settings): Settings of the application.
        work (Callable[[sa.Connection], None]): Gets the connection.
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
        settings (Settings): Settings of the application.

    Yields:
        None: Nothing; the tables are there meanwhile.
    """
    asyncio.run(run_on_database(settings, Base.metadata.create_all))
    yield
    asyncio.run(run_on_database(settings, Base.metadata.drop_all))


POSTGRESQL_IMAGE: Final = "postgres:17.6-alpine3.22"


def docker_answers() -> bool:
    """Look for an engine that can run containers.

    Returns:
        bool: Whether there is one.
    """
    docker = shutil.which("docker")
    if docker is None:
        return False
    return (
        subprocess.run([docker, "info"], capture_output=True, check=False).returncode
        == 0
    )


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """Run PostgreSQL in a container, for all tests that ask for it.

    Yields:
        str: The URL of its database.
    """
    if not docker_answers():
        pytest.skip("Docker does not answer")
    with PostgresContainer(POSTGRESQL_IMAGE, driver="psycopg") as container:
        yield container.get_connection_url()


@pytest.fixture
async def postgresql_session(postgresql_url: str) -> AsyncIterator[AsyncSession]:
    """Open a transaction on empty tables in PostgreSQL, and undo it in the end.

    Args:
        postgresql_url (str): The URL of the database.

    Yields:
        AsyncSession: A session in the transaction.
    """
    engine = create_async_engine(postgresql_url)
    async with engine.connect() as connection:
        await connection.run_sync(Base.metadata.create_all)
        async with AsyncSession(connection, expire_on_commit=False) as session:
            yield session
        await connection.rollback()
    await engine.dispose()


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str]]:
    """Provide the command line.

    Args:
        capsys (pytest.CaptureFixture[str]): Captures the output.
        monkeypatch (pytest.MonkeyPatch): Replaces the arguments of the process.

    Returns:
        Callable[..., tuple[int, str]]: A function that takes the words behind the name
            of the program, and gives the exit code and the standard output.
    """

    def run_words(*words: str) -> tuple[int, str]:
        """Run a command.

        Args:
            *words (str): What the user types.

        Returns:
            tuple[int, str]: Exit code and standard output.
        """
        monkeypatch.setattr(sys, "argv", [PROGRAM, *words])
        with pytest.raises(SystemExit) as ended:
            main()
        code = ended.value.code
        assert isinstance(code, int)
        return code, capsys.readouterr().out

    return run_words


# A slow machine is no fault of the code.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


@pytest.fixture
async def session(
    settings: Settings, database_schema: None
) -> AsyncIterator[AsyncSession]:
    """Open a transaction, and undo it in the end.

    Args:
        settings (Settings): Settings of the application.
        database_schema (None): The tables.

    Yields:
        AsyncSession: A session in the transaction.
    """
    database = Database(settings)
    async with database.session() as session:
        yield session
    await database.close()


@pytest.fixture
def client(settings: Settings, database_schema: None) -> Iterator[TestClient]:
    """Run the application and talk to it.

    Args:
        settings (Settings): Settings of the application.
        database_schema (None): The tables that the application expects.

    Yields:
        TestClient: A client; a defect of the application becomes a response, as in
            production.
    """
    app = create_app(settings)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client

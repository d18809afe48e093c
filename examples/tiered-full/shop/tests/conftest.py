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
from shop.core.config import ENV_PREFIX, Settings, get_settings
from shop.core.database import Database
from shop.models.base import Base
from shop.repositories.order_repository import OrderRepository
from shop.repositories.user_repository import UserRepository
from shop.workers.celery_app import celery_app

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    import sqlalchemy as sa


@pytest.fixture
def anyio_backend() -> str:
    """Run asynchronous tests on the event loop of the standard library.

    Returns:
        Name of the backend.
    """
    return "asyncio"


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


@pytest.fixture(autouse=True)
def external_api_url(clean_environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Point the settings to an address where nothing listens.

    Args:
        clean_environment: The environment without the developer's settings.
        monkeypatch: Changes the environment.
    """
    monkeypatch.setenv(f"{ENV_PREFIX}EXTERNAL_API_URL", "http://127.0.0.1:1")


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


# A Redis that the tests may write to.
TEST_QUEUE_URL: Final = os.environ.get(f"{ENV_PREFIX}TEST_QUEUE_URL")


@pytest.fixture(autouse=True)
def queue(clean_environment: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run tasks at once instead of putting them into a queue.

    Args:
        clean_environment: The environment without the developer's settings.
        monkeypatch: Changes the environment.

    Yields:
        Nothing.
    """
    monkeypatch.setenv(f"{ENV_PREFIX}QUEUE_URL", "redis://127.0.0.1:1/0")
    celery_app.conf.task_always_eager = True
    celery_app.conf.task_eager_propagates = True
    yield
    celery_app.conf.task_always_eager = False


@pytest.fixture
def running_queue(queue: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Point the settings to a queue on a server, or skip the test.

    Args:
        queue: The settings without a server.
        monkeypatch: Changes the environment.
    """
    if TEST_QUEUE_URL is None:
        pytest.skip(f"{ENV_PREFIX}TEST_QUEUE_URL names no Redis for tests")
    monkeypatch.setenv(f"{ENV_PREFIX}QUEUE_URL", TEST_QUEUE_URL)


@pytest.fixture(autouse=True)
def secret_key(clean_environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the settings a key for tests.

    Args:
        clean_environment: The environment without the developer's settings.
        monkeypatch: Changes the environment.
    """
    monkeypatch.setenv(f"{ENV_PREFIX}SECRET_KEY", "k" * 32)


@pytest.fixture
async def tables(settings: Settings, database_schema: None) -> AsyncIterator[Database]:
    """Connect to a database with empty tables.

    Args:
        settings: Settings of the application.
        database_schema: The tables.

    Yields:
        The database.
    """
    database = Database(settings)
    yield database
    await database.close()


@pytest.fixture
async def user_repository(tables: Database) -> UserRepository:
    """Provide an empty storage of users.

    Args:
        tables: Database with empty tables.

    Returns:
        The storage.
    """
    return UserRepository(tables, tables)


@pytest.fixture
async def order_repository(tables: Database) -> OrderRepository:
    """Provide an empty storage of orders.

    Args:
        tables: Database with empty tables.

    Returns:
        The storage.
    """
    return OrderRepository(tables, tables)


@pytest.fixture
def patient_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for tasks as long as they take, since tests run them at once.

    Args:
        monkeypatch: Lifts the limit.
    """
    monkeypatch.setattr("shop.integrations.notification_service.QUEUE_SECONDS", 60.0)

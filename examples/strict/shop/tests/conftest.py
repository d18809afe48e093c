"""Fixtures that all tests share."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from shop.adapters.memory import InMemoryUserRepository
from shop.api.app import create_app
from shop.config import ENV_PREFIX, Settings, get_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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
def client(settings: Settings) -> Iterator[TestClient]:
    """Run the application and talk to it.

    Args:
        settings: Settings of the application.

    Yields:
        A client; a defect of the application becomes a response, as in production.
    """
    app = create_app(settings)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def user_repository() -> InMemoryUserRepository:
    """Provide an empty storage of users.

    Returns:
        The storage.
    """
    return InMemoryUserRepository()

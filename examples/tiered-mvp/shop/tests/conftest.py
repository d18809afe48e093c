"""Fixtures that all tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give each test settings and a database of its own.

    Args:
        tmp_path: Where the file of the database goes.
        monkeypatch: Changes the environment and the working directory.

    Yields:
        Nothing.
    """
    monkeypatch.chdir(tmp_path)
    for name in main.Settings.model_fields:
        monkeypatch.delenv(f"{name.upper()}", raising=False)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'test.sqlite3'}")
    main.get_settings.cache_clear()
    main.get_engine.cache_clear()
    yield
    main.get_engine().dispose()


@pytest.fixture
def client() -> Iterator[TestClient]:
    """Run the application and talk to it.

    Yields:
        The client.
    """
    with TestClient(main.app) as client:
        yield client

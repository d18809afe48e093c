"""Tests of reading from a copy of the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pydantic
import pytest

from shop.core.database import Database, connect_replica
from shop.models.base import Base
from shop.repositories.user_repository import UserRepository
from tests.factories import UserFactory

if TYPE_CHECKING:
    from pathlib import Path

    from shop.core.config import Settings

pytestmark = [pytest.mark.anyio, pytest.mark.integration]


async def test_lists_come_from_the_copy(
    settings: Settings, tables: Database, tmp_path: Path
) -> None:
    """A list is read from the copy, a single row from the database itself.

    Args:
        settings: Settings of the application.
        tables: Database with empty tables.
        tmp_path: Where the copy goes.
    """
    url = pydantic.SecretStr(f"sqlite+aiosqlite:///{tmp_path / 'copy.sqlite3'}")
    copied = settings.model_copy(update={"database_read_url": url})
    replica = connect_replica(copied, tables)
    await replica.run_sync(Base.metadata.create_all)
    users = UserRepository(tables, replica)
    user = UserFactory.build()
    await users.add(user)
    assert await users.get(user.key) is not None
    assert await users.page(10, 0) == []
    await replica.close()


async def test_without_a_copy_the_database_is_read(
    settings: Settings, tables: Database
) -> None:
    """The copy is optional.

    Args:
        settings: Settings of the application.
        tables: Database with empty tables.
    """
    assert connect_replica(settings, tables) is tables

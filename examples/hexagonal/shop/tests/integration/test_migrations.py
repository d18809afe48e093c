"""Tests of the migrations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic.config import Config
from alembic.util import CommandError

from alembic import command
from shop.config import ENV_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("logging_state")]


@pytest.fixture
def config(pytestconfig: pytest.Config) -> Config:
    """Read the configuration of the migrations.

    Args:
        pytestconfig: Knows the root of the project.

    Returns:
        The configuration.
    """
    return Config(pytestconfig.rootpath / "alembic.ini")


@pytest.fixture
def migrated(config: Config) -> Iterator[None]:
    """Bring an empty database up to date.

    Args:
        config: Configuration of the migrations.

    Yields:
        Nothing; the database is up to date meanwhile.
    """
    command.upgrade(config, "head")
    yield
    command.downgrade(config, "base")


@pytest.mark.usefixtures("migrated")
def test_migrations_make_the_tables(config: Config) -> None:
    """Autogenerate finds nothing that a migration has forgotten.

    Args:
        config: Configuration of the migrations.
    """
    command.check(config)


@pytest.mark.usefixtures("migrated")
def test_migrations_can_be_undone(config: Config) -> None:
    """Every migration has a way back, and works again after it.

    Args:
        config: Configuration of the migrations.
    """
    command.downgrade(config, "base")
    command.upgrade(config, "head")
    command.check(config)


def test_missing_settings_are_named(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operator learns what is missing.

    Args:
        config: Configuration of the migrations.
        monkeypatch: Breaks the configuration.
    """
    monkeypatch.delenv(f"{ENV_PREFIX}DATABASE_URL")
    with pytest.raises(CommandError, match="database_url"):
        command.upgrade(config, "head")

"""Runs migrations on the database that the settings name."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from alembic.util import CommandError

from alembic import context
from shop.config import DatabaseSettings, load_settings
from shop.domain.errors import ConfigurationError
from shop.infrastructure.database import Database
from shop.infrastructure.models import Base
from shop.logging import configure_logging

if TYPE_CHECKING:
    import sqlalchemy as sa


def read_settings() -> DatabaseSettings:
    """Read the settings, and log as they say.

    Raises:
        CommandError: If the configuration is incomplete or wrong.

    Returns:
        The settings.
    """
    try:
        settings = load_settings(DatabaseSettings)
    except ConfigurationError as error:
        raise CommandError(str(error)) from None
    configure_logging(settings.log_level, settings.log_pseudonym_key.get_secret_value())
    return settings


def write_statements(settings: DatabaseSettings) -> None:
    """Write the statements of the migrations instead of running them.

    Args:
        settings: Settings of the database.
    """
    context.configure(
        url=settings.database_url.get_secret_value(),
        target_metadata=Base.metadata,
        literal_binds=True,
        dialect_opts={"paramstyle": "named"},
    )
    with context.begin_transaction():
        context.run_migrations()


def migrate(connection: sa.Connection) -> None:
    """Run the migrations.

    Args:
        connection: Connection to the database.
    """
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        # SQLite can change a table only by copying it.
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


async def connect_and_migrate(settings: DatabaseSettings) -> None:
    """Run the migrations on a connection of their own.

    Args:
        settings: Settings of the database.
    """
    database = Database(settings)
    try:
        await database.run_sync(migrate)
    finally:
        await database.close()


if context.is_offline_mode():
    write_statements(read_settings())
else:
    asyncio.run(connect_and_migrate(read_settings()))

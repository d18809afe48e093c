"""The command line: all commands put together."""

from __future__ import annotations

import asyncio
import dataclasses
import importlib.metadata
import json
import uuid
from typing import TYPE_CHECKING, Annotated

import typer

from shop.bootstrap import open_resources
from shop.cli.commands.api_keys import app as api_keys_app
from shop.cli.commands.customers import app as customers_app
from shop.cli.commands.serve import serve
from shop.cli.utils import bind_correlation_id, start
from shop.infrastructure.profiling import profiled

if TYPE_CHECKING:
    from shop.infrastructure.monitoring import HealthReport

app = typer.Typer(
    help="The Shop project.",
    no_args_is_help=True,
    add_completion=False,
)

VersionOption = Annotated[bool, typer.Option("--version", help="Show the version.")]
ProfileOption = Annotated[
    typer.FileTextWrite | None,
    typer.Option(
        "--profile",
        lazy=False,
        encoding="utf-8",
        help="Write to a file where time and memory went.",
    ),
]
CorrelationOption = Annotated[
    str,
    typer.Option(
        "--correlation-id",
        help="Id that connects the log records of this run; by default a new one.",
        default_factory=lambda: uuid.uuid4().hex,
        show_default=False,
    ),
]


@app.callback(invoke_without_command=True)
def begin(
    context: typer.Context,
    *,
    version: VersionOption = False,
    correlation_id: CorrelationOption,
    profile: ProfileOption = None,
) -> None:
    """Take the options that stand before a command.

    Args:
        context (typer.Context): Knows the command that follows.
        version (VersionOption): Whether to show the version only.
        correlation_id (CorrelationOption): Id that connects the log records.
        profile (ProfileOption): The file for the report, if the command is to be
            measured.

    Raises:
        Exit: If the version was shown.

    Example:
        ```python
        from typer.testing import CliRunner

        from shop.cli.main import app

        CliRunner().invoke(app, ["--version"]).exit_code
        # 0
        ```

        <!-- As a doctest:
        >>> from typer.testing import CliRunner
        >>> CliRunner().invoke(app, ["--version"]).exit_code
        0

        -->
    """
    if version:
        typer.echo(importlib.metadata.version("shop"))
        raise typer.Exit
    if context.invoked_subcommand is None:
        context.fail("Missing command.")
    bind_correlation_id(correlation_id)
    if profile is not None:
        context.with_resource(profiled(profile))


@app.command("settings", help="Show the settings, without secrets.")
def show_settings() -> None:
    """Show the settings, without secrets.

    Example:
        ```python
        import os
        from unittest import mock

        from shop.cli.main import show_settings
        from shop.infrastructure.configuration import get_settings

        variables = {
            "SHOP_ENVIRONMENT": "staging",
            "SHOP_DATABASE_URL": "sqlite+aiosqlite:///shop.sqlite3",
        }
        get_settings.cache_clear()
        with mock.patch.dict(os.environ, variables):
            show_settings()
            get_settings.cache_clear()
        # {
        #   "environment": "staging",
        #   ...
        # }
        ```

        <!-- As a doctest:
        >>> import os
        >>> from unittest import mock
        >>> from shop.infrastructure.configuration import get_settings
        >>> variables = {
        ...     "SHOP_ENVIRONMENT": "staging",
        ...     "SHOP_DATABASE_URL": "sqlite+aiosqlite:///shop.sqlite3",
        ... }
        >>> get_settings.cache_clear()
        >>> with mock.patch.dict(os.environ, variables):
        ...     show_settings()
        ...     get_settings.cache_clear()
        {
          "environment": "staging",
          ...
        }

        -->
    """
    typer.echo(start().model_dump_json(indent=2))


async def ask_dependencies() -> HealthReport:
    """Ask what the program depends on.

    Returns:
        HealthReport: What was answered.

    Example:
        ```python
        import asyncio
        import os
        import tempfile
        from unittest import mock

        from shop.cli.main import ask_dependencies
        from shop.infrastructure.configuration import get_settings

        get_settings.cache_clear()
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite+aiosqlite:///{folder}/data.sqlite3"
            with mock.patch.dict(os.environ, {"SHOP_DATABASE_URL": url}):
                report = asyncio.run(ask_dependencies())
        get_settings.cache_clear()
        report.is_healthy
        # True
        ```

        <!-- As a doctest:
        >>> import os
        >>> import tempfile
        >>> from unittest import mock
        >>> from shop.infrastructure.configuration import get_settings
        >>> get_settings.cache_clear()
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     url = f"sqlite+aiosqlite:///{folder}/data.sqlite3"
        ...     with mock.patch.dict(os.environ, {"SHOP_DATABASE_URL": url}):
        ...         report = asyncio.run(ask_dependencies())
        >>> get_settings.cache_clear()
        >>> report.is_healthy
        True

        -->
    """
    async with open_resources(start()) as resources:
        return await resources.health.report()


@app.command("health", help="Tell whether everything needed can be reached.")
def show_health() -> None:
    """Tell whether everything needed can be reached.

    Raises:
        Exit: If something cannot.

    Example:
        ```python
        import os
        import tempfile
        from unittest import mock

        from shop.cli.main import show_health
        from shop.infrastructure.configuration import get_settings

        get_settings.cache_clear()
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite+aiosqlite:///{folder}/data.sqlite3"
            with mock.patch.dict(os.environ, {"SHOP_DATABASE_URL": url}):
                show_health()
                get_settings.cache_clear()
        # {"checks": {"db": "ok"}}
        ```

        <!-- As a doctest:
        >>> import os
        >>> import tempfile
        >>> from unittest import mock
        >>> from shop.infrastructure.configuration import get_settings
        >>> get_settings.cache_clear()
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     url = f"sqlite+aiosqlite:///{folder}/data.sqlite3"
        ...     with mock.patch.dict(os.environ, {"SHOP_DATABASE_URL": url}):
        ...         show_health()
        ...         get_settings.cache_clear()
        {"checks": {"db": "ok"}}

        -->
    """
    report = asyncio.run(ask_dependencies())
    typer.echo(json.dumps(dataclasses.asdict(report)))
    if not report.is_healthy:
        raise typer.Exit(1)


app.add_typer(customers_app, name="customer")
app.add_typer(api_keys_app, name="api-key")
app.command("serve", help="Serve HTTP until a signal asks to stop.")(serve)

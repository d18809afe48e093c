"""Commands around API keys."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from shop.domain.value_objects import Role
from shop.infrastructure.security import digest_of, make_api_key

app = typer.Typer(help="Make API keys for programs.", no_args_is_help=True)

HolderArgument = Annotated[str, typer.Argument(help="Who is to hold the key.")]
RoleOption = Annotated[Role, typer.Option(help="What the holder is trusted with.")]


@app.command("create", help="Make a key, and its entry for the settings.")
def create_api_key(holder: HolderArgument, role: RoleOption = Role.VIEWER) -> None:
    """Make a key; nobody stores it but its holder.

    Args:
        holder (HolderArgument): Who is to hold the key.
        role (RoleOption): What the holder is trusted with.

    Example:
        ```python
        from typer.testing import CliRunner

        from shop.cli.commands.api_keys import app

        outcome = CliRunner().invoke(app, ["front", "--role", "agent"])
        print(outcome.output.split(":")[0])
        # X-Api-Key
        ```

        <!-- As a doctest:
        >>> from typer.testing import CliRunner
        >>> outcome = CliRunner().invoke(app, ["front", "--role", "agent"])
        >>> print(outcome.output.split(":")[0])
        X-Api-Key

        -->
    """
    api_key = make_api_key()
    entry = {holder: {"sha256": digest_of(api_key), "role": role.value}}
    typer.echo(f"X-Api-Key: {api_key}")
    typer.echo(f"SHOP_API_KEYS={json.dumps(entry)}")

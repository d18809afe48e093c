"""Tests of the program as its users run it: a process on a migrated database."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from shop.__main__ import EXIT_FAILURE, EXIT_USAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.e2e


@pytest.fixture
def migrated(pytestconfig: pytest.Config) -> Iterator[None]:
    """Bring the database up to date.

    Args:
        pytestconfig (pytest.Config): Knows the root of the project.

    Yields:
        None: Nothing; the database is up to date meanwhile.
    """
    config = str(pytestconfig.rootpath / "alembic.ini")
    alembic = [sys.executable, "-m", "alembic", "--config", config]
    subprocess.run([*alembic, "upgrade", "head"], check=True, capture_output=True)
    yield
    subprocess.run([*alembic, "downgrade", "base"], check=True, capture_output=True)


def run_program(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the program.

    Args:
        *words (str): What the user types behind its name.

    Returns:
        subprocess.CompletedProcess[str]: Exit code and output.
    """
    command = [sys.executable, "-m", "shop", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.usefixtures("settings", "migrated")
def test_customer_outlives_the_process() -> None:
    """What one command has made, the next one finds."""
    options = ["--name", "Ada", "--email", "ada@example.com"]
    created = run_program("customer", "create", *options)
    assert created.returncode == 0
    shown = run_program("customer", "show", created.stdout.strip())
    assert json.loads(shown.stdout)["name"] == "Ada"

    again = run_program("customer", "create", *options)
    assert again.returncode == EXIT_FAILURE
    assert again.stdout == ""
    assert "Error: E-mail address is in use" in again.stderr.splitlines()


@pytest.mark.usefixtures("settings")
def test_bad_address_is_explained() -> None:
    """The user reads what is wrong, and no traceback."""
    outcome = run_program("customer", "create", "--name", "Ada", "--email", "nobody")
    assert outcome.returncode == EXIT_USAGE
    assert "malformed" in outcome.stderr
    assert "Traceback" not in outcome.stderr

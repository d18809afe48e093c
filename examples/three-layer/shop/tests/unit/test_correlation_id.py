"""Tests of the id that connects log records."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

import pytest

from shop.__main__ import EXIT_USAGE
from shop.infrastructure.logging import configure_logging

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("logging_state", "settings")


def logged_id(capsys: pytest.CaptureFixture[str]) -> str:
    """Log something, and look at the record.

    Args:
        capsys (pytest.CaptureFixture[str]): Captures the log.

    Returns:
        str: The id in the record.
    """
    configure_logging("INFO")
    logging.getLogger("shop").info("sold")
    record = json.loads(capsys.readouterr().err.splitlines()[-1])
    return str(record["correlation_id"])


def test_given_id_is_in_every_record(
    run: Callable[..., tuple[int, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever calls the program finds its records again.

    Args:
        run (Callable[..., tuple[int, str]]): Runs a command.
        capsys (pytest.CaptureFixture[str]): Captures the log.
    """
    assert run("--correlation-id", "order-7", "settings")[0] == 0
    assert logged_id(capsys) == "order-7"


def test_each_run_has_an_id(
    run: Callable[..., tuple[int, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a given id there is a new one.

    Args:
        run (Callable[..., tuple[int, str]]): Runs a command.
        capsys (pytest.CaptureFixture[str]): Captures the log.
    """
    run("settings")
    first = logged_id(capsys)
    run("settings")
    assert logged_id(capsys) != first


@pytest.mark.parametrize("unfit", ["two words", "x" * 65, "a\nb"])
def test_unfit_id_is_wrong_usage(
    run: Callable[..., tuple[int, str]], unfit: str
) -> None:
    """Nobody writes arbitrary text into the log.

    Args:
        run (Callable[..., tuple[int, str]]): Runs a command.
        unfit (str): The id.
    """
    assert run("--correlation-id", unfit, "settings")[0] == EXIT_USAGE


def test_id_alone_is_no_command(run: Callable[..., tuple[int, str]]) -> None:
    """A script that has lost its command learns of it.

    Args:
        run (Callable[..., tuple[int, str]]): Runs a command.
    """
    assert run("--correlation-id", "order-7") == (EXIT_USAGE, "")

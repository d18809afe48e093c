"""Tests of the measurements."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from shop.__main__ import EXIT_USAGE
from shop.infrastructure.profiling import profiled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_report_names_functions_and_lines() -> None:
    """Both time and memory are in the report."""
    report = io.StringIO()
    with profiled(report):
        kept = [str(number) for number in range(10_000)]
    text = report.getvalue()
    assert kept
    assert "cumulative" in text
    assert "test_profiling.py" in text


def test_report_survives_a_failure() -> None:
    """What failed is what one wants to look at."""
    report = io.StringIO()
    message = "defect"
    with pytest.raises(ValueError, match=message), profiled(report):
        raise ValueError(message)
    assert "function calls" in report.getvalue()


@pytest.mark.usefixtures("logging_state", "settings")
def test_command_is_measured(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    """The option stands before any command.

    Args:
        run (Callable[..., tuple[int, str]]): Runs a command.
        tmp_path (Path): A folder for the report.
    """
    report = tmp_path / "profile.txt"
    assert run("--profile", str(report), "settings")[0] == 0
    assert "show_settings" in report.read_text("utf-8")


@pytest.mark.usefixtures("logging_state", "settings")
def test_report_needs_a_place(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    """A report that could not be written is refused before the command starts.

    Args:
        run (Callable[..., tuple[int, str]]): Runs a command.
        tmp_path (Path): A folder, which is no place for text.
    """
    assert run("--profile", str(tmp_path), "settings") == (EXIT_USAGE, "")

"""Tests of the command line, whatever its commands are about."""

from __future__ import annotations

import importlib.metadata
import json
import sys
from typing import TYPE_CHECKING

import pytest

from shop.__main__ import EXIT_FAILURE, EXIT_USAGE, main
from shop.domain.errors import (
    ConfigurationError,
    ExternalServiceError,
    ValidationError,
)
from shop.infrastructure.configuration import ENV_PREFIX, get_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_mock import MockerFixture

    from shop.domain.errors import AppError

pytestmark = pytest.mark.usefixtures("logging_state")


@pytest.mark.usefixtures("settings")
def test_settings_are_shown_without_secrets(
    run: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A user can see what holds, and may show it to others.

    Args:
        run (Callable[..., tuple[int, str]]): Runs a command.
        monkeypatch (pytest.MonkeyPatch): Changes the environment.
    """
    monkeypatch.setenv(f"{ENV_PREFIX}LOG_PSEUDONYM_KEY", "hunter2")
    get_settings.cache_clear()
    code, text = run("settings")
    assert code == 0
    assert json.loads(text)["environment"] == "local"
    assert "hunter2" not in text


def test_version_is_shown(run: Callable[..., tuple[int, str]]) -> None:
    """The version is that of the package.

    Args:
        run (Callable[..., tuple[int, str]]): Runs a command.
    """
    assert run("--version") == (0, f"{importlib.metadata.version('shop')}\n")


@pytest.mark.parametrize("words", [["settings", "--help"], ["--help"]])
def test_help_needs_no_settings(
    run: Callable[..., tuple[int, str]],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
) -> None:
    """Help comes before everything that may be wrong.

    Args:
        run (Callable[..., tuple[int, str]]): Runs a command.
        monkeypatch (pytest.MonkeyPatch): Breaks the configuration.
        words (list[str]): What the user types.
    """
    monkeypatch.setenv(f"{ENV_PREFIX}ENVIRONMENT", "nowhere")
    code, text = run(*words)
    assert code == 0
    assert "Usage: shop" in text


@pytest.mark.parametrize("words", [["nonsense"], ["settings", "nonsense"], ["--"]])
def test_wrong_usage_is_refused(
    run: Callable[..., tuple[int, str]], words: list[str]
) -> None:
    """Wrong usage has an exit code of its own.

    Args:
        run (Callable[..., tuple[int, str]]): Runs a command.
        words (list[str]): What the user types.
    """
    assert run(*words) == (EXIT_USAGE, "")


@pytest.mark.parametrize(
    ("error", "code", "shown"),
    [
        (ValidationError("Title is empty"), EXIT_FAILURE, "Title is empty"),
        (ConfigurationError("Missing: x"), EXIT_USAGE, "Missing: x"),
        (ExternalServiceError("db.internal"), EXIT_FAILURE, "the log says more"),
    ],
)
def test_failure_is_told(
    mocker: MockerFixture,
    capsys: pytest.CaptureFixture[str],
    error: AppError,
    code: int,
    shown: str,
) -> None:
    """The user reads one sentence, without the inside of the program.

    Args:
        mocker (MockerFixture): Makes the command fail.
        capsys (pytest.CaptureFixture[str]): Captures the output.
        error (AppError): What the command raises.
        code (int): The exit code expected.
        shown (str): What the sentence has to say.
    """
    mocker.patch("typer.main.get_command").return_value.side_effect = error
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == code
    sentence = capsys.readouterr().err
    assert sentence.startswith("Error: ")
    assert shown in sentence
    assert "db.internal" not in sentence


def test_hook_for_uncaught_exceptions_stays(
    run: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A defect is logged as JSON: the framework does not take the hook away.

    Args:
        run (Callable[..., tuple[int, str]]): Runs a command.
        monkeypatch (pytest.MonkeyPatch): Puts the hook back.
    """
    hook = sys.excepthook
    monkeypatch.setattr(sys, "excepthook", hook)
    run("--version")
    assert sys.excepthook is hook

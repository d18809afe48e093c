"""Tests of the command that makes administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shop.api.promote import EXIT_FAILED, EXIT_USAGE, main
from shop.core.config import ENV_PREFIX
from shop.core.errors import ExternalServiceError, NotFoundError

if TYPE_CHECKING:
    from pytest_mock import MockerFixture

pytestmark = pytest.mark.usefixtures("logging_state", "settings")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (None, 0),
        (NotFoundError("There is no such user"), EXIT_FAILED),
        (ExternalServiceError("Database is unavailable"), EXIT_FAILED),
    ],
)
def test_outcome_becomes_an_exit_code(
    mocker: MockerFixture, error: Exception | None, code: int
) -> None:
    """A script can tell whether it worked.

    Args:
        mocker: Replaces the work.
        error: What goes wrong.
        code: The exit code expected.
    """
    mocker.patch("shop.api.promote.promote", side_effect=error)
    assert main(["ada@example.com"]) == code


def test_one_address_is_expected() -> None:
    """Without an address nobody becomes anything."""
    assert main([]) == EXIT_USAGE


def test_missing_settings_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The operator learns what is missing.

    Args:
        monkeypatch: Breaks the configuration.
        capsys: Captures the log.
    """
    monkeypatch.delenv(f"{ENV_PREFIX}DATABASE_URL")
    assert main(["ada@example.com"]) == EXIT_USAGE
    assert "database_url" in capsys.readouterr().err

"""Tests of the command that makes administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shop.api.promote import EXIT_UNKNOWN, EXIT_USAGE, main

if TYPE_CHECKING:
    from pytest_mock import MockerFixture

pytestmark = pytest.mark.usefixtures("logging_state", "settings")


@pytest.mark.parametrize(("found", "code"), [(True, 0), (False, EXIT_UNKNOWN)])
def test_outcome_becomes_an_exit_code(
    mocker: MockerFixture, *, found: bool, code: int
) -> None:
    """A script can tell whether it worked.

    Args:
        mocker: Replaces the work.
        found: Whether there is the user.
        code: The exit code expected.
    """
    mocker.patch("shop.api.promote.promote", return_value=found)
    assert main(["ada@example.com"]) == code


def test_one_address_is_expected() -> None:
    """Without an address nobody becomes anything."""
    assert main([]) == EXIT_USAGE

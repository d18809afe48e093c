"""Tests of the command that asks what the program depends on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from shop.__main__ import EXIT_FAILURE
from shop.domain.errors import ExternalServiceError
from shop.infrastructure.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_mock import MockerFixture

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("logging_state")]


@pytest.mark.usefixtures("settings")
def test_health_is_shown(
    run: Callable[..., tuple[int, str]], mocker: MockerFixture
) -> None:
    """A script sees by the exit code whether everything can be reached.

    Args:
        run (Callable[..., tuple[int, str]]): Runs a command.
        mocker (MockerFixture): Makes the database fail.
    """
    code, text = run("health")
    assert code == 0
    assert json.loads(text) == {"checks": {"db": "ok"}}

    outage = ExternalServiceError("db.internal refuses connections")
    mocker.patch.object(Database, "ping", side_effect=outage)
    code, text = run("health")
    assert code == EXIT_FAILURE
    assert json.loads(text) == {"checks": {"db": "error: unavailable"}}

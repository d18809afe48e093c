"""Tests of the commands that the container runs."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from shop.__main__ import EXIT_CONFIGURATION, main
from shop.api.probe import main as probe
from shop.core.config import ENV_PREFIX, get_settings

if TYPE_CHECKING:
    from pytest_mock import MockerFixture

    from shop.core.config import Settings


@pytest.mark.usefixtures("logging_state")
def test_server_is_started(settings: Settings, mocker: MockerFixture) -> None:
    """The server gets the settings and leaves logging alone.

    Args:
        settings: Valid settings.
        mocker: Replaces the server.
    """
    run = mocker.patch("uvicorn.run")
    assert main() == 0
    assert run.call_args.kwargs["port"] == settings.port
    assert run.call_args.kwargs["log_config"] is None


@pytest.mark.usefixtures("logging_state", "settings")
def test_bad_configuration_ends_the_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The operator finds the name of the wrong setting in the log, not its value.

    Args:
        monkeypatch: Breaks the configuration.
        capsys: Captures the log.
    """
    monkeypatch.setenv(f"{ENV_PREFIX}PORT", "hunter2")
    get_settings.cache_clear()
    assert main() == EXIT_CONFIGURATION
    record = json.loads(capsys.readouterr().err)
    assert record["level"] == "CRITICAL"
    assert "settings: port " in record["message"]
    assert "hunter2" not in record["message"]


@pytest.mark.parametrize(
    ("status", "code"), [(HTTPStatus.OK, 0), (HTTPStatus.SERVICE_UNAVAILABLE, 1)]
)
@pytest.mark.usefixtures("settings")
def test_probe_reports_health(
    mocker: MockerFixture, status: HTTPStatus, code: int
) -> None:
    """The status of the service becomes an exit code.

    Args:
        mocker: Replaces the connection.
        status: What the service answers.
        code: The exit code expected.
    """
    connection = mocker.patch("http.client.HTTPConnection").return_value
    connection.getresponse.return_value.status = status
    assert probe() == code
    connection.close.assert_called_once_with()


@pytest.mark.usefixtures("settings")
def test_probe_survives_silence(mocker: MockerFixture) -> None:
    """A service that does not listen is not healthy.

    Args:
        mocker: Replaces the connection.
    """
    connection = mocker.patch("http.client.HTTPConnection").return_value
    connection.request.side_effect = ConnectionRefusedError
    assert probe() == 1

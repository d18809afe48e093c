"""Tests of the commands that the container runs."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from shop.api.probe import main as probe

if TYPE_CHECKING:
    from pytest_mock import MockerFixture


@pytest.mark.parametrize(
    ("status", "code"), [(HTTPStatus.OK, 0), (HTTPStatus.SERVICE_UNAVAILABLE, 1)]
)
@pytest.mark.usefixtures("settings")
def test_probe_reports_health(
    mocker: MockerFixture, status: HTTPStatus, code: int
) -> None:
    """The status of the service becomes an exit code.

    Args:
        mocker (MockerFixture): Replaces the connection.
        status (HTTPStatus): What the service answers.
        code (int): The exit code expected.
    """
    connection = mocker.patch("http.client.HTTPConnection").return_value
    connection.getresponse.return_value.status = status
    assert probe() == code
    connection.close.assert_called_once_with()


@pytest.mark.usefixtures("settings")
def test_probe_survives_silence(mocker: MockerFixture) -> None:
    """A service that does not listen is not healthy.

    Args:
        mocker (MockerFixture): Replaces the connection.
    """
    connection = mocker.patch("http.client.HTTPConnection").return_value
    connection.request.side_effect = ConnectionRefusedError
    assert probe() == 1

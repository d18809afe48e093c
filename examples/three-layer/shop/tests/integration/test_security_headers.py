"""Tests of the headers for browsers in the running application."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from shop.api.middleware import SECURITY_HEADERS
from shop.infrastructure.monitoring import HealthService

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from pytest_mock import MockerFixture

pytestmark = pytest.mark.integration


def test_every_response_has_the_headers(
    client: TestClient, mocker: MockerFixture
) -> None:
    """Neither a refusal nor a defect leaves them out.

    Args:
        client (TestClient): Client of the application.
        mocker (MockerFixture): Makes the application fail.
    """
    responses = [client.get("/health"), client.get("/nowhere")]
    mocker.patch.object(HealthService, "report", side_effect=RuntimeError("defect"))
    responses.append(client.get("/health"))
    assert [response.status_code for response in responses] == [
        HTTPStatus.OK,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.INTERNAL_SERVER_ERROR,
    ]
    for response in responses:
        kept = {name: response.headers.get(name) for name in SECURITY_HEADERS}
        assert kept == SECURITY_HEADERS

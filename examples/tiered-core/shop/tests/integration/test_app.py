"""Tests of the running application, whatever it is about."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from shop.api.middleware.request_context import REQUEST_ID_HEADER
from shop.services.health_service import HealthReport, HealthService

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from pytest_mock import MockerFixture

pytestmark = pytest.mark.integration


@pytest.mark.parametrize(
    ("word", "status", "summary"),
    [
        ("ok", HTTPStatus.OK, "healthy"),
        ("error: timeout", HTTPStatus.SERVICE_UNAVAILABLE, "unhealthy"),
    ],
)
def test_health_is_reported(
    client: TestClient,
    mocker: MockerFixture,
    word: str,
    status: HTTPStatus,
    summary: str,
) -> None:
    """The status follows from the checks.

    Args:
        client: Client of the application.
        mocker: Replaces the probes.
        word: What the check of a dependency says.
        status: The status expected.
        summary: The summary expected.
    """
    report = HealthReport({"db": word})
    mocker.patch.object(HealthService, "report", autospec=True, return_value=report)
    response = client.get("/health")
    assert response.status_code == status
    assert response.json() == {"status": summary, "checks": {"db": word}}


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [("GET", "/nowhere", "not_found"), ("DELETE", "/health", "method_not_allowed")],
)
def test_refusals_of_the_framework_use_the_envelope(
    client: TestClient, method: str, path: str, code: str
) -> None:
    """An unknown path or method is answered like any other error.

    Args:
        client: Client of the application.
        method: Method of the request.
        path: Path of the request.
        code: Code of the error expected.
    """
    response = client.request(method, path)
    assert response.json()["code"] == code


def test_interface_is_described_without_the_code(client: TestClient) -> None:
    """Clients read what an endpoint does, not what its function takes.

    Args:
        client: Client of the application.
    """
    document = client.get("/openapi.json").json()
    operation = document["paths"]["/health"]["get"]
    assert operation["description"] == "Tell whether the service can do its work."
    schema = document["components"]["schemas"]["HealthResponse"]
    assert schema["description"] == "State of the service."


def test_defect_reveals_nothing_but_the_request_id(
    client: TestClient, mocker: MockerFixture
) -> None:
    """After an unexpected error the id is all that connects answer and log.

    Args:
        client: Client of the application.
        mocker: Makes the application fail.
    """
    defect = RuntimeError("secret detail")
    mocker.patch.object(HealthService, "report", autospec=True, side_effect=defect)
    response = client.get("/health", headers={REQUEST_ID_HEADER: "abc-1"})
    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert response.headers[REQUEST_ID_HEADER] == "abc-1"
    assert "secret" not in response.text


@pytest.mark.parametrize("proposed", ["two words", "x" * 65, ""])
def test_unfit_request_id_is_replaced(client: TestClient, proposed: str) -> None:
    """A client cannot put arbitrary text into the log.

    Args:
        client: Client of the application.
        proposed: The id that the client sends.
    """
    response = client.get("/nowhere", headers={REQUEST_ID_HEADER: proposed})
    chosen = response.headers[REQUEST_ID_HEADER]
    assert chosen.isalnum()
    assert chosen != proposed


def test_requests_are_logged(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Every request leaves one record with its outcome.

    Args:
        client: Client of the application.
        caplog: Captures the log.
    """
    logger = "shop.api.middleware.request_context"
    with caplog.at_level(logging.INFO, logger=logger):
        client.get("/nowhere")
    (record,) = (item for item in caplog.records if item.name == logger)
    assert vars(record)["status"] == HTTPStatus.NOT_FOUND
    assert vars(record)["path"] == "/nowhere"

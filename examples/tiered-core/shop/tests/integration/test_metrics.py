"""Tests of the metrics of the running application."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shop.services.health_service import HealthService

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from pytest_mock import MockerFixture

pytestmark = pytest.mark.integration


def count(client: TestClient, path: str, status: int) -> float:
    """Read how many requests were measured.

    Args:
        client: Client of the application.
        path: Template of the path.
        status: Status of the responses.

    Returns:
        The number of requests.
    """
    labels = f'method="GET",path="{path}",status="{status}"'
    name = "http_request_duration_seconds_count{" + labels + "} "
    lines = client.get("/metrics").text.splitlines()
    return sum(
        float(line.removeprefix(name)) for line in lines if line.startswith(name)
    )


def test_requests_are_measured(client: TestClient, mocker: MockerFixture) -> None:
    """Every request is measured, even if it fails or leads nowhere.

    Args:
        client: Client of the application.
        mocker: Makes the application fail.
    """
    client.get("/health")
    client.get("/nowhere/1")
    client.get("/nowhere/2")
    mocker.patch.object(HealthService, "report", side_effect=RuntimeError("defect"))
    client.get("/health")
    assert count(client, "/health", 200) == 1
    assert count(client, "/health", 500) == 1
    assert count(client, "unknown", 404) == 2


def test_clients_cannot_make_series(client: TestClient) -> None:
    """Methods that clients make up share one word, as paths do.

    Args:
        client: Client of the application.
    """
    client.request("BREW", "/health")
    text = client.get("/metrics").text
    assert "BREW" not in text
    assert 'method="_OTHER",path="/health",status="405"' in text

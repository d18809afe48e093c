"""Tests of the traces of the running application."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from shop.services.health_service import HealthService

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from pytest_mock import MockerFixture


@pytest.fixture
def exporter(mocker: MockerFixture) -> InMemorySpanExporter:
    """Keep the spans of the application in memory.

    Args:
        mocker: Replaces the way to the collector.

    Returns:
        What keeps them.
    """
    exporter = InMemorySpanExporter()
    mocker.patch(
        "shop.api.dependencies.export_to",
        return_value=[SimpleSpanProcessor(exporter)],
    )
    return exporter


@pytest.mark.integration
def test_requests_are_traced(
    exporter: InMemorySpanExporter, client: TestClient, mocker: MockerFixture
) -> None:
    """Each request leaves a span that tells where it led and how it ended.

    Args:
        exporter: Keeps the spans.
        client: Client of the application.
        mocker: Makes the application fail.
    """
    client.get("/health")
    client.get("/nowhere")
    mocker.patch.object(HealthService, "report", side_effect=RuntimeError("defect"))
    client.get("/health")
    good, lost, bad = exporter.get_finished_spans()
    assert (good.attributes or {})["http.response.status_code"] == 200
    assert good.kind is SpanKind.SERVER
    assert good.name == bad.name == "GET /health"
    assert lost.name == "GET"
    assert bad.status.status_code is StatusCode.ERROR

"""Tests of metrics and traces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from shop.domain.errors import NotFoundError
from shop.infrastructure.logging import log_context
from shop.infrastructure.monitoring import (
    configure_telemetry,
    count_event,
    observed,
)

if TYPE_CHECKING:
    from pytest_mock import MockerFixture

MODULE = "shop.infrastructure.monitoring"


async def test_events_are_counted_by_kind(mocker: MockerFixture) -> None:
    """The business sees how often something happens.

    Args:
        mocker (MockerFixture): Replaces the counter.
    """
    counter = mocker.patch(f"{MODULE}.EVENTS")
    await count_event("anything")
    counter.add.assert_called_once_with(1, {"event": "str"})


@pytest.mark.usefixtures("logging_state")
def test_failure_is_traced_and_counted(mocker: MockerFixture) -> None:
    """The operator sees how often something fails, and finds the records about it.

    Args:
        mocker (MockerFixture): Replaces the counter and the tracer.
    """
    counter = mocker.patch(f"{MODULE}.FAILURES")
    provider, exporter = TracerProvider(), InMemorySpanExporter()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    mocker.patch(f"{MODULE}.TRACER", provider.get_tracer("test"))
    log_context.set({"request_id": "42"})
    with pytest.raises(NotFoundError), observed("sale"):
        raise NotFoundError("nobody is called ada@example.com")
    counter.add.assert_called_once_with(1, {"error": "NotFoundError"})
    (span,) = exporter.get_finished_spans()
    assert span.name == "sale"
    assert not span.status.is_ok
    assert span.attributes == {"request_id": "42"}
    assert "ada@example.com" not in span.to_json()


def test_without_a_collector_nothing_is_set_up(mocker: MockerFixture) -> None:
    """The program runs anywhere.

    Args:
        mocker (MockerFixture): Watches the set-up.
    """
    provider = mocker.patch(f"{MODULE}.MeterProvider")
    configure_telemetry("")
    provider.assert_not_called()


def test_collector_gets_metrics_and_traces(mocker: MockerFixture) -> None:
    """Both go to the address of the settings.

    Args:
        mocker (MockerFixture): Replaces what would send.
    """
    mocker.patch(f"{MODULE}.PeriodicExportingMetricReader")
    mocker.patch(f"{MODULE}.BatchSpanProcessor")
    mocker.patch(f"{MODULE}.MeterProvider")
    mocker.patch(f"{MODULE}.TracerProvider")
    spans = mocker.patch(f"{MODULE}.OTLPSpanExporter")
    numbers = mocker.patch(f"{MODULE}.OTLPMetricExporter")
    set_traces = mocker.patch("opentelemetry.trace.set_tracer_provider")
    set_metrics = mocker.patch("opentelemetry.metrics.set_meter_provider")
    configure_telemetry("http://collector:4318/")
    assert spans.call_args.kwargs["endpoint"] == "http://collector:4318/v1/traces"
    assert numbers.call_args.kwargs["endpoint"] == "http://collector:4318/v1/metrics"
    set_traces.assert_called_once()
    set_metrics.assert_called_once()

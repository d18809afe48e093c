"""Tests of metrics and traces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shop.infrastructure.monitoring import (
    configure_telemetry,
    count_event,
    count_failure,
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


def test_failures_are_counted_by_kind(mocker: MockerFixture) -> None:
    """The operator sees how often something fails, without any details.

    Args:
        mocker (MockerFixture): Replaces the counter.
    """
    counter = mocker.patch(f"{MODULE}.FAILURES")
    count_failure(TimeoutError("no answer from 10.0.0.7"))
    counter.add.assert_called_once_with(1, {"error": "TimeoutError"})


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
    configure_telemetry("http://collector:4318")
    spans.assert_called_once_with(endpoint="http://collector:4318/v1/traces")
    numbers.assert_called_once_with(endpoint="http://collector:4318/v1/metrics")
    set_traces.assert_called_once()
    set_metrics.assert_called_once()

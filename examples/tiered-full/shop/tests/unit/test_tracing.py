"""Tests of the traces."""

from __future__ import annotations

import pytest
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from shop.monitoring.tracing import TracingService, export_to


def test_failure_is_recorded() -> None:
    """A span that ends by an exception says so, and the exception goes on its way."""
    exporter = InMemorySpanExporter()
    tracing = TracingService([SimpleSpanProcessor(exporter)])
    with pytest.raises(LookupError), tracing.start_span("search", {"user_id": 1}):
        raise LookupError
    (span,) = exporter.get_finished_spans()
    assert (span.name, dict(span.attributes or {})) == ("search", {"user_id": 1})
    assert span.status.status_code is StatusCode.ERROR
    assert [event.name for event in span.events] == ["exception"]


def test_trace_of_the_caller_goes_on() -> None:
    """A header of the caller makes the span a part of the caller's trace."""
    exporter = InMemorySpanExporter()
    tracing = TracingService([SimpleSpanProcessor(exporter)])
    carrier = {"traceparent": f"00-{'a' * 32}-{'b' * 16}-01"}
    with tracing.start_span("search", {}, carrier):
        assert exporter.get_finished_spans() == ()
    (span,) = exporter.get_finished_spans()
    assert span.context is not None
    assert f"{span.context.trace_id:x}" == "a" * 32


def test_collector_is_optional() -> None:
    """Without an address nothing is sent; with one it happens in the background."""
    assert export_to("") == []
    processors = export_to("http://127.0.0.1:1/")
    assert [type(processor) for processor in processors] == [BatchSpanProcessor]
    TracingService(processors).close()

"""Traces, with OpenTelemetry."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from opentelemetry import propagate
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from opentelemetry.sdk.trace import SpanProcessor
    from opentelemetry.trace import Span
    from opentelemetry.util.types import AttributeValue


class TracingService:
    """Records what happens inside of what, and how long it takes."""

    def __init__(self, processors: Sequence[SpanProcessor]) -> None:
        """Begin to record.

        Args:
            processors: Take the spans that have ended; without one they are dropped.
        """
        resource = Resource.create({SERVICE_NAME: "shop"})
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        for processor in processors:
            self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer(__name__)

    @contextlib.contextmanager
    def start_span(
        self,
        name: str,
        attributes: Mapping[str, AttributeValue],
        carrier: Mapping[str, str] | None = None,
    ) -> Iterator[Span]:
        """Record a piece of work; an exception that ends it is recorded as well.

        Args:
            name: Name of the work.
            attributes: What it is about.
            carrier: Headers of a request that is served; they may name a span of the
                caller.

        Yields:
            The span.
        """
        served = carrier is not None
        with self._tracer.start_as_current_span(
            name,
            context=propagate.extract(carrier) if served else None,
            kind=SpanKind.SERVER if served else SpanKind.INTERNAL,
            attributes=attributes,
        ) as span:
            yield span

    def close(self) -> None:
        """Send what has not been sent yet."""
        self._provider.shutdown()


def export_to(endpoint: str) -> list[SpanProcessor]:
    """Choose where spans go.

    Args:
        endpoint: Address of a collector; empty for none.

    Returns:
        What sends the spans, in the background.
    """
    if not endpoint:
        return []
    return [BatchSpanProcessor(OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces"))]

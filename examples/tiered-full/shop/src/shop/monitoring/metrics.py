"""Metrics, in the format that Prometheus reads."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import prometheus_client

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class MetricsService:
    """Counts and measures; each instance has a registry of its own."""

    def __init__(self) -> None:
        """Begin to count from zero."""
        self._registry = prometheus_client.CollectorRegistry()
        self._counters: dict[str, prometheus_client.Counter] = {}
        self._requests = prometheus_client.Histogram(
            "http_request_duration_seconds",
            "Time to answer a request",
            ["method", "path", "status"],
            registry=self._registry,
        )
        prometheus_client.ProcessCollector(registry=self._registry)

    def increment_counter(self, name: str, labels: Mapping[str, str]) -> None:
        """Count an event.

        Args:
            name: What is counted; a counter always has labels of the same names.
            labels: What distinguishes the event from others of its kind.
        """
        if name not in self._counters:
            text = name.replace("_", " ").capitalize()
            counter = prometheus_client.Counter(
                name, text, sorted(labels), registry=self._registry
            )
            self._counters[name] = counter
        self._counters[name].labels(**labels).inc()

    @contextlib.contextmanager
    def count_outcome(self, name: str) -> Iterator[None]:
        """Count how something ends: by success, or by an error that goes on its way.

        Args:
            name: What is counted.

        Yields:
            Nothing; the work is done meanwhile.
        """
        status = "error"
        try:
            yield
            status = "success"
        finally:
            self.increment_counter(name, {"status": status})

    def record_http_request(
        self, method: str, path: str, status: int, seconds: float
    ) -> None:
        """Measure a request.

        Args:
            method: Method of the request, one of those that HTTP knows.
            path: Template of its path; the path itself would make endless series.
            status: Status of the response.
            seconds: Time that the answer took.
        """
        self._requests.labels(method, path, str(status)).observe(seconds)

    def render(self) -> bytes:
        """Write all metrics down.

        Returns:
            The text that Prometheus reads.
        """
        return prometheus_client.generate_latest(self._registry)

"""How the application and what it depends on are doing."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import logging
from typing import TYPE_CHECKING, Final

from opentelemetry import metrics, trace
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from shop.domain.errors import AppError, ExternalServiceError
from shop.infrastructure.logging import log_context

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shop.domain.contracts import HealthProbe

logger = logging.getLogger(__name__)

OK: Final = "ok"
UNAVAILABLE: Final = "error: unavailable"
TIMEOUT: Final = "error: timeout"


@dataclasses.dataclass(frozen=True, slots=True)
class HealthReport:
    """What the probes found.

    Attributes:
        checks: A fixed word for each dependency; details are for the log only.

    Example:
        ```python
        from shop.infrastructure.monitoring import HealthReport

        HealthReport({"db": "ok", "cache": "error: timeout"}).is_healthy
        # False
        ```

        <!-- As a doctest:
        >>> HealthReport({"db": "ok", "cache": "error: timeout"}).is_healthy
        False

        -->
    """

    checks: Mapping[str, str]

    @property
    def is_healthy(self) -> bool:
        """Sum the checks up.

        Returns:
            bool: Whether every dependency answered.

        Example:
            ```python
            from shop.infrastructure.monitoring import HealthReport

            HealthReport({"db": "ok"}).is_healthy
            # True
            ```

            <!-- As a doctest:
            >>> HealthReport({"db": "ok"}).is_healthy
            True

            -->
        """
        return all(word == OK for word in self.checks.values())


class HealthService:
    """Asks all dependencies at once and never waits longer than it was told.

    Example:
        ```python
        import asyncio

        from shop.domain.contracts import HealthProbe
        from shop.infrastructure.monitoring import HealthService


        class Answering(HealthProbe):
            async def ping(self) -> None:
                await asyncio.sleep(0)


        asyncio.run(HealthService({"db": Answering()}, timeout=1).report())
        # HealthReport(checks={'db': 'ok'})
        ```

        <!-- As a doctest:
        >>> from shop.domain.contracts import HealthProbe
        >>> class Answering(HealthProbe):
        ...     async def ping(self) -> None:
        ...         await asyncio.sleep(0)
        >>> asyncio.run(HealthService({"db": Answering()}, timeout=1).report())
        HealthReport(checks={'db': 'ok'})

        -->
    """

    def __init__(self, probes: Mapping[str, HealthProbe], timeout: float) -> None:
        """Keep the probes.

        Args:
            probes (Mapping[str, HealthProbe]): The dependencies by name.
            timeout (float): Seconds after which a dependency counts as unavailable.

        Example:
            ```python
            import asyncio

            from shop.infrastructure.monitoring import HealthService

            asyncio.run(HealthService({}, timeout=1).report())
            # HealthReport(checks={})
            ```

            <!-- As a doctest:
            >>> asyncio.run(HealthService({}, timeout=1).report())
            HealthReport(checks={})

            -->
        """
        self._probes = probes
        self._timeout = timeout

    async def report(self) -> HealthReport:
        """Ask every dependency.

        Returns:
            HealthReport: What they answered.

        Example:
            ```python
            import asyncio

            from shop.domain.contracts import HealthProbe
            from shop.domain.errors import ExternalServiceError
            from shop.infrastructure.monitoring import HealthService


            class Silent(HealthProbe):
                async def ping(self) -> None:
                    raise ExternalServiceError("No answer")


            asyncio.run(HealthService({"db": Silent()}, timeout=1).report())
            # HealthReport(checks={'db': 'error: unavailable'})
            ```

            <!-- As a doctest:
            >>> from shop.domain.contracts import HealthProbe
            >>> class Silent(HealthProbe):
            ...     async def ping(self) -> None:
            ...         raise ExternalServiceError("No answer")
            >>> asyncio.run(HealthService({"db": Silent()}, timeout=1).report())
            HealthReport(checks={'db': 'error: unavailable'})

            -->
        """
        tasks = {
            name: asyncio.create_task(probe.ping())
            for name, probe in self._probes.items()
        }
        if tasks:
            await asyncio.wait(tasks.values(), timeout=self._timeout)
        return HealthReport({name: judge(name, task) for name, task in tasks.items()})


def judge(name: str, task: asyncio.Task[None]) -> str:
    """Put the outcome of a probe into a word.

    Args:
        name (str): Name of the dependency.
        task (asyncio.Task[None]): Its probe, which may still be running.

    Returns:
        str: One of the fixed words.

    Example:
        ```python
        import asyncio

        from shop.infrastructure.monitoring import judge


        async def ask() -> str:
            task = asyncio.create_task(asyncio.sleep(0))
            await task
            return judge("db", task)


        asyncio.run(ask())
        # 'ok'
        ```

        <!-- As a doctest:
        >>> async def ask() -> str:
        ...     task = asyncio.create_task(asyncio.sleep(0))
        ...     await task
        ...     return judge("db", task)
        >>> asyncio.run(ask())
        'ok'

        -->
    """
    if not task.done():
        abandon(task)
        logger.warning("Health probe timed out", extra={"probe": name})
        return TIMEOUT
    error = task.exception()
    if isinstance(error, ExternalServiceError):
        logger.warning("Health probe failed", extra={"probe": name}, exc_info=error)
        return UNAVAILABLE
    task.result()
    return OK


def abandon(task: asyncio.Task[None]) -> None:
    """Cancel a probe without waiting for its end.

    A driver may answer a cancellation by asking the frozen server to cancel as well,
    so waiting here would break the promise to answer in time.

    Args:
        task (asyncio.Task[None]): A probe that is still running.

    Example:
        ```python
        import asyncio

        from shop.infrastructure.monitoring import abandon


        async def give_up() -> bool:
            task = asyncio.create_task(asyncio.sleep(60))
            abandon(task)
            await asyncio.wait({task})
            return task.cancelled()


        asyncio.run(give_up())
        # True
        ```

        <!-- As a doctest:
        >>> async def give_up() -> bool:
        ...     task = asyncio.create_task(asyncio.sleep(60))
        ...     abandon(task)
        ...     await asyncio.wait({task})
        ...     return task.cancelled()
        >>> asyncio.run(give_up())
        True

        -->
    """
    task.add_done_callback(lambda late: late.cancelled() or late.exception())
    task.cancel()


# A collector that is away must not hold up the end of a command.
EXPORT_TIMEOUT_SECONDS: Final = 2
TRACER: Final = trace.get_tracer("shop")
METER: Final = metrics.get_meter("shop")
EVENTS: Final = METER.create_counter(
    "shop.events", description="What has happened in the domain"
)
FAILURES: Final = METER.create_counter(
    "shop.failures", description="What has failed, by the kind of error"
)


async def count_event(event: object) -> None:
    """Count what has happened in the domain.

    Args:
        event (object): The event; its kind is what counts.

    Example:
        ```python
        import asyncio

        from shop.infrastructure.monitoring import count_event

        asyncio.run(count_event("anything"))
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> asyncio.run(count_event("anything"))

        -->
    """
    EVENTS.add(1, {"event": type(event).__name__})


@contextlib.contextmanager
def observed(name: str) -> Iterator[None]:
    """Trace what happens meanwhile, and count it when it fails.

    Of an error only the kind is kept: its text may repeat what a user has typed.

    Args:
        name (str): Name of the span; what connects the log records becomes part of it.

    Raises:
        AppError: As it was raised meanwhile.

    Yields:
        None: Nothing; the work is done meanwhile.

    Example:
        ```python
        from shop.infrastructure.monitoring import observed

        with observed("sale"):
            print("sold")
        # sold
        ```

        <!-- As a doctest:
        >>> with observed("sale"):
        ...     print("sold")
        sold

        -->
    """
    with TRACER.start_as_current_span(
        name,
        attributes=log_context.get(),
        record_exception=False,
        set_status_on_exception=False,
    ) as span:
        try:
            yield
        except AppError as error:
            kind = type(error).__name__
            span.set_status(trace.StatusCode.ERROR, kind)
            FAILURES.add(1, {"error": kind})
            raise


def configure_telemetry(endpoint: str) -> None:
    """Send metrics and traces to a collector; what is left is sent at the end.

    Args:
        endpoint (str): Address of the collector; empty for none, then nothing is kept.

    Example:
        ```python
        from opentelemetry import metrics

        from shop.infrastructure.monitoring import configure_telemetry

        before = metrics.get_meter_provider()
        configure_telemetry("")
        metrics.get_meter_provider() is before
        # True
        ```

        <!-- As a doctest:
        >>> from opentelemetry import metrics
        >>> before = metrics.get_meter_provider()
        >>> configure_telemetry("")
        >>> metrics.get_meter_provider() is before
        True

        -->
    """
    if not endpoint:
        return
    base = endpoint.rstrip("/")
    resource = Resource.create({"service.name": "shop"})
    spans = OTLPSpanExporter(
        endpoint=f"{base}/v1/traces", timeout=EXPORT_TIMEOUT_SECONDS
    )
    traces = TracerProvider(resource=resource)
    traces.add_span_processor(BatchSpanProcessor(spans))
    trace.set_tracer_provider(traces)
    numbers = OTLPMetricExporter(
        endpoint=f"{base}/v1/metrics", timeout=EXPORT_TIMEOUT_SECONDS
    )
    readers = [PeriodicExportingMetricReader(numbers)]
    metrics.set_meter_provider(MeterProvider(readers, resource))

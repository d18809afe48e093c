"""Readiness of the application and of what it depends on."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from typing import TYPE_CHECKING, Final

from shop.core.errors import ExternalServiceError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shop.core.ports import HealthProbe

logger = logging.getLogger(__name__)

OK: Final = "ok"
UNAVAILABLE: Final = "error: unavailable"
TIMEOUT: Final = "error: timeout"


@dataclasses.dataclass(frozen=True, slots=True)
class HealthReport:
    """What the probes found.

    Attributes:
        checks: A fixed word for each dependency; details are for the log only.
    """

    checks: Mapping[str, str]

    @property
    def is_healthy(self) -> bool:
        """Sum the checks up.

        Returns:
            Whether every dependency answered.
        """
        return all(word == OK for word in self.checks.values())


class HealthService:
    """Asks all dependencies at once and never waits longer than it was told."""

    def __init__(self, probes: Mapping[str, HealthProbe], timeout: float) -> None:
        """Keep the probes.

        Args:
            probes: The dependencies by name.
            timeout: Seconds after which a dependency counts as unavailable.
        """
        self._probes = probes
        self._timeout = timeout

    async def report(self) -> HealthReport:
        """Ask every dependency.

        Returns:
            What they answered.
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
        name: Name of the dependency.
        task: Its probe, which may still be running.

    Returns:
        One of the fixed words.
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
        task: A probe that is still running.
    """
    task.add_done_callback(lambda late: late.cancelled() or late.exception())
    task.cancel()

"""Tests of the health check."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from shop.exceptions import ExternalServiceError
from shop.services.health import HealthReport, HealthService
from shop.services.ports import HealthProbe

if TYPE_CHECKING:
    from pytest_mock import MockerFixture

pytestmark = pytest.mark.anyio


class StubbornProbe(HealthProbe):
    """A dependency whose driver holds on to a frozen server, even when cancelled."""

    def __init__(self) -> None:
        """Start frozen."""
        self.thawed = asyncio.Event()

    async def ping(self) -> None:
        """Wait for the server, then fail.

        Raises:
            ExternalServiceError: After the server has come back.
        """
        while not self.thawed.is_set():
            try:
                await self.thawed.wait()
            except asyncio.CancelledError:
                continue
        message = "too late"
        raise ExternalServiceError(message)


async def test_nothing_to_ask_is_healthy() -> None:
    """An application without dependencies is ready."""
    report = await HealthService({}, timeout=1).report()
    assert report == HealthReport({})
    assert report.is_healthy


async def test_failure_becomes_a_fixed_word(mocker: MockerFixture) -> None:
    """The caller learns which dependency failed, not why.

    Args:
        mocker: Makes the probes.
    """
    good = mocker.create_autospec(HealthProbe, instance=True)
    bad = mocker.create_autospec(HealthProbe, instance=True)
    bad.ping.side_effect = ExternalServiceError("no route to 10.0.0.7")
    report = await HealthService({"good": good, "bad": bad}, timeout=1).report()
    assert report.checks == {"good": "ok", "bad": "error: unavailable"}
    assert not report.is_healthy


async def test_frozen_dependency_does_not_hold_the_answer() -> None:
    """The answer does not wait for the driver, which ignores the cancellation."""
    probe = StubbornProbe()
    service = HealthService({"db": probe}, timeout=0.01)
    answer = asyncio.create_task(service.report())
    answered, _ = await asyncio.wait({answer}, timeout=10)
    probe.thawed.set()
    assert answer in answered
    assert answer.result().checks == {"db": "error: timeout"}
    await asyncio.sleep(0)


async def test_defect_is_not_hidden(mocker: MockerFixture) -> None:
    """An error that is no outage is raised.

    Args:
        mocker: Makes the probe.
    """
    probe = mocker.create_autospec(HealthProbe, instance=True)
    probe.ping.side_effect = KeyError("defect")
    with pytest.raises(KeyError):
        await HealthService({"db": probe}, timeout=1).report()

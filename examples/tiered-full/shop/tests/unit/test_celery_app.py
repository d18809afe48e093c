"""Tests of the queue."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from celery import signals

from shop.core.config import ENV_PREFIX, QueueSettings, load_settings
from shop.core.errors import ConfigurationError
from shop.core.logging import JsonFormatter
from shop.workers.celery_app import celery_app, read_options

if TYPE_CHECKING:
    from pytest_mock import MockerFixture


@pytest.mark.usefixtures("settings")
def test_options_come_from_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broker is the one of the environment, and an early end repeats a task.

    Args:
        monkeypatch: Changes the environment.
    """
    monkeypatch.setenv(f"{ENV_PREFIX}QUEUE_URL", "redis://broker:6379/1")
    options = read_options()
    assert options["broker_url"] == "redis://broker:6379/1"
    assert options["task_acks_late"]
    assert options["task_reject_on_worker_lost"]


@pytest.mark.usefixtures("settings")
def test_foreign_broker_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broker that the project has no driver for ends the start.

    Args:
        monkeypatch: Changes the environment.
    """
    monkeypatch.setenv(f"{ENV_PREFIX}QUEUE_URL", "amqp://guest@localhost")
    with pytest.raises(ConfigurationError, match="settings: queue_url "):
        load_settings(QueueSettings)


@pytest.mark.usefixtures("logging_state", "settings")
def test_worker_logs_as_the_service_does() -> None:
    """Records of tasks are JSON, too."""
    signals.setup_logging.send(sender=celery_app)
    (handler,) = logging.getLogger().handlers
    assert isinstance(handler.formatter, JsonFormatter)


@pytest.mark.usefixtures("settings")
def test_worker_reports_errors(
    mocker: MockerFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Errors of tasks are reported like those of the service.

    Args:
        mocker: Replaces the library.
        monkeypatch: Changes the environment.
    """
    init = mocker.patch("sentry_sdk.init")
    monkeypatch.setenv(f"{ENV_PREFIX}SENTRY_DSN", "https://key@sentry.example/1")
    signals.celeryd_init.send(sender="worker")
    init.assert_called_once()

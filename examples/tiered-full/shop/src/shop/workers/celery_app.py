"""The queue: ``celery --app shop.workers.celery_app worker`` works it off."""

from __future__ import annotations

from typing import Any, Final

from celery import Celery, signals

from shop.core.config import ErrorTrackingSettings, QueueSettings, load_settings
from shop.core.logging import configure_logging
from shop.monitoring.errors import start_error_tracking

TIMEOUT_SECONDS: Final = 2.0


def read_options() -> dict[str, Any]:
    """Choose the options of the queue; this happens when it is used first.

    Returns:
        Options with which a task is repeated when its worker dies, and with which
        nobody waits long for a broker that is not there.
    """
    settings = load_settings(QueueSettings)
    return {
        "broker_url": settings.queue_url.get_secret_value(),
        "broker_connection_retry_on_startup": True,
        "broker_transport_options": {
            "max_retries": 1,
            "socket_connect_timeout": TIMEOUT_SECONDS,
            "socket_timeout": TIMEOUT_SECONDS,
        },
        "include": [
            "shop.workers.orders",
        ],
        "task_acks_late": True,
        "task_ignore_result": True,
        "task_publish_retry": False,
        "task_reject_on_worker_lost": True,
        "timezone": "UTC",
    }


celery_app = Celery("shop")
celery_app.add_defaults(read_options)


@signals.setup_logging.connect
def log_as_the_service_does(**_: object) -> None:
    """Keep the queue from setting up logs of its own.

    Args:
        **_: What the signal tells.
    """
    settings = load_settings(QueueSettings)
    configure_logging(settings.log_level, settings.log_pseudonym_key.get_secret_value())


@signals.celeryd_init.connect
def report_errors(**_: object) -> None:
    """Report the errors of tasks where the service reports its own.

    Args:
        **_: What the signal tells.
    """
    start_error_tracking(load_settings(ErrorTrackingSettings))

"""Structured logging: one JSON document for each record, on standard error."""

from __future__ import annotations

import datetime as dt
import logging
import logging.config
import sys
from typing import TYPE_CHECKING, Final

import structlog

from shop.core.redaction import Redactor

if TYPE_CHECKING:
    from types import TracebackType

    from structlog.typing import EventDict, WrappedLogger

logger = logging.getLogger(__name__)

# Records of these loggers below WARNING are noise, or show the data of users.
NOISY_LOGGERS: Final = (
    "asyncio",
    "httpx",
    "httpcore",
    "aiosqlite",
    "psycopg",
    "sqlalchemy",
    "alembic.runtime.plugins",
    "celery.bootsteps",
    "celery.utils.functional",
    "kombu",
    "redis",
    "opentelemetry",
    "urllib3",
)
STANDARD_FIELDS: Final = frozenset(vars(logging.makeLogRecord({}))) | {
    "asctime",
    "color_message",
    "message",
}


class JsonFormatter(structlog.stdlib.ProcessorFormatter):
    """Hands a record through the processors of structlog; the last one writes JSON."""

    def __init__(self, redactor: Redactor) -> None:
        """Line the processors up.

        Args:
            redactor: Takes secrets and personal data out of the record.
        """
        super().__init__(
            foreign_pre_chain=[
                describe_record,
                structlog.contextvars.merge_contextvars,
            ],
            processors=[
                self.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.EventRenamer("message"),
                self.redact,
                structlog.processors.JSONRenderer(),
            ],
        )
        self._redactor = redactor

    def redact(self, _: WrappedLogger, __: str, event: EventDict) -> EventDict:
        """Redact every field.

        Args:
            _: The logger, which structlog hands to every processor.
            __: Name of the severity.
            event: The fields.

        Returns:
            Fields that are safe to log.
        """
        return {
            name: self._redactor.redact_field(name, value)
            for name, value in event.items()
        }


def describe_record(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Take over what the standard library knows about a record.

    Args:
        _: The logger, which structlog hands to every processor.
        __: Name of the severity.
        event: The fields so far; one of them is the record itself.

    Returns:
        The fields with moment, severity and origin, and those given as ``extra``.
    """
    record: logging.LogRecord = event["_record"]
    moment = dt.datetime.fromtimestamp(record.created, dt.UTC)
    extra = {
        name: value
        for name, value in vars(record).items()
        if name not in STANDARD_FIELDS
    }
    return {
        "timestamp": moment.isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        **event,
        **extra,
    }


def configure_logging(level: str, pseudonym_key: str = "") -> None:
    """Send every record of the process to standard error as JSON.

    Args:
        level: Lowest severity that is logged.
        pseudonym_key: Key of the pseudonyms for personal data; empty for none.
    """
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {"()": JsonFormatter, "redactor": Redactor(pseudonym_key)}
            },
            "handlers": {
                "stderr": {
                    "class": "logging.StreamHandler",
                    "formatter": "json",
                    "level": level,
                }
            },
            "loggers": {name: {"level": "WARNING"} for name in NOISY_LOGGERS},
            "root": {"level": level, "handlers": ["stderr"]},
        }
    )
    logging.captureWarnings(capture=True)
    sys.excepthook = log_uncaught


def log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Log the exception that ends the process.

    Args:
        kind: Its class.
        error: The exception.
        trace: Where it was raised.
    """
    logger.critical("Uncaught exception", exc_info=(kind, error, trace))

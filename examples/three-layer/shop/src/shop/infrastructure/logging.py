"""Structured logging: one JSON document for each record, on standard error."""

from __future__ import annotations

import datetime as dt
import json
import logging
import logging.config
import sys
from contextvars import ContextVar
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from shop.infrastructure.security import Redactor

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

logger = logging.getLogger(__name__)

# Records of these loggers below WARNING are noise, or show the data of users.
NOISY_LOGGERS: Final = (
    "asyncio",
    "aiosqlite",
    "sqlalchemy",
    "alembic.runtime.plugins",
)
STANDARD_FIELDS: Final = frozenset(vars(logging.makeLogRecord({}))) | {
    "asctime",
    "color_message",
    "message",
}

log_context: ContextVar[Mapping[str, str]] = ContextVar(
    "log_context", default=MappingProxyType({})
)


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of JSON.

    Example:
        ```python
        import json
        import logging
        import logging.config

        from shop.infrastructure.logging import JsonFormatter
        from shop.infrastructure.security import Redactor

        formatter = JsonFormatter(Redactor())
        record = logging.makeLogRecord({"levelname": "INFO", "msg": "Started"})
        json.loads(formatter.format(record))["message"]
        # 'Started'
        ```

        <!-- As a doctest:
        >>> formatter = JsonFormatter(Redactor())
        >>> record = logging.makeLogRecord({"levelname": "INFO", "msg": "Started"})
        >>> json.loads(formatter.format(record))["message"]
        'Started'

        -->
    """

    def __init__(self, redactor: Redactor) -> None:
        """Keep the redactor.

        Args:
            redactor (Redactor): Takes secrets and personal data out of the record.

        Example:
            ```python
            from shop.infrastructure.logging import JsonFormatter
            from shop.infrastructure.security import Redactor

            formatter = JsonFormatter(Redactor("a key"))
            ```

            <!-- As a doctest:
            >>> formatter = JsonFormatter(Redactor("a key"))

            -->
        """
        super().__init__()
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        """Write a record.

        Args:
            record (logging.LogRecord): The record; fields given as ``extra`` are
                written as well.

        Returns:
            str: One line of JSON.

        Example:
            ```python
            import json
            import logging
            import logging.config

            from shop.infrastructure.logging import JsonFormatter
            from shop.infrastructure.security import Redactor

            record = logging.makeLogRecord(
                {"msg": "Sent", "email": "ada@example.com"}
            )
            json.loads(JsonFormatter(Redactor()).format(record))["email"]
            # '***'
            ```

            <!-- As a doctest:
            >>> record = logging.makeLogRecord(
            ...     {"msg": "Sent", "email": "ada@example.com"}
            ... )
            >>> json.loads(JsonFormatter(Redactor()).format(record))["email"]
            '***'

            -->
        """
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC)
        document = {
            "timestamp": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self._redactor.redact_text(record.getMessage()),
            **log_context.get(),
        }
        fields = {
            name: self._redactor.redact_field(name, value)
            for name, value in vars(record).items()
            if name not in STANDARD_FIELDS
        }
        if record.exc_info:
            trace = self.formatException(record.exc_info)
            fields["exception"] = self._redactor.redact_text(trace)
        return json.dumps(document | fields)


def configure_logging(level: str, pseudonym_key: str = "") -> None:
    """Send every record of the process to standard error as JSON.

    Args:
        level (str): Lowest severity that is logged.
        pseudonym_key (str): Key of the pseudonyms for personal data; empty for none.

    Example:
        ```python
        import logging
        import logging.config

        from shop.infrastructure.logging import configure_logging

        configure_logging("WARNING")
        logging.getLogger().level == logging.WARNING
        # True
        ```

        <!-- As a doctest:
        >>> configure_logging("WARNING")
        >>> logging.getLogger().level == logging.WARNING
        True

        -->
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
        kind (type[BaseException]): Its class.
        error (BaseException): The exception.
        trace (TracebackType | None): Where it was raised.

    Example:
        ```python
        from shop.infrastructure.logging import log_uncaught

        error = ValueError("defect")
        log_uncaught(ValueError, error, error.__traceback__)
        ```

        <!-- As a doctest:
        >>> error = ValueError("defect")
        >>> log_uncaught(ValueError, error, error.__traceback__)

        -->
    """
    logger.critical("Uncaught exception", exc_info=(kind, error, trace))

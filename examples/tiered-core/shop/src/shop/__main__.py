"""Entry point: ``python -m shop`` starts the service."""

from __future__ import annotations

import logging
import sys
from typing import Final

import uvicorn

from shop.api.app import create_app
from shop.core.config import get_settings
from shop.core.errors import ConfigurationError
from shop.core.logging import configure_logging

logger = logging.getLogger(__name__)

EXIT_CONFIGURATION: Final = 2


def main() -> int:
    """Serve until a signal asks to stop.

    Returns:
        The exit code.
    """
    try:
        settings = get_settings()
    except ConfigurationError as error:
        configure_logging("ERROR")
        logger.critical("Service cannot start: %s", error)
        return EXIT_CONFIGURATION
    configure_logging(settings.log_level, settings.log_pseudonym_key.get_secret_value())
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=settings.shutdown_timeout_seconds,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

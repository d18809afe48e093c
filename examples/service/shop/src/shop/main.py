"""The application as a server loads it: ``uvicorn shop.main:app``.

Its routes, middleware and error handlers are put together in
``shop.api.app``.
"""

from __future__ import annotations

import logging

from shop.api.app import create_app
from shop.config.logging import configure_logging
from shop.config.settings import get_settings


def adopt_server_logs() -> None:
    """Take the handlers of uvicorn away, so that it logs as the application does."""
    server = logging.getLogger("uvicorn")
    server.handlers.clear()
    server.propagate = True
    # Every request is logged already, with its id.
    access = logging.getLogger("uvicorn.access")
    access.handlers.clear()
    access.propagate = False


# Before the settings are read, so that the log shows what is wrong with them.
configure_logging("INFO")
adopt_server_logs()
settings = get_settings()
configure_logging(settings.log_level, settings.log_pseudonym_key.get_secret_value())

app = create_app(settings)

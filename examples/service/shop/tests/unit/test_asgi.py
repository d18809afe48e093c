"""Tests of what a server loads."""

from __future__ import annotations

import importlib
import logging
import sys
from typing import TYPE_CHECKING

import pytest

from shop.config.settings import ENV_PREFIX, get_settings
from shop.domain.errors import ConfigurationError

if TYPE_CHECKING:
    from types import ModuleType

pytestmark = pytest.mark.usefixtures("logging_state", "settings")


def load() -> ModuleType:
    """Import the module anew, as a server that starts does.

    Returns:
        The module.
    """
    sys.modules.pop("shop.main", None)
    return importlib.import_module("shop.main")


def test_application_has_the_api() -> None:
    """The object is the whole application."""
    assert "/health" in load().app.openapi()["paths"]


def test_server_logs_like_the_application() -> None:
    """No handler of the server is left, and no second record of a request."""
    server, access = logging.getLogger("uvicorn"), logging.getLogger("uvicorn.access")
    server.addHandler(logging.NullHandler())
    load()
    assert server.handlers == []
    assert server.propagate
    assert not access.hasHandlers()


def test_bad_configuration_ends_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no application without valid settings.

    Args:
        monkeypatch: Breaks the configuration.
    """
    monkeypatch.setenv(f"{ENV_PREFIX}PORT", "hunter2")
    get_settings.cache_clear()
    with pytest.raises(ConfigurationError, match="settings: port "):
        load()

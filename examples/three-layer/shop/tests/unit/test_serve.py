"""Tests of the command that serves HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_mock import MockerFixture

    from shop.infrastructure.configuration import Settings


@pytest.mark.usefixtures("logging_state")
def test_server_is_started(
    run: Callable[..., tuple[int, str]], settings: Settings, mocker: MockerFixture
) -> None:
    """The server gets the settings and leaves logging alone.

    Args:
        run (Callable[..., tuple[int, str]]): Runs a command.
        settings (Settings): Valid settings.
        mocker (MockerFixture): Replaces the server.
    """
    server = mocker.patch("uvicorn.run")
    assert run("serve") == (0, "")
    assert server.call_args.args[0].state.settings == settings
    assert server.call_args.kwargs["port"] == settings.port
    assert server.call_args.kwargs["log_config"] is None

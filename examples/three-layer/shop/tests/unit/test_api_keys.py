"""Tests of the keys of programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from shop.infrastructure.configuration import ENV_PREFIX, Settings
from shop.infrastructure.security import digest_of, find_holder, make_api_key

if TYPE_CHECKING:
    from collections.abc import Callable


def test_keys_differ() -> None:
    """No two holders get one key."""
    assert make_api_key() != make_api_key()


def test_holder_is_found_by_the_key_only() -> None:
    """Neither another key nor a digest opens anything."""
    keys = {"front": make_api_key(), "report": make_api_key()}
    digests = {name: digest_of(key) for name, key in keys.items()}
    for name, key in keys.items():
        assert find_holder(key, digests) == name
        assert find_holder(digests[name], digests) is None
    assert find_holder("", digests) is None


@pytest.mark.usefixtures("logging_state")
def test_command_makes_what_the_settings_take(
    run: Callable[..., tuple[int, str]],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The entry can be copied into the environment; the key is not part of it.

    Args:
        run (Callable[..., tuple[int, str]]): Runs a command.
        settings (Settings): Valid settings.
        monkeypatch (pytest.MonkeyPatch): Changes the environment.
    """
    assert settings.api_keys == {}
    code, text = run("api-key", "create", "front", "--role", "agent")
    assert code == 0
    header, variable = text.splitlines()
    api_key = header.removeprefix("X-Api-Key: ")
    name, _, value = variable.partition("=")
    assert name == f"{ENV_PREFIX}API_KEYS"
    assert api_key not in value
    assert json.loads(value)["front"]["role"] == "agent"
    monkeypatch.setenv(name, value)
    digests = {name: holder.sha256 for name, holder in Settings().api_keys.items()}
    assert find_holder(api_key, digests) == "front"

"""Tests of the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shop.domain.errors import ConfigurationError
from shop.infrastructure.configuration import (
    ENV_PREFIX,
    Environment,
    Settings,
    get_settings,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("environment", "level"),
    [
        (Environment.LOCAL, "DEBUG"),
        (Environment.STAGING, "INFO"),
        (Environment.PRODUCTION, "WARNING"),
    ],
)
@pytest.mark.usefixtures("settings")
def test_environment_sets_the_log_level(environment: Environment, level: str) -> None:
    """Each environment has a log level of its own.

    Args:
        environment (Environment): Where the application runs.
        level (str): The level expected there.
    """
    assert Settings(environment=environment).log_level == level


def test_variable_outranks_the_default(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable of the environment wins over the derived level.

    Args:
        settings (Settings): Valid settings.
        monkeypatch (pytest.MonkeyPatch): Changes the environment.
    """
    monkeypatch.setenv(f"{ENV_PREFIX}LOG_LEVEL", "ERROR")
    assert settings.log_level == "DEBUG"
    assert Settings().log_level == "ERROR"


@pytest.mark.usefixtures("settings")
def test_refusal_names_settings_but_no_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator learns which setting is wrong; its value stays private.

    Args:
        monkeypatch (pytest.MonkeyPatch): Changes the environment.
    """
    monkeypatch.setenv(f"{ENV_PREFIX}ENVIRONMENT", "hunter2")
    get_settings.cache_clear()
    with pytest.raises(ConfigurationError, match="settings: environment ") as caught:
        get_settings()
    assert "hunter2" not in str(caught.value)


def test_dotenv_file_is_read(settings: Settings, tmp_path: Path) -> None:
    """A ``.env`` file in the working directory counts.

    Args:
        settings (Settings): Valid settings.
        tmp_path (Path): The working directory.
    """
    line = f"{ENV_PREFIX}ENVIRONMENT=staging\n"
    (tmp_path / ".env").write_text(line, "utf-8")
    assert settings.environment is Environment.LOCAL
    assert Settings().environment is Environment.STAGING

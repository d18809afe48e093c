"""Tests of the configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shop.core.config import ENV_PREFIX, Environment, Settings, get_settings
from shop.core.errors import ConfigurationError

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
        environment: Where the application runs.
        level: The level expected there.
    """
    assert Settings(environment=environment).log_level == level


def test_variable_outranks_the_default(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable of the environment wins over the derived level.

    Args:
        settings: Valid settings.
        monkeypatch: Changes the environment.
    """
    monkeypatch.setenv(f"{ENV_PREFIX}LOG_LEVEL", "ERROR")
    assert settings.log_level == "DEBUG"
    assert Settings().log_level == "ERROR"


@pytest.mark.usefixtures("settings")
def test_refusal_names_settings_but_no_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator learns which setting is wrong; its value stays private.

    Args:
        monkeypatch: Changes the environment.
    """
    monkeypatch.setenv(f"{ENV_PREFIX}ENVIRONMENT", "hunter2")
    get_settings.cache_clear()
    with pytest.raises(ConfigurationError, match="settings: environment ") as caught:
        get_settings()
    assert "hunter2" not in str(caught.value)


def test_dotenv_file_is_read(settings: Settings, tmp_path: Path) -> None:
    """A ``.env`` file in the working directory counts.

    Args:
        settings: Valid settings.
        tmp_path: The working directory.
    """
    line = f"{ENV_PREFIX}ENVIRONMENT=staging\n"
    (tmp_path / ".env").write_text(line, "utf-8")
    assert settings.environment is Environment.LOCAL
    assert Settings().environment is Environment.STAGING

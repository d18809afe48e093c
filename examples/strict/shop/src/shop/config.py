"""Configuration read from the environment and from ``.env``."""

import functools
from enum import StrEnum
from typing import Annotated, Any, Final

import pydantic
from pydantic_settings import BaseSettings, SettingsConfigDict

from shop.exceptions import ConfigurationError

ENV_PREFIX: Final = "SHOP_"

PositiveInt = Annotated[int, pydantic.Field(gt=0)]


class Environment(StrEnum):
    """Where the application runs."""

    LOCAL = "local"
    STAGING = "staging"
    PRODUCTION = "production"


class LogLevel(StrEnum):
    """Lowest severity that is logged."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


DEFAULT_LOG_LEVELS: Final = {
    Environment.LOCAL: LogLevel.DEBUG,
    Environment.STAGING: LogLevel.INFO,
    Environment.PRODUCTION: LogLevel.WARNING,
}


def default_log_level(validated: dict[str, Any]) -> LogLevel:
    """Choose the log level that fits the environment.

    Args:
        validated: Fields that stand above the level and are already valid.

    Returns:
        The level.
    """
    return DEFAULT_LOG_LEVELS[validated["environment"]]


class Settings(BaseSettings):
    """Everything the application can be told.

    Attributes:
        environment: Where the application runs.
        log_level: Lowest severity that is logged; the environment sets the default.
        log_pseudonym_key: Key of the pseudonyms that stand for personal data in the
            logs; without it the data is masked entirely.
        health_timeout_seconds: Time that a dependency has to answer the health check.
        host: Address that the server listens on.
        port: Port that the server listens on.
        shutdown_timeout_seconds: Time that running requests have to end at a shutdown.
    """

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    environment: Environment = Environment.LOCAL
    log_level: LogLevel = pydantic.Field(default_factory=default_log_level)
    log_pseudonym_key: pydantic.SecretStr = pydantic.SecretStr("")
    health_timeout_seconds: Annotated[float, pydantic.Field(gt=0, lt=3)] = 2.0
    host: str = "127.0.0.1"
    port: Annotated[int, pydantic.Field(gt=0, lt=65536)] = 8000
    shutdown_timeout_seconds: PositiveInt = 10


def describe(error: pydantic.ValidationError) -> str:
    """Name the settings that were refused, never their values.

    Args:
        error: What the validation found.

    Returns:
        One sentence for the operator.
    """
    names = ", ".join(
        str(item["loc"][0])
        for item in error.errors(include_input=False, include_url=False)
        if item["type"] != "default_factory_not_called"
    )
    return f"Missing or invalid settings: {names} (variables start with {ENV_PREFIX})"


@functools.cache
def get_settings() -> Settings:
    """Read the settings of the application, once for each process.

    Raises:
        ConfigurationError: If a setting is missing or invalid.

    Returns:
        The validated settings.
    """
    try:
        return Settings()
    except pydantic.ValidationError as error:
        raise ConfigurationError(describe(error)) from None

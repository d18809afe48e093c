"""Configuration read from the environment and from ``.env``."""

import functools
import re
from enum import StrEnum
from typing import Annotated, Any, Final

import pydantic
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from shop.domain.errors import ConfigurationError

ENV_PREFIX: Final = "SHOP_"

PositiveInt = Annotated[int, pydantic.Field(gt=0)]
PositiveFloat = Annotated[float, pydantic.Field(gt=0)]


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


class CommonSettings(BaseSettings):
    """What every process of the project needs, be it a server or a migration.

    Attributes:
        environment: Where the application runs.
        log_level: Lowest severity that is logged; the environment sets the default.
        log_pseudonym_key: Key of the pseudonyms that stand for personal data in the
            logs; without it the data is masked entirely.
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


Origin = Annotated[str, pydantic.Field(pattern=r"^https?://[^/*\s]+$")]


def split_origins(given: str | tuple[str, ...]) -> tuple[str, ...]:
    """Read a list as a variable of the environment holds it.

    Args:
        given: Origins with commas between them, or the default.

    Returns:
        The origins.
    """
    if isinstance(given, str):
        return tuple(origin.strip() for origin in given.split(","))
    return given


class CorsSettings(CommonSettings):
    """Which pages may call the service.

    Attributes:
        cors_origins: Their origins; credentials are never sent along.
    """

    cors_origins: Annotated[
        tuple[Origin, ...], NoDecode, pydantic.BeforeValidator(split_origins)
    ] = ()


# SQLite is for tests, never in memory: each connection would have its own data.
DATABASE_URL_PATTERN: Final = re.compile(
    r"postgresql\+psycopg://.+|sqlite\+aiosqlite:///(?!:memory:).+"
)


def demand_async_driver(url: pydantic.SecretStr) -> pydantic.SecretStr:
    """Refuse a URL that the application cannot work with.

    Args:
        url: URL of the database.

    Raises:
        ValueError: If the URL names another database or driver.

    Returns:
        The URL.
    """
    if not DATABASE_URL_PATTERN.fullmatch(url.get_secret_value()):
        message = "unsupported database or driver"
        raise ValueError(message)
    return url


class DatabaseSettings(CommonSettings):
    """How to reach the database; all that a migration needs.

    Attributes:
        database_url: URL with driver, user and password.
        database_pool_size: Connections that are kept open.
        database_max_overflow: Further connections under load.
        database_timeout_seconds: Time to wait for a connection.
    """

    database_url: Annotated[
        pydantic.SecretStr, pydantic.AfterValidator(demand_async_driver)
    ]
    database_pool_size: PositiveInt = 5
    database_max_overflow: Annotated[int, pydantic.Field(ge=0)] = 10
    database_timeout_seconds: PositiveInt = 5


class Settings(CorsSettings, DatabaseSettings):
    """Everything the application can be told.

    Attributes:
        health_timeout_seconds: Time that a dependency has to answer the health check.
        host: Address that the server listens on.
        port: Port that the server listens on.
        shutdown_timeout_seconds: Time that running requests have to end at a shutdown.
        request_timeout_seconds: Time within which a request is answered.
        rate_limit_requests: Requests that a tenant may make at once.
        rate_limit_seconds: Time after which it may make as many again.
        job_products_limit: How many products a job may have.
    """

    health_timeout_seconds: Annotated[float, pydantic.Field(gt=0, lt=3)] = 2.0
    host: str = "127.0.0.1"
    port: Annotated[int, pydantic.Field(gt=0, lt=65536)] = 8000
    shutdown_timeout_seconds: PositiveInt = 10
    request_timeout_seconds: PositiveFloat = 10
    rate_limit_requests: PositiveInt = 120
    rate_limit_seconds: PositiveFloat = 60
    job_products_limit: PositiveInt = 1000


def load_settings[T: CommonSettings](kind: type[T]) -> T:
    """Read settings from the environment.

    Args:
        kind: The settings to read; a process asks only for those it needs.

    Raises:
        ConfigurationError: If a setting is missing or invalid.

    Returns:
        The validated settings.
    """
    try:
        return kind()
    except pydantic.ValidationError as error:
        raise ConfigurationError(describe(error)) from None


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
    return load_settings(Settings)

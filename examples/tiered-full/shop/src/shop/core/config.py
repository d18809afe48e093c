"""Configuration read from the environment and from ``.env``."""

import functools
import re
import secrets
from enum import StrEnum
from typing import Annotated, Any, Final

import pydantic
from pydantic_settings import BaseSettings, SettingsConfigDict

from shop.core.errors import ConfigurationError

ENV_PREFIX: Final = ""

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


REDIS_SCHEMES: Final = ("redis://", "rediss://")


def demand_redis(url: pydantic.SecretStr) -> pydantic.SecretStr:
    """Refuse a URL that does not lead to Redis.

    Args:
        url: The URL.

    Raises:
        ValueError: If the URL has another scheme.

    Returns:
        The URL.
    """
    if not url.get_secret_value().startswith(REDIS_SCHEMES):
        message = "unsupported scheme"
        raise ValueError(message)
    return url


class ErrorTrackingSettings(CommonSettings):
    """Where errors are reported.

    Attributes:
        sentry_dsn: Address at Sentry; empty for nowhere.
    """

    sentry_dsn: pydantic.SecretStr = pydantic.SecretStr("")


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


class ReplicaSettings(CommonSettings):
    """How to reach a copy of the database.

    Attributes:
        database_read_url: URL of the copy; without it lists come from the database.
    """

    database_read_url: (
        Annotated[pydantic.SecretStr, pydantic.AfterValidator(demand_async_driver)]
        | None
    ) = None


class QueueSettings(CommonSettings):
    """How to reach the queue; all that putting a task into it needs.

    Attributes:
        queue_url: URL of Redis, with a password where one is needed.
    """

    queue_url: Annotated[pydantic.SecretStr, pydantic.AfterValidator(demand_redis)] = (
        pydantic.SecretStr("redis://localhost:6379/2")
    )


KEY_MIN_LENGTH: Final = 32


def demand_key(
    key: pydantic.SecretStr, info: pydantic.ValidationInfo
) -> pydantic.SecretStr:
    """Refuse a key that could be guessed.

    Args:
        key: The key.
        info: Knows the environment.

    Raises:
        ValueError: If the key is too short, or missing anywhere but locally.

    Returns:
        The key; locally a new one if there is none.
    """
    given = key.get_secret_value()
    if not given and info.data.get("environment") is Environment.LOCAL:
        return pydantic.SecretStr(secrets.token_urlsafe(KEY_MIN_LENGTH))
    if len(given) < KEY_MIN_LENGTH:
        message = "too short"
        raise ValueError(message)
    return key


class SecuritySettings(CommonSettings):
    """How users are signed in.

    Attributes:
        secret_key: Signs the tokens; locally a new one is made when it is missing.
        access_token_minutes: Time until an access token expires.
        refresh_token_days: Time until a refresh token expires.
    """

    secret_key: Annotated[
        pydantic.SecretStr,
        pydantic.Field(validate_default=True),
        pydantic.AfterValidator(demand_key),
    ] = pydantic.SecretStr("")
    access_token_minutes: PositiveInt = 15
    refresh_token_days: PositiveInt = 14


class Settings(
    ErrorTrackingSettings,
    DatabaseSettings,
    ReplicaSettings,
    QueueSettings,
    SecuritySettings,
):
    """Everything the application can be told.

    Attributes:
        health_timeout_seconds: Time that a dependency has to answer the health check.
        host: Address that the server listens on.
        port: Port that the server listens on.
        shutdown_timeout_seconds: Time that running requests have to end at a shutdown.
        external_api_url: Address of the service that delivers orders.
        external_api_key: Key for that service; empty for none.
        external_api_timeout_seconds: Time that a call may take.
        rate_limit_requests: Requests that a client may make at once.
        rate_limit_seconds: Time after which it may make as many again.
        otlp_endpoint: Address of the collector of traces; empty for none.
        payment_key: Key for the payment provider.
        payment_url: Address of the payment provider; without one payments are
            simulated, but only locally.
    """

    health_timeout_seconds: Annotated[float, pydantic.Field(gt=0, lt=3)] = 2.0
    host: str = "127.0.0.1"
    port: Annotated[int, pydantic.Field(gt=0, lt=65536)] = 8000
    shutdown_timeout_seconds: PositiveInt = 10
    external_api_url: pydantic.HttpUrl = pydantic.HttpUrl("http://127.0.0.1:9000")
    external_api_key: pydantic.SecretStr = pydantic.SecretStr("")
    external_api_timeout_seconds: PositiveFloat = 3.0
    rate_limit_requests: PositiveInt = 120
    rate_limit_seconds: PositiveFloat = 60
    otlp_endpoint: str = ""
    payment_key: pydantic.SecretStr = pydantic.SecretStr("")
    payment_url: pydantic.HttpUrl | None = None


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
    return f"Missing or invalid settings: {names} (variables are in upper case)"


@functools.cache
def get_settings() -> Settings:
    """Read the settings of the application, once for each process.

    Raises:
        ConfigurationError: If a setting is missing or invalid.

    Returns:
        The validated settings.
    """
    return load_settings(Settings)

"""Configuration read from the environment and from ``.env``."""

from __future__ import annotations

import functools
import re
from enum import StrEnum
from typing import Annotated, Any, Final

import pydantic
from pydantic_settings import BaseSettings, SettingsConfigDict

from shop.domain.errors import ConfigurationError
from shop.domain.value_objects import ACTOR_NAME_MAX_LENGTH, Role

ENV_PREFIX: Final = "SHOP_"

PositiveInt = Annotated[int, pydantic.Field(gt=0)]
PositiveFloat = Annotated[float, pydantic.Field(gt=0)]


class Environment(StrEnum):
    """Where the application runs.

    Example:
        ```python
        from shop.infrastructure.configuration import Environment

        Environment("staging")
        # <Environment.STAGING: 'staging'>
        ```

        <!-- As a doctest:
        >>> Environment("staging")
        <Environment.STAGING: 'staging'>

        -->
    """

    LOCAL = "local"
    STAGING = "staging"
    PRODUCTION = "production"


class LogLevel(StrEnum):
    """Lowest severity that is logged.

    Example:
        ```python
        from shop.infrastructure.configuration import LogLevel

        LogLevel("INFO")
        # <LogLevel.INFO: 'INFO'>
        ```

        <!-- As a doctest:
        >>> LogLevel("INFO")
        <LogLevel.INFO: 'INFO'>

        -->
    """

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
        validated (dict[str, Any]): Fields that stand above the level and are already
            valid.

    Returns:
        LogLevel: The level.

    Example:
        ```python
        from shop.infrastructure.configuration import Environment, default_log_level

        default_log_level({"environment": Environment.PRODUCTION})
        # <LogLevel.WARNING: 'WARNING'>
        ```

        <!-- As a doctest:
        >>> default_log_level({"environment": Environment.PRODUCTION})
        <LogLevel.WARNING: 'WARNING'>

        -->
    """
    return DEFAULT_LOG_LEVELS[validated["environment"]]


class CommonSettings(BaseSettings):
    """What every process of the project needs, be it a server or a migration.

    Attributes:
        environment: Where the application runs.
        log_level: Lowest severity that is logged; the environment sets the default.
        log_pseudonym_key: Key of the pseudonyms that stand for personal data in the
            logs; without it the data is masked entirely.

    Example:
        ```python
        from shop.infrastructure.configuration import CommonSettings

        CommonSettings(environment="staging", log_level="ERROR").log_level
        # <LogLevel.ERROR: 'ERROR'>
        ```

        <!-- As a doctest:
        >>> CommonSettings(environment="staging", log_level="ERROR").log_level
        <LogLevel.ERROR: 'ERROR'>

        -->
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


# Never in memory: each connection would have its own data.
DATABASE_URL_PATTERN: Final = re.compile(r"sqlite\+aiosqlite:///(?!:memory:).+")


def demand_async_driver(url: pydantic.SecretStr) -> pydantic.SecretStr:
    """Refuse a URL that the application cannot work with.

    Args:
        url (pydantic.SecretStr): URL of the database.

    Raises:
        ValueError: If the URL names another database or driver.

    Returns:
        pydantic.SecretStr: The URL.

    Example:
        ```python
        import pydantic

        from shop.infrastructure.configuration import demand_async_driver

        url = pydantic.SecretStr("sqlite+aiosqlite:///shop.sqlite3")
        demand_async_driver(url)
        # SecretStr('**********')
        ```

        <!-- As a doctest:
        >>> url = pydantic.SecretStr("sqlite+aiosqlite:///shop.sqlite3")
        >>> demand_async_driver(url)
        SecretStr('**********')

        -->
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
        database_timeout_seconds: Time to wait for a connection or a lock.

    Example:
        ```python
        from shop.infrastructure.configuration import DatabaseSettings

        settings = DatabaseSettings(
            database_url="sqlite+aiosqlite:///shop.sqlite3", database_pool_size=3
        )
        settings.database_pool_size
        # 3
        ```

        <!-- As a doctest:
        >>> settings = DatabaseSettings(
        ...     database_url="sqlite+aiosqlite:///shop.sqlite3", database_pool_size=3
        ... )
        >>> settings.database_pool_size
        3

        -->
    """

    database_url: Annotated[
        pydantic.SecretStr, pydantic.AfterValidator(demand_async_driver)
    ]
    database_pool_size: PositiveInt = 5
    database_max_overflow: Annotated[int, pydantic.Field(ge=0)] = 10
    database_timeout_seconds: PositiveInt = 5


class ApiKeyHolder(pydantic.BaseModel):
    """A program that may make requests.

    Attributes:
        sha256: Digest of its key.
        role: What it is trusted with.

    Example:
        ```python
        from shop.domain.value_objects import Role
        from shop.infrastructure.configuration import ApiKeyHolder

        ApiKeyHolder(sha256="0" * 64, role=Role.AGENT).role.value
        # 'agent'
        ```

        <!-- As a doctest:
        >>> ApiKeyHolder(sha256="0" * 64, role=Role.AGENT).role.value
        'agent'

        -->
    """

    model_config = pydantic.ConfigDict(frozen=True)

    sha256: Annotated[str, pydantic.Field(pattern="^[0-9a-f]{64}$")]
    role: Role


class Settings(DatabaseSettings):
    """Everything the application can be told.

    Attributes:
        health_timeout_seconds: Time that a dependency has to answer the health check.
        http_timeout_seconds: Time that another service has to answer a request.
        otlp_endpoint: Address of a collector for metrics and traces; empty for none.
        operator_name: What the audit log calls those who work at the command line.
        operator_role: What they are trusted with.
        email_verification_url: Service that knows whether mail can be delivered; empty
            for none.
        customer_cache_size: Copies of customers that are kept at most.
        customer_cache_seconds: Time for which a copy may be used.
        host: Address that the server listens on.
        port: Port that the server listens on.
        shutdown_timeout_seconds: Time that running requests have to end at a shutdown.
        api_keys: Programs that may make requests, by name.
        rate_limit_requests: Requests that a caller may make at once.
        rate_limit_seconds: Time after which it may make as many again.

    Example:
        ```python
        from shop.infrastructure.configuration import Settings

        settings = Settings(
            environment="staging",
            log_level="ERROR",
            database_url="sqlite+aiosqlite:///shop.sqlite3",
        )
        settings.log_level
        # <LogLevel.ERROR: 'ERROR'>
        ```

        <!-- As a doctest:
        >>> settings = Settings(
        ...     environment="staging",
        ...     log_level="ERROR",
        ...     database_url="sqlite+aiosqlite:///shop.sqlite3",
        ... )
        >>> settings.log_level
        <LogLevel.ERROR: 'ERROR'>

        -->
    """

    health_timeout_seconds: Annotated[float, pydantic.Field(gt=0, lt=3)] = 2.0
    http_timeout_seconds: PositiveFloat = 5.0
    otlp_endpoint: str = ""
    operator_name: Annotated[
        str, pydantic.Field(min_length=1, max_length=ACTOR_NAME_MAX_LENGTH)
    ] = "operator"
    operator_role: Role = Role.MANAGER
    email_verification_url: str = ""
    customer_cache_size: PositiveInt = 1000
    customer_cache_seconds: PositiveFloat = 30.0
    host: str = "127.0.0.1"
    port: Annotated[int, pydantic.Field(gt=0, lt=65536)] = 8000
    shutdown_timeout_seconds: PositiveInt = 10
    api_keys: dict[
        Annotated[str, pydantic.Field(min_length=1, max_length=ACTOR_NAME_MAX_LENGTH)],
        ApiKeyHolder,
    ] = {}
    rate_limit_requests: PositiveInt = 120
    rate_limit_seconds: PositiveFloat = 60


def load_settings[T: CommonSettings](kind: type[T]) -> T:
    """Read settings from the environment.

    Args:
        kind (type[T]): The settings to read; a process asks only for those it needs.

    Raises:
        ConfigurationError: If a setting is missing or invalid.

    Returns:
        T: The validated settings.

    Example:
        ```python
        import os
        from unittest import mock

        from shop.infrastructure.configuration import (
            ENV_PREFIX,
            CommonSettings,
            load_settings,
        )

        with mock.patch.dict(os.environ, {f"{ENV_PREFIX}LOG_LEVEL": "ERROR"}):
            settings = load_settings(CommonSettings)
        settings.log_level
        # <LogLevel.ERROR: 'ERROR'>
        ```

        <!-- As a doctest:
        >>> import os
        >>> from unittest import mock
        >>> with mock.patch.dict(os.environ, {f"{ENV_PREFIX}LOG_LEVEL": "ERROR"}):
        ...     settings = load_settings(CommonSettings)
        >>> settings.log_level
        <LogLevel.ERROR: 'ERROR'>

        -->
    """
    try:
        return kind()
    except pydantic.ValidationError as error:
        raise ConfigurationError(describe(error)) from None


def describe(error: pydantic.ValidationError) -> str:
    """Name the settings that were refused, never their values.

    Args:
        error (pydantic.ValidationError): What the validation found.

    Returns:
        str: One sentence for the operator.

    Example:
        ```python
        import pydantic

        from shop.infrastructure.configuration import CommonSettings, describe

        try:
            CommonSettings(log_level="LOUD")
        except pydantic.ValidationError as error:
            print(describe(error))
        # Missing or invalid settings: log_level (variables start with SHOP_)
        ```

        <!-- As a doctest:
        >>> try:
        ...     CommonSettings(log_level="LOUD")
        ... except pydantic.ValidationError as error:
        ...     print(describe(error))
        Missing or invalid settings: log_level (variables start with SHOP_)

        -->
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
        Settings: The validated settings.

    Example:
        ```python
        import os
        from unittest import mock

        from shop.infrastructure.configuration import ENV_PREFIX, get_settings

        get_settings.cache_clear()
        variables = {
            f"{ENV_PREFIX}LOG_LEVEL": "ERROR",
            f"{ENV_PREFIX}DATABASE_URL": "sqlite+aiosqlite:///shop.sqlite3",
        }
        with mock.patch.dict(os.environ, variables):
            settings = get_settings()
        get_settings.cache_clear()
        settings.log_level
        # <LogLevel.ERROR: 'ERROR'>
        ```

        <!-- As a doctest:
        >>> import os
        >>> from unittest import mock
        >>> get_settings.cache_clear()
        >>> variables = {
        ...     f"{ENV_PREFIX}LOG_LEVEL": "ERROR",
        ...     f"{ENV_PREFIX}DATABASE_URL": "sqlite+aiosqlite:///shop.sqlite3",
        ... }
        >>> with mock.patch.dict(os.environ, variables):
        ...     settings = get_settings()
        >>> get_settings.cache_clear()
        >>> settings.log_level
        <LogLevel.ERROR: 'ERROR'>

        -->
    """
    return load_settings(Settings)

"""What all commands need."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Final

import typer

from shop.bootstrap import customer_import, open_customers, open_resources
from shop.domain.errors import ValidationError
from shop.domain.value_objects import Actor
from shop.infrastructure.configuration import get_settings
from shop.infrastructure.logging import configure_logging, log_context
from shop.infrastructure.monitoring import configure_telemetry

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from shop.bootstrap import CustomerUseCases
    from shop.infrastructure.configuration import Settings
    from shop.services.orchestration.customer_import import ImportReport

CORRELATION_ID: Final = re.compile(r"[\w.-]{1,64}", re.ASCII)


def start() -> Settings:
    """Read the settings, and log as they say.

    Raises:
        ConfigurationError: If a setting is missing or invalid.

    Returns:
        Settings: The settings.

    Example:
        ```python
        import os
        from unittest import mock

        from shop.cli.utils import start
        from shop.infrastructure.configuration import get_settings

        variables = {
            "SHOP_ENVIRONMENT": "staging",
            "SHOP_DATABASE_URL": "sqlite+aiosqlite:///shop.sqlite3",
        }
        get_settings.cache_clear()
        with mock.patch.dict(os.environ, variables):
            settings = start()
        get_settings.cache_clear()
        settings.environment.value
        # 'staging'
        ```

        <!-- As a doctest:
        >>> import os
        >>> from unittest import mock
        >>> variables = {
        ...     "SHOP_ENVIRONMENT": "staging",
        ...     "SHOP_DATABASE_URL": "sqlite+aiosqlite:///shop.sqlite3",
        ... }
        >>> get_settings.cache_clear()
        >>> with mock.patch.dict(os.environ, variables):
        ...     settings = start()
        >>> get_settings.cache_clear()
        >>> settings.environment.value
        'staging'

        -->
    """
    settings = get_settings()
    configure_logging(settings.log_level, settings.log_pseudonym_key.get_secret_value())
    configure_telemetry(settings.otlp_endpoint)
    return settings


def bind_correlation_id(correlation_id: str) -> None:
    """Put an id into all log records from now on.

    Args:
        correlation_id (str): The id.

    Raises:
        BadParameter: If it is no short word: nobody is to write a text into the log.

    Example:
        ```python
        from shop.cli.utils import bind_correlation_id
        from shop.infrastructure.logging import log_context

        bind_correlation_id("order-7")
        log_context.get()["correlation_id"]
        # 'order-7'
        ```

        <!-- As a doctest:
        >>> bind_correlation_id("order-7")
        >>> log_context.get()["correlation_id"]
        'order-7'

        -->
    """
    if not CORRELATION_ID.fullmatch(correlation_id):
        message = "an id has at most 64 letters, digits, dots, dashes and underscores"
        raise typer.BadParameter(message)
    log_context.set({"correlation_id": correlation_id})


def use_customers[T](work: Callable[[CustomerUseCases], Awaitable[T]]) -> T:
    """Run a use case around customers.

    Args:
        work (Callable[[CustomerUseCases], Awaitable[T]]): Gets the use cases.

    Returns:
        T: What the use case gives.

    Example:
        ```python
        import os
        from unittest import mock

        from shop.bootstrap import CustomerUseCases
        from shop.cli.utils import use_customers
        from shop.infrastructure.configuration import get_settings


        async def look(use_cases: CustomerUseCases) -> str:
            return type(use_cases.queries).__name__


        variables = {"SHOP_DATABASE_URL": "sqlite+aiosqlite:///shop.sqlite3"}
        get_settings.cache_clear()
        with mock.patch.dict(os.environ, variables):
            answer = use_customers(look)
        get_settings.cache_clear()
        answer
        # 'CustomerQueries'
        ```

        <!-- As a doctest:
        >>> import os
        >>> from unittest import mock
        >>> from shop.bootstrap import CustomerUseCases
        >>> from shop.infrastructure.configuration import get_settings
        >>> async def look(use_cases: CustomerUseCases) -> str:
        ...     return type(use_cases.queries).__name__
        >>> variables = {"SHOP_DATABASE_URL": "sqlite+aiosqlite:///shop.sqlite3"}
        >>> get_settings.cache_clear()
        >>> with mock.patch.dict(os.environ, variables):
        ...     answer = use_customers(look)
        >>> get_settings.cache_clear()
        >>> answer
        'CustomerQueries'

        -->
    """
    return asyncio.run(run_use_case(start(), work))


async def run_use_case[T](
    settings: Settings, work: Callable[[CustomerUseCases], Awaitable[T]]
) -> T:
    """Open what a use case needs, in a transaction of its own.

    Args:
        settings (Settings): Settings of the application.
        work (Callable[[CustomerUseCases], Awaitable[T]]): Gets the use cases.

    Returns:
        T: What the use case gives.

    Example:
        ```python
        import asyncio

        from shop.bootstrap import CustomerUseCases
        from shop.cli.utils import run_use_case
        from shop.domain.errors import ForbiddenError
        from shop.domain.value_objects import Role
        from shop.infrastructure.configuration import Settings


        async def create(use_cases: CustomerUseCases) -> None:
            await use_cases.service.create_customer("Ada", "ada@example.com")


        settings = Settings(
            database_url="sqlite+aiosqlite:///shop.sqlite3",
            operator_role=Role.VIEWER,
        )
        try:
            asyncio.run(run_use_case(settings, create))
        except ForbiddenError as error:
            print(error)
        # To create customers takes the role agent, not viewer
        ```

        <!-- As a doctest:
        >>> from shop.bootstrap import CustomerUseCases
        >>> from shop.domain.errors import ForbiddenError
        >>> from shop.domain.value_objects import Role
        >>> from shop.infrastructure.configuration import Settings
        >>> async def create(use_cases: CustomerUseCases) -> None:
        ...     await use_cases.service.create_customer("Ada", "ada@example.com")
        >>> settings = Settings(
        ...     database_url="sqlite+aiosqlite:///shop.sqlite3",
        ...     operator_role=Role.VIEWER,
        ... )
        >>> try:
        ...     asyncio.run(run_use_case(settings, create))
        ... except ForbiddenError as error:
        ...     print(error)
        To create customers takes the role agent, not viewer

        -->
    """
    async with (
        open_resources(settings) as resources,
        open_customers(resources, operator(settings)) as use_cases,
    ):
        return await work(use_cases)


def import_customers(path: Path) -> ImportReport:
    """Import the customers of a file.

    Args:
        path (Path): The file.

    Returns:
        ImportReport: What has become of each of them.

    Example:
        ```python
        import os
        from pathlib import Path
        from unittest import mock

        from shop.cli.utils import import_customers
        from shop.domain.errors import ValidationError
        from shop.infrastructure.configuration import get_settings

        variables = {"SHOP_DATABASE_URL": "sqlite+aiosqlite:///shop.sqlite3"}
        get_settings.cache_clear()
        with mock.patch.dict(os.environ, variables):
            try:
                import_customers(Path("none.csv"))
            except ValidationError as error:
                message = str(error)
        get_settings.cache_clear()
        message
        # 'none.csv cannot be read'
        ```

        <!-- As a doctest:
        >>> import os
        >>> from pathlib import Path
        >>> from unittest import mock
        >>> from shop.infrastructure.configuration import get_settings
        >>> variables = {"SHOP_DATABASE_URL": "sqlite+aiosqlite:///shop.sqlite3"}
        >>> get_settings.cache_clear()
        >>> with mock.patch.dict(os.environ, variables):
        ...     try:
        ...         import_customers(Path("none.csv"))
        ...     except ValidationError as error:
        ...         message = str(error)
        >>> get_settings.cache_clear()
        >>> message
        'none.csv cannot be read'

        -->
    """
    return asyncio.run(run_import(start(), path))


async def run_import(settings: Settings, path: Path) -> ImportReport:
    r"""Open what the import needs.

    Args:
        settings (Settings): Settings of the application.
        path (Path): The file.

    Returns:
        ImportReport: What has become of each customer.

    Example:
        ```python
        import asyncio
        import tempfile
        from pathlib import Path

        from shop.cli.utils import run_import
        from shop.infrastructure.configuration import Settings

        settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "customers.csv")
            size = file.write_text("name,email\n,nobody\n", "utf-8")
            report = asyncio.run(run_import(settings, file))

        report.rejected[0].line
        # 2
        ```

        <!-- As a doctest:
        >>> import tempfile
        >>> from pathlib import Path
        >>> from shop.infrastructure.configuration import Settings
        >>> settings = Settings(database_url="sqlite+aiosqlite:///shop.sqlite3")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder, "customers.csv")
        ...     size = file.write_text("name,email\n,nobody\n", "utf-8")
        ...     report = asyncio.run(run_import(settings, file))
        >>> report.rejected[0].line
        2

        -->
    """
    async with open_resources(settings) as resources:
        return await customer_import(resources, operator(settings)).run(path)


def operator(settings: Settings) -> Actor:
    """Tell who works at the command line.

    Args:
        settings (Settings): Settings of the application.

    Returns:
        Actor: The actor.

    Example:
        ```python
        from shop.cli.utils import operator
        from shop.infrastructure.configuration import Settings

        settings = Settings(
            database_url="sqlite+aiosqlite:///shop.sqlite3", operator_name="ada"
        )
        operator(settings).name
        # 'ada'
        ```

        <!-- As a doctest:
        >>> from shop.infrastructure.configuration import Settings
        >>> settings = Settings(
        ...     database_url="sqlite+aiosqlite:///shop.sqlite3", operator_name="ada"
        ... )
        >>> operator(settings).name
        'ada'

        -->
    """
    return Actor(settings.operator_name, settings.operator_role)


def checked(parse: Callable[[str], object]) -> Callable[[str], str]:
    """Make wrong input a usage error: the command does not even start.

    Args:
        parse (Callable[[str], object]): Reads the input, and raises ``ValidationError``
            when it is wrong.

    Returns:
        Callable[[str], str]: A callback for an option or an argument.

    Example:
        ```python
        import typer

        from shop.cli.utils import checked
        from shop.domain.rules import clean_name

        try:
            checked(clean_name)("")
        except typer.BadParameter as error:
            print(error.message)
        # Name is empty
        ```

        <!-- As a doctest:
        >>> from shop.domain.rules import clean_name
        >>> try:
        ...     checked(clean_name)("")
        ... except typer.BadParameter as error:
        ...     print(error.message)
        Name is empty

        -->
    """

    def check(value: str) -> str:
        """Try to read the input.

        Args:
            value (str): What was typed.

        Raises:
            BadParameter: If it is wrong.

        Returns:
            str: What was typed.

        Example:
            ```python
            from shop.cli.utils import checked
            from shop.domain.rules import clean_name

            check = checked(clean_name)
            check("Ada")
            # 'Ada'
            ```

            <!-- As a doctest:
            >>> from shop.domain.rules import clean_name
            >>> check = checked(clean_name)
            >>> check("Ada")
            'Ada'

            -->
        """
        try:
            parse(value)
        except ValidationError as error:
            raise typer.BadParameter(str(error)) from error
        return value

    return check

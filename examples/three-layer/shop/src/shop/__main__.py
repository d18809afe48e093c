"""Entry point: ``python -m shop`` runs a command."""

from __future__ import annotations

import logging
import sys
from typing import Final

import typer

from shop.cli.main import app
from shop.domain.errors import AppError, ConfigurationError, ExternalServiceError

logger = logging.getLogger(__name__)

PROGRAM: Final = "shop"
EXIT_FAILURE: Final = 1
EXIT_USAGE: Final = 2


def main() -> None:
    """Run a command; it ends the process with its exit code.

    Example:
        ```python
        import sys
        from unittest import mock

        from shop.__main__ import PROGRAM, main

        with mock.patch.object(sys, "argv", [PROGRAM, "nonsense"]):
            try:
                main()
            except SystemExit as ended:
                print(ended.code)
        # 2
        ```

        <!-- As a doctest:
        >>> from unittest import mock
        >>> with mock.patch.object(sys, "argv", [PROGRAM, "nonsense"]):
        ...     try:
        ...         main()
        ...     except SystemExit as ended:
        ...         print(ended.code)
        2

        -->
    """
    # Calling the application itself would replace the hook that logs what is uncaught.
    command = typer.main.get_command(app)
    try:
        command(prog_name=PROGRAM)
    except AppError as error:
        sys.exit(report(error))


def report(error: AppError) -> int:
    """Tell the user why a command has failed.

    Args:
        error (AppError): What the command raised.

    Returns:
        int: The exit code.

    Example:
        ```python
        from shop.__main__ import report
        from shop.domain.errors import ConfigurationError

        report(ConfigurationError("Missing: database_url"))
        # 2
        ```

        <!-- As a doctest:
        >>> report(ConfigurationError("Missing: database_url"))
        2

        -->
    """
    message = str(error)
    if isinstance(error, ExternalServiceError):
        logger.error("Command failed", exc_info=error)
        message = "Something the program needs has failed; the log says more."
    typer.echo(f"Error: {message}", err=True)
    return EXIT_USAGE if isinstance(error, ConfigurationError) else EXIT_FAILURE


if __name__ == "__main__":
    main()

"""The command that serves HTTP."""

from __future__ import annotations

import uvicorn

from shop.api.app import create_app
from shop.cli.utils import start


def serve() -> None:
    """Serve HTTP until a signal asks to stop.

    Example:
        ```python
        import typer
        from typer.testing import CliRunner

        from shop.cli.commands.serve import serve

        app = typer.Typer()
        command = app.command()(serve)
        print(CliRunner().invoke(app, ["--help"]).exit_code)
        # 0
        ```

        <!-- As a doctest:
        >>> import typer
        >>> from typer.testing import CliRunner
        >>> app = typer.Typer()
        >>> command = app.command()(serve)
        >>> print(CliRunner().invoke(app, ["--help"]).exit_code)
        0

        -->
    """
    settings = start()
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=settings.shutdown_timeout_seconds,
    )

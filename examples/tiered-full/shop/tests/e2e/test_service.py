"""Tests of a started process, from migrations to shutdown."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from http import HTTPStatus
from typing import TYPE_CHECKING

import httpx
import pytest

from shop.core.config import ENV_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START_SECONDS = 60
STOP_SECONDS = 30


@pytest.fixture
def free_port() -> int:
    """Find a port that nobody uses.

    Returns:
        The port.
    """
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture
def service(
    pytestconfig: pytest.Config, tmp_path: Path, free_port: int
) -> Iterator[httpx.Client]:
    """Migrate a database and start the service on it.

    Args:
        pytestconfig: Knows the root of the project.
        tmp_path: Where the database goes.
        free_port: Where the service listens.

    Yields:
        A client of the service.
    """
    variables = {
        "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'service.sqlite3'}",
        "QUEUE_URL": "redis://127.0.0.1:1/0",
        "PORT": str(free_port),
    }
    environment = os.environ | {f"{ENV_PREFIX}{k}": v for k, v in variables.items()}
    config = pytestconfig.rootpath / "alembic.ini"
    subprocess.run(  # noqa: S603
        [sys.executable, "-m", "alembic", "--config", config, "upgrade", "head"],
        cwd=tmp_path,
        env=environment,
        check=True,
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "shop"], cwd=tmp_path, env=environment
    )
    url = f"http://127.0.0.1:{free_port}"
    try:
        with httpx.Client(base_url=url, timeout=START_SECONDS) as client:
            wait_until_healthy(client, process)
            yield client
        process.terminate()
        code = process.wait(STOP_SECONDS)
    finally:
        process.kill()
    assert code in {0, -signal.SIGTERM}


def wait_until_healthy(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    """Wait for the service.

    Args:
        client: Client of the service.
        process: The process that is to become healthy.
    """
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(httpx.TransportError):
            if client.get("/health").status_code == HTTPStatus.OK:
                return
        time.sleep(0.2)
    pytest.fail("The service did not become healthy")


def test_user_orders_something(service: httpx.Client) -> None:
    """A person registers, signs in, orders, and finds the order again.

    Args:
        service: Client of the service.
    """
    ada = {"email": "ada@example.com", "password": "correct horse"}
    response = service.post("/api/v1/users", json=ada | {"name": "Ada"})
    assert response.status_code == HTTPStatus.CREATED
    tokens = service.post("/api/v1/login", json=ada).json()
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    body = {"item": "Teapot", "amount": 1_990}
    order = service.post("/api/v1/orders", json=body, headers=headers).json()
    assert service.get("/api/v1/orders", headers=headers).json() == [order]
    assert "orders_created_total" in service.get("/metrics").text

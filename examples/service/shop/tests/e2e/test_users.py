"""Tests of the running service, over the network."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.e2e

PATIENCE_SECONDS: Final = 120.0


def is_listening(port: int) -> bool:
    """Ask whether a server accepts connections.

    Args:
        port: Its port.

    Returns:
        Whether it does.
    """
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def service(database_schema: None) -> Iterator[str]:
    """Start the service as the image does.

    Args:
        database_schema: The tables that the service expects.

    Yields:
        Its address.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "shop.main:app"]
    with subprocess.Popen([*command, "--port", str(port)]) as process:
        try:
            deadline = time.monotonic() + PATIENCE_SECONDS
            while not is_listening(port):
                assert process.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def test_user_outlives_the_request(service: str) -> None:
    """What one request has created, the next one finds.

    Args:
        service: Address of the service.
    """
    body = {"email": "ada@example.com", "name": "Ada"}
    with httpx.Client(base_url=service) as client:
        assert client.get("/health").json()["checks"]["db"] == "ok"
        created = client.post("/api/users", json=body)
        assert created.status_code == HTTPStatus.CREATED
        found = client.get(f"/api/users/{created.json()['id']}")
        assert found.json() == created.json()

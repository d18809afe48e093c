"""Tests in which what the application depends on is dead, slow or failing."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from shop.api.app import create_app
from shop.core.config import ENV_PREFIX, get_settings
from shop.workers.celery_app import celery_app
from tests.accounts import USERS, sign_up
from tests.orders import ORDERS, place_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shop.core.config import Settings

PATIENCE = 5.0


@contextlib.contextmanager
def run_with(settings: Settings, **changes: object) -> Iterator[TestClient]:
    """Run the application with other settings.

    Args:
        settings: Settings of the application.
        **changes: What is different.

    Yields:
        A client of the application.
    """
    app = create_app(settings.model_copy(update=changes))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def silent_url() -> Iterator[str]:
    """Listen, but never answer.

    Yields:
        The address.
    """
    loop = asyncio.new_event_loop()

    async def ignore(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Keep a connection open without a word.

        Args:
            _: What the client says.
            writer: What the client would hear.
        """
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(60)
        writer.close()

    server = loop.run_until_complete(asyncio.start_server(ignore, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    async def stop() -> None:
        """Drop all connections."""
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    asyncio.run_coroutine_threadsafe(stop(), loop).result(PATIENCE)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(PATIENCE)
    loop.close()


def test_dead_database_is_reported(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its database the service stays up and says what is wrong.

    Args:
        settings: Settings of the application.
        monkeypatch: Points to a database that cannot be opened.
    """
    monkeypatch.setenv(
        f"{ENV_PREFIX}DATABASE_URL", "sqlite+aiosqlite:////nowhere/at/all"
    )
    get_settings.cache_clear()
    with run_with(get_settings(), secret_key=settings.secret_key) as client:
        health = client.get("/health")
        assert health.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert health.json()["checks"]["db"] == "error: unavailable"
        body = {"email": "ada@example.com", "name": "Ada", "password": "correct horse"}
        response = client.post(USERS, json=body)
        assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert client.get("/metrics").status_code == HTTPStatus.OK


@pytest.mark.usefixtures("database_schema")
def test_slow_provider_does_not_hold_requests(
    settings: Settings, silent_url: str
) -> None:
    """When payments hang, orders fail in time, and the rest goes on.

    Args:
        settings: Settings of the application.
        silent_url: Address that never answers.
    """
    changes = {"payment_url": silent_url, "external_api_timeout_seconds": 0.2}
    with run_with(settings, **changes) as client:
        ada = sign_up(client, "ada@example.com")
        started = time.monotonic()
        body = {"item": "Teapot", "amount": 1_990}
        response = client.post(ORDERS, json=body, headers=ada)
        assert time.monotonic() - started < PATIENCE
        assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert client.get("/health").status_code == HTTPStatus.OK
        (order,) = client.get(ORDERS, headers=ada).json()
        assert order["status"] == "placed"
        assert 'orders_created_total{status="error"} 1.0' in client.get("/metrics").text


def test_dead_broker_does_not_lose_orders(client: TestClient) -> None:
    """When the queue is gone, orders are paid and wait for their confirmation.

    Args:
        client: Client of the application.
    """
    celery_app.conf.task_always_eager = False
    ada = sign_up(client, "ada@example.com")
    started = time.monotonic()
    order = place_order(client, ada)
    assert time.monotonic() - started < PATIENCE
    assert order["status"] == "paid"


@pytest.mark.usefixtures("database_schema")
def test_dead_collectors_do_not_matter(settings: Settings) -> None:
    """Where nobody takes traces, requests are served all the same.

    Args:
        settings: Settings of the application.
    """
    with run_with(settings, otlp_endpoint="http://127.0.0.1:1") as client:
        assert client.get("/health").status_code == HTTPStatus.OK

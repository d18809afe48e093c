"""Tests in which what the application depends on is dead, slow or failing."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import pydantic
import pytest
from fastapi.testclient import TestClient

from shop.api.app import create_app
from shop.workers.celery_app import celery_app
from tests.accounts import USERS, sign_up
from tests.orders import ORDERS, place_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shop.core.config import Settings

DEAD_DATABASE: Final = pydantic.SecretStr("sqlite+aiosqlite:////nowhere/at/all")
LATE_ANSWER: Final = (
    b'HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{"reference":"late"}'
)
LATE_SECONDS: Final = 60.0
STOP_SECONDS: Final = 10.0


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
def late_url() -> Iterator[str]:
    """Run a payment provider that accepts everything, but far too late.

    Yields:
        Its address.
    """
    loop = asyncio.new_event_loop()

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer late.

        Args:
            _: What the client says.
            writer: What the client hears.
        """
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(LATE_SECONDS)
            writer.write(LATE_ANSWER)
        writer.close()

    server = loop.run_until_complete(asyncio.start_server(answer, "127.0.0.1", 0))
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

    asyncio.run_coroutine_threadsafe(stop(), loop).result(STOP_SECONDS)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(STOP_SECONDS)
    loop.close()


def test_dead_database_is_reported(settings: Settings) -> None:
    """Without its database the service stays up and says what is wrong.

    Args:
        settings: Settings of the application.
    """
    with run_with(settings, database_url=DEAD_DATABASE) as client:
        health = client.get("/health")
        assert health.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert health.json()["checks"]["db"] == "error: unavailable"
        body = {"email": "ada@example.com", "name": "Ada", "password": "correct horse"}
        response = client.post(USERS, json=body)
        assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert client.get("/metrics").status_code == HTTPStatus.OK


@pytest.mark.usefixtures("database_schema", "patient_queue")
def test_dead_copy_takes_only_lists_away(settings: Settings) -> None:
    """Without the copy of the database everything but lists goes on.

    Args:
        settings: Settings of the application.
    """
    with run_with(settings, database_read_url=DEAD_DATABASE) as client:
        ada = sign_up(client, "ada@example.com")
        order = place_order(client, ada)
        response = client.get(f"{ORDERS}/{order['id']}", headers=ada)
        assert response.status_code == HTTPStatus.OK
        response = client.get(ORDERS, headers=ada)
        assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert client.get("/health").status_code == HTTPStatus.OK


@pytest.mark.usefixtures("database_schema")
def test_slow_provider_does_not_hold_requests(
    settings: Settings, late_url: str
) -> None:
    """When payments hang, orders fail instead of waiting, and the rest goes on.

    Args:
        settings: Settings of the application.
        late_url: Address of a provider that is far too late.
    """
    changes = {"payment_url": late_url, "external_api_timeout_seconds": 0.2}
    with run_with(settings, **changes) as client:
        ada = sign_up(client, "ada@example.com")
        body = {"item": "Teapot", "amount": 1_990}
        response = client.post(ORDERS, json=body, headers=ada)
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
    order = place_order(client, ada)
    response = client.get(f"{ORDERS}/{order['id']}", headers=ada)
    assert response.json()["status"] == "paid"


@pytest.mark.usefixtures("database_schema")
def test_dead_collectors_do_not_matter(settings: Settings) -> None:
    """Where nobody takes traces, requests are served all the same.

    Args:
        settings: Settings of the application.
    """
    with run_with(settings, otlp_endpoint="http://127.0.0.1:1") as client:
        assert client.get("/health").status_code == HTTPStatus.OK

"""Tests of the endpoints for orders."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest

from tests.accounts import USERS, sign_up
from tests.orders import ORDERS, place_order

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

pytestmark = pytest.mark.integration


def test_orders_belong_to_their_user(client: TestClient) -> None:
    """Users read their own orders, and those with themselves.

    Args:
        client: Client of the application.
    """
    ada = sign_up(client, "ada@example.com")
    eve = sign_up(client, "eve@example.com")
    order = place_order(client, ada)
    assert order["user_id"] == 1
    path = f"{ORDERS}/{order['id']}"
    assert client.get(path, headers=ada).json()["item"] == "Teapot"
    assert client.get(path, headers=eve).status_code == HTTPStatus.NOT_FOUND
    assert client.get(path).status_code == HTTPStatus.UNAUTHORIZED
    assert len(client.get(ORDERS, headers=ada).json()) == 1
    assert client.get(ORDERS, headers=eve).json() == []
    user = client.get(f"{USERS}/1", headers=ada).json()
    assert [item["id"] for item in user["orders"]] == [order["id"]]


def test_newest_orders_come_first(client: TestClient) -> None:
    """The query selects a part of the list.

    Args:
        client: Client of the application.
    """
    ada = sign_up(client, "ada@example.com")
    numbers = [place_order(client, ada)["id"] for _ in range(3)]
    page = client.get(ORDERS, params={"limit": 2}, headers=ada).json()
    assert [order["id"] for order in page] == numbers[:0:-1]


@pytest.mark.parametrize(
    "change", [{"quantity": 0}, {"amount": -1}, {"item": " "}, {"user_id": 2}]
)
def test_invalid_order_is_refused(client: TestClient, change: dict[str, Any]) -> None:
    """Each field has its rules, and nobody orders for others.

    Args:
        client: Client of the application.
        change: What breaks a rule.
    """
    ada = sign_up(client, "ada@example.com")
    body = {"item": "Teapot", "quantity": 2, "amount": 3_980}
    response = client.post(ORDERS, json=body | change, headers=ada)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_orders_are_logged_and_counted(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    """The log names order and user by number, and the metrics count the order.

    Args:
        client: Client of the application.
        caplog: Captures the log.
    """
    ada = sign_up(client, "ada@example.com")
    with caplog.at_level(logging.INFO, logger="shop.services.order_service"):
        order = place_order(client, ada)
    _, created = [
        vars(item)
        for item in caplog.records
        if item.name.startswith("shop.services.order_service")
    ]
    assert created["message"] == "Order created successfully"
    assert (created["order_id"], created["user_id"]) == (order["id"], 1)
    assert 'orders_created_total{status="success"} 1.0' in client.get("/metrics").text
    assert 'path="/api/v1/orders"' in client.get("/metrics").text

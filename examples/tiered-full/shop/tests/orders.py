"""What tests do to get orders."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

ORDERS = "/api/v1/orders"


def place_order(client: TestClient, headers: dict[str, str]) -> dict[str, Any]:
    """Order something.

    Args:
        client: Client of the application.
        headers: Headers with the token of the user.

    Returns:
        The order.
    """
    body = {"item": "Teapot", "quantity": 2, "amount": 3_980}
    response = client.post(ORDERS, json=body, headers=headers)
    assert response.status_code == HTTPStatus.CREATED
    order: dict[str, Any] = response.json()
    return order

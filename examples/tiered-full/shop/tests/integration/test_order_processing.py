"""Tests of the way of an order through payment and queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.accounts import sign_up
from tests.orders import ORDERS, place_order

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("patient_queue")]


def test_order_is_confirmed_in_the_background(client: TestClient) -> None:
    """The answer does not wait for the confirmation, which the worker writes down.

    Args:
        client: Client of the application.
    """
    ada = sign_up(client, "ada@example.com")
    order = place_order(client, ada)
    assert order["status"] == "paid"
    path = f"{ORDERS}/{order['id']}"
    assert client.get(path, headers=ada).json()["status"] == "confirmed"

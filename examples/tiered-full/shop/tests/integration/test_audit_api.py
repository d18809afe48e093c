"""Tests of the endpoint for auditors."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from tests.accounts import sign_up, sign_up_admin
from tests.orders import place_order

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from shop.core.config import Settings

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("patient_queue")]

AUDIT = "/api/v1/audit"


def test_trail_tells_who_did_what(client: TestClient, settings: Settings) -> None:
    """An order leaves a trail, for the eyes of auditors only.

    Args:
        client: Client of the application.
        settings: Settings of the application.
    """
    ada = sign_up(client, "ada@example.com")
    order = place_order(client, ada)
    assert client.get(AUDIT, headers=ada).status_code == HTTPStatus.FORBIDDEN
    admin = sign_up_admin(client, settings)
    entries = client.get(AUDIT, headers=admin).json()
    subject = f"order {order['id']}"
    assert [
        (entry["actor"], entry["action"], entry["subject"]) for entry in entries
    ] == [
        ("worker", "order confirmed", subject),
        ("ada@example.com", "order paid", subject),
    ]

"""Tests of the endpoint for deliveries."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from shop.integrations.external_api import ExternalAPIService
from tests.accounts import sign_up
from tests.orders import place_order

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from pytest_mock import MockerFixture

pytestmark = pytest.mark.integration


def test_delivery_is_reported(client: TestClient, mocker: MockerFixture) -> None:
    """The answer of the other service reaches the user.

    Args:
        client: Client of the application.
        mocker: Stands in for the other service.
    """
    ada = sign_up(client, "ada@example.com")
    order = place_order(client, ada)
    answer = {"status": "on its way"}
    mocker.patch.object(ExternalAPIService, "get_data", return_value=answer)
    path = f"/api/v1/orders/{order['id']}/delivery"
    assert client.get(path, headers=ada).json() == answer
    response = client.get("/api/v1/orders/99/delivery", headers=ada)
    assert response.status_code == HTTPStatus.NOT_FOUND


def test_silent_service_is_an_outage(client: TestClient) -> None:
    """When nothing listens at the other end, the client may come back later.

    Args:
        client: Client of the application.
    """
    ada = sign_up(client, "ada@example.com")
    order = place_order(client, ada)
    response = client.get(f"/api/v1/orders/{order['id']}/delivery", headers=ada)
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE

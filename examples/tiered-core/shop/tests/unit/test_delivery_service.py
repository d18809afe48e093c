"""Tests of the use cases around deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shop.core.errors import ExternalServiceError
from shop.integrations.external_api import ExternalAPIService
from shop.services.delivery_service import DeliveryService
from tests.factories import OrderFactory

if TYPE_CHECKING:
    from pytest_mock import MockerFixture

pytestmark = pytest.mark.anyio


async def test_delivery_is_tracked(mocker: MockerFixture) -> None:
    """The other service is asked about the order.

    Args:
        mocker: Stands in for the client.
    """
    api = mocker.create_autospec(ExternalAPIService, instance=True)
    api.get_data.return_value = {"status": "on its way", "truck": 7}
    delivery = await DeliveryService(api).track(OrderFactory.build(id=5))
    assert delivery.status == "on its way"
    api.get_data.assert_awaited_once_with("/deliveries/5")


async def test_unknown_answer_is_a_failure(mocker: MockerFixture) -> None:
    """An answer without the expected field is not passed on.

    Args:
        mocker: Stands in for the client.
    """
    api = mocker.create_autospec(ExternalAPIService, instance=True)
    api.get_data.return_value = {"state": "?"}
    with pytest.raises(ExternalServiceError):
        await DeliveryService(api).track(OrderFactory.build(id=5))

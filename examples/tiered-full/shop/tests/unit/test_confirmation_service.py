"""Tests of the confirmation of orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shop.models.order import OrderStatus
from shop.repositories.order_repository import OrderRepository
from shop.services.confirmation_service import ConfirmationService
from tests.factories import OrderFactory

if TYPE_CHECKING:
    from pytest_mock import MockerFixture

pytestmark = pytest.mark.anyio


async def test_order_is_confirmed_once(mocker: MockerFixture) -> None:
    """A task that runs twice confirms once; an unknown order is none of its business.

    Args:
        mocker: Stands in for the repository.
    """
    orders = mocker.create_autospec(OrderRepository, instance=True)
    order = orders.get.return_value = OrderFactory.build(id=5, status=OrderStatus.PAID)
    service = ConfirmationService(orders)
    await service.confirm(5)
    await service.confirm(5)
    assert order.status is OrderStatus.CONFIRMED
    (_, entry), _ = orders.update.await_args
    assert (entry.actor, entry.action, entry.subject) == (
        "worker",
        "order confirmed",
        "order 5",
    )
    orders.get.return_value = None
    await service.confirm(6)
    orders.update.assert_awaited_once()

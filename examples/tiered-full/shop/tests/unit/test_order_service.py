"""Tests of the use cases around orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shop.core.errors import ExternalServiceError, NotFoundError
from shop.monitoring.metrics import MetricsService
from shop.repositories.order_repository import OrderRepository
from shop.schemas.order import CreateOrderRequest
from shop.services.order_service import OrderService
from tests.factories import OrderFactory, UserFactory

if TYPE_CHECKING:
    from unittest.mock import NonCallableMagicMock

    from pytest_mock import MockerFixture

pytestmark = pytest.mark.anyio

TEAPOT = CreateOrderRequest(item="Teapot", amount=1_990)


@pytest.fixture
def order_repo(mocker: MockerFixture) -> NonCallableMagicMock:
    """Stand in for the repository.

    Args:
        mocker: Makes the double.

    Returns:
        The double.
    """
    double: NonCallableMagicMock = mocker.create_autospec(
        OrderRepository, instance=True
    )
    return double


async def test_orders_are_stored_and_counted(order_repo: NonCallableMagicMock) -> None:
    """An order reaches the repository, and success is told apart from failure.

    Args:
        order_repo: Keeps the orders.
    """
    metrics = MetricsService()
    service = OrderService(order_repo, metrics)
    order = await service.create_order(TEAPOT, UserFactory.build(id=1))
    order_repo.add.assert_awaited_once_with(order)
    assert (order.user_id, order.item, order.quantity) == (1, "Teapot", 1)

    order_repo.add.side_effect = ExternalServiceError("Database is unavailable")
    with pytest.raises(ExternalServiceError):
        await service.create_order(TEAPOT, UserFactory.build(id=1))
    text = metrics.render().decode()
    assert 'orders_created_total{status="success"} 1.0' in text
    assert 'orders_created_total{status="error"} 1.0' in text


async def test_users_see_their_own_orders(order_repo: NonCallableMagicMock) -> None:
    """The orders of others might as well not be there.

    Args:
        order_repo: Keeps the orders.
    """
    service = OrderService(order_repo, MetricsService())
    order = order_repo.get.return_value = OrderFactory.build(id=5, user_id=1)
    assert await service.get_order(5, UserFactory.build(id=1)) is order
    with pytest.raises(NotFoundError):
        await service.get_order(5, UserFactory.build(id=2))
    order_repo.get.return_value = None
    with pytest.raises(NotFoundError):
        await service.get_order(6, UserFactory.build(id=1))


async def test_page_comes_from_the_repository(order_repo: NonCallableMagicMock) -> None:
    """The bounds of a page are handed on.

    Args:
        order_repo: Keeps the orders.
    """
    orders = order_repo.page_of.return_value = OrderFactory.build_batch(2)
    service = OrderService(order_repo, MetricsService())
    assert await service.list_orders(UserFactory.build(id=1), 2, 4) == orders
    order_repo.page_of.assert_awaited_once_with(1, 2, 4)

"""Tests of the storage of orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shop.models.order import OrderStatus
from tests.factories import OrderFactory, UserFactory

if TYPE_CHECKING:
    from shop.repositories.order_repository import OrderRepository
    from shop.repositories.user_repository import UserRepository

pytestmark = [pytest.mark.anyio, pytest.mark.integration]


async def test_order_is_kept_with_its_user(
    order_repository: OrderRepository, user_repository: UserRepository
) -> None:
    """Orders are found by themselves, by their user, and on the user.

    Args:
        order_repository: An empty storage of orders.
        user_repository: An empty storage of users.
    """
    user = UserFactory.build()
    await user_repository.add(user)
    orders = OrderFactory.build_batch(2, user_id=user.key)
    for order in orders:
        await order_repository.add(order)
    found = await order_repository.get(orders[0].key)
    assert found is not None
    assert (found.item, found.status) == (orders[0].item, OrderStatus.PLACED)
    newest = await order_repository.page_of(user.key, 1, 0)
    assert [order.id for order in newest] == [orders[1].id]
    owner = await user_repository.get(user.key)
    assert owner is not None
    assert [order.item for order in owner.orders] == [order.item for order in orders]

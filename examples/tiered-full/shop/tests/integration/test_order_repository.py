"""Tests of the storage of orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shop.models.audit import AuditEntry
from shop.models.order import OrderStatus
from shop.repositories.audit_repository import AuditRepository
from tests.factories import OrderFactory, UserFactory

if TYPE_CHECKING:
    from shop.core.database import Database
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


async def test_order_is_confirmed_once(
    order_repository: OrderRepository,
    user_repository: UserRepository,
    tables: Database,
) -> None:
    """Only an order that is paid is confirmed, and only the first time.

    Args:
        order_repository: An empty storage of orders.
        user_repository: An empty storage of users.
        tables: The database below them.
    """
    user = UserFactory.build()
    await user_repository.add(user)
    placed, paid = OrderFactory.build_batch(2, user_id=user.key)
    paid.status = OrderStatus.PAID
    for order in (placed, paid):
        await order_repository.add(order)
    confirmed = [
        await order_repository.confirm(
            order.key, AuditEntry(actor="worker", action="confirmed", subject="order")
        )
        for order in (placed, paid, paid)
    ]
    assert confirmed == [False, True, False]
    assert len(await AuditRepository(tables).page(10, 0)) == 1
    found = await order_repository.get(paid.key)
    assert found is not None
    assert found.status is OrderStatus.CONFIRMED

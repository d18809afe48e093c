"""Use cases around orders."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from shop.core.errors import NotFoundError
from shop.models.order import Order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shop.models.user import User
    from shop.monitoring.metrics import MetricsService
    from shop.repositories.order_repository import OrderRepository
    from shop.schemas.order import CreateOrderRequest

logger = logging.getLogger(__name__)


class OrderService:
    """What can be done with orders."""

    def __init__(self, order_repo: OrderRepository, metrics: MetricsService) -> None:
        """Keep what is needed.

        Args:
            order_repo: Keeps the orders.
            metrics: Counts the orders.
        """
        self.order_repo = order_repo
        self.metrics = metrics

    async def create_order(self, order_data: CreateOrderRequest, user: User) -> Order:
        """Take an order.

        Args:
            order_data: What is ordered.
            user: Who orders it.

        Returns:
            The order.
        """
        logger.info("Creating order", extra={"user_id": user.id})
        with self.metrics.count_outcome("orders_created"):
            order = await self._process_order(order_data, user)
        context = {"order_id": order.id, "user_id": user.id}
        logger.info("Order created successfully", extra=context)
        return order

    async def _process_order(self, order_data: CreateOrderRequest, user: User) -> Order:
        """Store an order.

        Args:
            order_data: What is ordered.
            user: Who orders it.

        Returns:
            The order.
        """
        order = Order(user_id=user.key, **order_data.model_dump())
        await self.order_repo.add(order)
        return order

    async def get_order(self, order_id: int, user: User) -> Order:
        """Find an order on behalf of a user.

        Args:
            order_id: Number of the order.
            user: Who asks.

        Raises:
            NotFoundError: If the user has no such order.

        Returns:
            The order.
        """
        order = await self.order_repo.get(order_id)
        if order is None or order.user_id != user.id:
            raise NotFoundError(f"There is no order {order_id}")
        return order

    async def list_orders(self, user: User, limit: int, offset: int) -> Sequence[Order]:
        """Read a part of the orders of a user, the newest first.

        Args:
            user: Who asks.
            limit: How many orders to read at most.
            offset: How many orders to leave out.

        Returns:
            The orders.
        """
        return await self.order_repo.page_of(user.key, limit, offset)

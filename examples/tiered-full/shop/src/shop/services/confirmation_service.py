"""The confirmation of orders."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from shop.models.audit import AuditEntry
from shop.models.order import OrderStatus

if TYPE_CHECKING:
    from shop.repositories.order_repository import OrderRepository

logger = logging.getLogger(__name__)

ACTOR: Final = "worker"


class ConfirmationService:
    """Confirms orders that are paid."""

    def __init__(self, order_repo: OrderRepository) -> None:
        """Keep the repository.

        Args:
            order_repo: Keeps the orders.
        """
        self._order_repo = order_repo

    async def confirm(self, order_id: int) -> None:
        """Confirm an order; a second call changes nothing.

        Args:
            order_id: Number of the order.

        Raises:
            ExternalServiceError: If the database cannot be reached.
        """
        order = await self._order_repo.get(order_id)
        if order is None or order.status is not OrderStatus.PAID:
            logger.info("Nothing to confirm", extra={"order_id": order_id})
            return
        order.status = OrderStatus.CONFIRMED
        entry = AuditEntry(
            actor=ACTOR, action="order confirmed", subject=f"order {order_id}"
        )
        await self._order_repo.update(order, entry)
        logger.info("Order confirmed", extra={"order_id": order_id})

"""The confirmation of orders."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from shop.models.audit import AuditEntry

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
        entry = AuditEntry(
            actor=ACTOR, action="order confirmed", subject=f"order {order_id}"
        )
        confirmed = await self._order_repo.confirm(order_id, entry)
        message = "Order confirmed" if confirmed else "Nothing to confirm"
        logger.info(message, extra={"order_id": order_id})

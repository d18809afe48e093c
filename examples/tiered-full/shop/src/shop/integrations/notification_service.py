"""Messages to users, sent in the background."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from celery.exceptions import OperationalError

if TYPE_CHECKING:
    from celery import Task

    from shop.models.order import Order

logger = logging.getLogger(__name__)

QUEUE_SECONDS: Final = 2.0


class NotificationService:
    """Puts messages into the queue."""

    def __init__(self, confirmation: Task[[int], None]) -> None:
        """Keep the task.

        Args:
            confirmation: The task that confirms an order.
        """
        self._confirmation = confirmation

    async def send_order_confirmation(self, order: Order) -> None:
        """Have an order confirmed.

        The order has been paid, so a broker that cannot be reached must neither undo
        nor delay it: the order stays unconfirmed, and the log says so.

        Args:
            order: The order.
        """
        try:
            async with asyncio.timeout(QUEUE_SECONDS):
                await asyncio.to_thread(self._confirmation.delay, order.key)
        except (OperationalError, OSError) as error:
            context = {"order_id": order.id}
            logger.error(
                "Confirmation not queued in time", extra=context, exc_info=error
            )

"""Tasks around orders."""

from __future__ import annotations

import asyncio

from shop.core.config import DatabaseSettings, load_settings
from shop.core.database import Database
from shop.core.errors import ExternalServiceError
from shop.repositories.order_repository import OrderRepository
from shop.services.confirmation_service import ConfirmationService
from shop.workers.celery_app import celery_app


@celery_app.task(
    autoretry_for=(ExternalServiceError,), max_retries=5, retry_backoff=True
)
def process_order(order_id: int) -> None:
    """Confirm an order, and try again later when the database cannot be reached.

    Args:
        order_id: Number of the order.
    """
    asyncio.run(confirm(order_id))


async def confirm(order_id: int) -> None:
    """Confirm an order on a connection of its own.

    Args:
        order_id: Number of the order.

    Raises:
        ExternalServiceError: If the database cannot be reached.
    """
    database = Database(load_settings(DatabaseSettings))
    try:
        await ConfirmationService(OrderRepository(database, database)).confirm(order_id)
    finally:
        await database.close()

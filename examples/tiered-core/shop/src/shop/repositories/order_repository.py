"""Where orders are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from shop.models.order import Order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shop.core.database import Database


class OrderRepository:
    """Keeps orders; every method is a transaction."""

    def __init__(self, database: Database) -> None:
        """Keep the connection.

        Args:
            database: Lends sessions.
        """
        self._database = database

    async def add(self, order: Order) -> None:
        """Store a new order, which gets a number by that.

        Args:
            order: The order.
        """
        async with self._database.transaction() as session:
            session.add(order)

    async def get(self, order_id: int) -> Order | None:
        """Find an order.

        Args:
            order_id: Number of the order.

        Returns:
            The order, or nothing if there is none.
        """
        async with self._database.transaction() as session:
            return await session.get(Order, order_id)

    async def page_of(self, user_id: int, limit: int, offset: int) -> Sequence[Order]:
        """Read a part of the orders of a user, the newest first.

        Args:
            user_id: Number of the user.
            limit: How many orders to read at most.
            offset: How many orders to leave out.

        Returns:
            The orders.
        """
        statement = (
            select(Order)
            .where(Order.user_id == user_id)
            .order_by(col(Order.id).desc())
            .limit(limit)
            .offset(offset)
        )
        async with self._database.transaction() as session:
            return (await session.scalars(statement)).all()

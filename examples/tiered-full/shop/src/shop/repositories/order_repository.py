"""Where orders are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select, update

from shop.models.order import Order, OrderStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shop.core.database import Database
    from shop.models.audit import AuditEntry


class OrderRepository:
    """Keeps orders; every method is a transaction."""

    def __init__(self, database: Database, replica: Database) -> None:
        """Keep the connections.

        Args:
            database: Lends sessions.
            replica: Lends sessions for reading; it may lag behind.
        """
        self._database = database
        self._replica = replica

    async def add(self, order: Order) -> None:
        """Store a new order, which gets a number by that.

        Args:
            order: The order.
        """
        async with self._database.transaction() as session:
            session.add(order)

    async def update(self, order: Order, entry: AuditEntry) -> None:
        """Store the changes of an order together with what the audit trail says.

        Args:
            order: An order that was stored before, with the changes.
            entry: Who changed it, and how.
        """
        async with self._database.transaction() as session:
            session.add_all([order, entry])

    async def confirm(self, order_id: int, entry: AuditEntry) -> bool:
        """Confirm an order that is paid, and write that into the audit trail.

        The condition is part of the change: should two workers have the same task at
        once, only one of them confirms.

        Args:
            order_id: Number of the order.
            entry: Who confirms it.

        Returns:
            Whether there was such an order.
        """
        statement = (
            update(Order)
            .where(col(Order.id) == order_id, col(Order.status) == OrderStatus.PAID)
            .values(status=OrderStatus.CONFIRMED)
            .returning(col(Order.id))
        )
        async with self._database.transaction() as session:
            confirmed = await session.scalar(statement) is not None
            if confirmed:
                session.add(entry)
        return confirmed

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
        async with self._replica.transaction() as session:
            return (await session.scalars(statement)).all()

"""Orders."""

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sqlmodel import Field, Relationship

from shop.models.base import Base, UtcDateTime, enum_column, now

if TYPE_CHECKING:
    from shop.models.user import User

ITEM_MAX_LENGTH: Final = 100


class OrderStatus(StrEnum):
    """How far an order has come."""

    PLACED = "placed"


class Order(Base, table=True):
    """What a user has ordered.

    Attributes:
        user_id: Number of the user.
        item: What is ordered.
        quantity: How many of it.
        amount: Price of all of them, in cents.
        status: How far the order has come.
        created_at: Moment of the order.
        user: The user.
    """

    __tablename__ = "orders"

    user_id: int = Field(foreign_key="users.id", index=True)
    item: str = Field(max_length=ITEM_MAX_LENGTH)
    quantity: int
    amount: int
    status: OrderStatus = Field(
        default=OrderStatus.PLACED,
        sa_column=enum_column(OrderStatus, OrderStatus.PLACED),
    )
    created_at: dt.datetime = Field(default_factory=now, sa_type=UtcDateTime)

    user: "User" = Relationship(back_populates="orders")

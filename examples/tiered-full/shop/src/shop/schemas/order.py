"""Bodies around orders."""

import datetime as dt
from typing import Annotated, Final

import pydantic

from shop.models.order import ITEM_MAX_LENGTH, OrderStatus
from shop.schemas.text import Text

QUANTITY_LIMIT: Final = 1_000
AMOUNT_LIMIT: Final = 100_000_000


class CreateOrderRequest(pydantic.BaseModel):
    """What a client orders.

    Attributes:
        item: What is ordered.
        quantity: How many of it.
        amount: Price of all of them, in cents.
    """

    model_config = pydantic.ConfigDict(extra="forbid")

    item: Annotated[Text, pydantic.Field(min_length=1, max_length=ITEM_MAX_LENGTH)]
    quantity: Annotated[int, pydantic.Field(gt=0, le=QUANTITY_LIMIT)] = 1
    amount: Annotated[int, pydantic.Field(gt=0, le=AMOUNT_LIMIT)]


class OrderResponse(pydantic.BaseModel):
    """What a client gets to know about an order.

    Attributes:
        id: Number of the order.
        user_id: Number of the user.
        item: What was ordered.
        quantity: How many of it.
        amount: Price of all of them, in cents.
        status: How far the order has come.
        created_at: Moment of the order.
    """

    model_config = pydantic.ConfigDict(from_attributes=True)

    id: int
    user_id: int
    item: str
    quantity: int
    amount: int
    status: OrderStatus
    created_at: dt.datetime

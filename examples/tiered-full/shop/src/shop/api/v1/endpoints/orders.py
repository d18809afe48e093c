"""Endpoints for orders."""

from collections.abc import Sequence
from http import HTTPStatus

import fastapi

from shop.api.contract import errors
from shop.api.dependencies import OrderServiceDep, limit_rate
from shop.api.paging import Limit, Number, Offset
from shop.api.security import CurrentUser
from shop.models.order import Order
from shop.schemas.order import CreateOrderRequest, OrderResponse

router = fastapi.APIRouter(
    prefix="/orders",
    tags=["orders"],
    dependencies=[fastapi.Depends(limit_rate)],
    responses=errors(HTTPStatus.UNAUTHORIZED),
)


@router.post("", response_model=OrderResponse, status_code=HTTPStatus.CREATED)
async def create_order(
    body: CreateOrderRequest, current_user: CurrentUser, order_service: OrderServiceDep
) -> Order:
    """Order something.

    Args:
        body: What is ordered.
        current_user: Who orders it.
        order_service: Use cases around orders.

    Returns:
        The order.
    """
    return await order_service.create_order(body, current_user)


@router.get("", response_model=list[OrderResponse])
async def list_orders(
    current_user: CurrentUser,
    order_service: OrderServiceDep,
    limit: Limit = 20,
    offset: Offset = 0,
) -> Sequence[Order]:
    """List one's own orders, the newest first.

    Args:
        current_user: Who asks.
        order_service: Use cases around orders.
        limit: How many orders to list at most.
        offset: How many orders to leave out.

    Returns:
        The orders.
    """
    return await order_service.list_orders(current_user, limit, offset)


@router.get(
    "/{order_id}",
    response_model=OrderResponse,
    responses=errors(HTTPStatus.NOT_FOUND),
)
async def read_order(
    order_id: Number, current_user: CurrentUser, order_service: OrderServiceDep
) -> Order:
    """Read an order of one's own.

    Args:
        order_id: Number of the order.
        current_user: Who asks.
        order_service: Use cases around orders.

    Returns:
        The order.
    """
    return await order_service.get_order(order_id, current_user)

"""Endpoints for deliveries."""

from http import HTTPStatus

import fastapi

from shop.api.contract import errors
from shop.api.dependencies import DeliveryServiceDep, OrderServiceDep, limit_rate
from shop.api.paging import Number
from shop.api.security import CurrentUser
from shop.schemas.delivery import DeliveryResponse

router = fastapi.APIRouter(
    prefix="/orders",
    tags=["deliveries"],
    dependencies=[fastapi.Depends(limit_rate)],
    responses=errors(HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND),
)


@router.get("/{order_id}/delivery")
async def read_delivery(
    order_id: Number,
    current_user: CurrentUser,
    order_service: OrderServiceDep,
    delivery_service: DeliveryServiceDep,
) -> DeliveryResponse:
    """Ask how far the delivery of an order of one's own has come.

    Args:
        order_id: Number of the order.
        current_user: Who asks.
        order_service: Use cases around orders.
        delivery_service: Use cases around deliveries.

    Returns:
        What the service that delivers says.
    """
    order = await order_service.get_order(order_id, current_user)
    return await delivery_service.track(order)

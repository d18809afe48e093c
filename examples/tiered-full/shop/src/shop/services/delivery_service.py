"""Use cases around deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pydantic

from shop.core.errors import ExternalServiceError
from shop.schemas.delivery import DeliveryResponse

if TYPE_CHECKING:
    from shop.integrations.external_api import ExternalAPIService
    from shop.models.order import Order


class DeliveryService:
    """What can be asked about deliveries."""

    def __init__(self, external_api: ExternalAPIService) -> None:
        """Keep the client.

        Args:
            external_api: Talks to the service that delivers.
        """
        self._external_api = external_api

    async def track(self, order: Order) -> DeliveryResponse:
        """Ask how far the delivery of an order has come.

        Args:
            order: The order.

        Raises:
            ExternalServiceError: If the service gives no proper answer.

        Returns:
            What the service says.
        """
        data = await self._external_api.get_data(f"/deliveries/{order.key}")
        try:
            return DeliveryResponse.model_validate(data)
        except pydantic.ValidationError as error:
            message = "External service gave an unknown kind of answer"
            raise ExternalServiceError(message) from error

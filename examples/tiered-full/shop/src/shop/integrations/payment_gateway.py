"""Payments."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

from shop.core.config import Environment
from shop.core.errors import ConfigurationError, ExternalServiceError
from shop.integrations.external_api import ExternalAPIService
from shop.models.order import REFERENCE_MAX_LENGTH

if TYPE_CHECKING:
    from shop.core.config import Settings
    from shop.models.order import Order

logger = logging.getLogger(__name__)


class PaymentGateway:
    """Collects money at a payment provider."""

    def __init__(self, api: ExternalAPIService | None) -> None:
        """Keep the client.

        Args:
            api: Talks to the provider; without one payments are simulated.
        """
        self._api = api

    @classmethod
    def connect(cls, settings: Settings) -> Self:
        """Prepare the connection to the provider that the settings name.

        Args:
            settings: Settings of the application.

        Raises:
            ConfigurationError: If there is no provider anywhere but locally.

        Returns:
            The gateway.
        """
        if settings.payment_url:
            api = ExternalAPIService(
                str(settings.payment_url),
                settings.payment_key.get_secret_value(),
                settings.external_api_timeout_seconds,
            )
            return cls(api)
        if settings.environment is not Environment.LOCAL:
            message = "Missing setting: payment_url"
            raise ConfigurationError(message)
        return cls(None)

    async def close(self) -> None:
        """Close all connections."""
        if self._api:
            await self._api.close()

    async def charge(self, order: Order) -> str:
        """Collect the price of an order; a second call collects nothing more.

        Args:
            order: An order that is stored.

        Raises:
            ExternalServiceError: If the provider gives no proper answer.

        Returns:
            What the payment is known by at the provider.
        """
        if self._api is None:
            logger.warning("Payment simulated", extra={"order_id": order.id})
            return f"simulated-{order.key}"
        charge = {"idempotency_key": f"order-{order.key}", "amount": order.amount}
        answer = await self._api.post_data("/charges", charge)
        match answer:
            case {"reference": str(reference)} if (
                len(reference) <= REFERENCE_MAX_LENGTH
            ):
                return reference
            case _:
                message = "Payment provider gave an unknown kind of answer"
                raise ExternalServiceError(message)

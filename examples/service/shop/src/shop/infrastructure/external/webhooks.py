"""Webhooks of other services."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING

import httpx

from shop.domain.errors import ExternalServiceError
from shop.domain.interfaces.events import EventPublisher

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from shop.config.settings import WebhookSettings
    from shop.domain.models.event import Event

logger = logging.getLogger(__name__)


class Webhooks(EventPublisher):
    """Posts events to their receivers."""

    def __init__(
        self, client: httpx.AsyncClient, urls: Sequence[str], timeout: float
    ) -> None:
        """Keep what is needed.

        Args:
            client: Sends the requests.
            urls: Addresses of the receivers.
            timeout: Seconds that a receiver has to answer.
        """
        self._client = client
        self._urls = urls
        self._timeout = timeout

    async def publish(self, event: Event) -> None:
        """Post an event to all receivers at once; one that fails misses it.

        Args:
            event: The event.
        """
        await asyncio.gather(*(self._try_to_post(url, event) for url in self._urls))

    async def _try_to_post(self, url: str, event: Event) -> None:
        """Post an event, and log when that fails.

        Args:
            url: Address of the receiver.
            event: The event.
        """
        try:
            await self._post(url, event)
        except ExternalServiceError as error:
            details = {"event_id": event.id, "reason": str(error)}
            logger.warning("Event is not delivered", extra=details)

    async def _post(self, url: str, event: Event) -> None:
        """Post an event.

        Args:
            url: Address of the receiver.
            event: The event.

        Raises:
            ExternalServiceError: If the receiver does not accept the event. The text
                names its host only, since the address may hold a secret.
        """
        body = {
            "id": str(event.id),
            "name": event.name,
            "subject": str(event.subject),
            "occurred_at": event.occurred_at.isoformat(),
        }
        try:
            # The client bounds each step, but a slow receiver can take many of them.
            async with asyncio.timeout(self._timeout):
                response = await self._client.post(url, json=body)
        except (httpx.HTTPError, TimeoutError) as error:
            reason = type(error).__name__
        else:
            if response.is_success:
                return
            reason = f"status {response.status_code}"
        message = f"{httpx.URL(url).host} does not accept the event: {reason}"
        raise ExternalServiceError(message)


@contextlib.asynccontextmanager
async def open_webhooks(settings: WebhookSettings) -> AsyncIterator[Webhooks]:
    """Hold the connections to the receivers open.

    Args:
        settings: Settings of the webhooks.

    Yields:
        The webhooks.
    """
    timeout = settings.webhook_timeout_seconds
    async with httpx.AsyncClient(timeout=timeout) as client:
        yield Webhooks(client, [str(url) for url in settings.webhook_urls], timeout)

"""Webhooks of other services."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING

import httpx

from shop.domain.interfaces.events import EventPublisher

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from shop.config.settings import WebhookSettings
    from shop.domain.models.event import Event

logger = logging.getLogger(__name__)


class Webhooks(EventPublisher):
    """Posts events to several addresses at once."""

    def __init__(self, client: httpx.AsyncClient, urls: Sequence[str]) -> None:
        """Keep client and addresses.

        Args:
            client: Sends the requests.
            urls: Where every event is posted.
        """
        self._client = client
        self._urls = urls

    async def publish(self, event: Event) -> None:
        """Post an event; a receiver that cannot be reached misses it.

        Args:
            event: The event.
        """
        body = {
            "id": str(event.id),
            "name": event.name,
            "subject": str(event.subject),
            "occurred_at": event.occurred_at.isoformat(),
        }
        await asyncio.gather(*(self._post(url, body) for url in self._urls))

    async def _post(self, url: str, body: dict[str, str]) -> None:
        """Post to one address.

        Args:
            url: The address; it may hold a secret, so the log names its host only.
            body: What is posted.
        """
        try:
            response = await self._client.post(url, json=body)
            response.raise_for_status()
        except httpx.HTTPError as error:
            details = {"host": httpx.URL(url).host, "reason": type(error).__name__}
            logger.warning("Webhook failed", extra=details)


@contextlib.asynccontextmanager
async def open_webhooks(settings: WebhookSettings) -> AsyncIterator[Webhooks]:
    """Hold the connections to the receivers open.

    Args:
        settings: Settings of the webhooks.

    Yields:
        The webhooks.
    """
    async with httpx.AsyncClient(timeout=settings.webhook_timeout_seconds) as client:
        yield Webhooks(client, [str(url) for url in settings.webhook_urls])

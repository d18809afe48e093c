"""What the application demands from whatever publishes its events."""

from __future__ import annotations

import abc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shop.domain.models.event import Event


class EventPublisher(abc.ABC):
    """Tells others what happened."""

    @abc.abstractmethod
    async def publish(self, event: Event) -> None:
        """Publish an event; an outage is logged and goes no further.

        Args:
            event: The event.
        """

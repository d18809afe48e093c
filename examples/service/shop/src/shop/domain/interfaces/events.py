"""What the application demands from whatever spreads its events."""

from __future__ import annotations

import abc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shop.domain.models.event import Event


class EventPublisher(abc.ABC):
    """Tells others what happened."""

    @abc.abstractmethod
    async def publish(self, event: Event) -> None:
        """Spread an event; a receiver that cannot be reached misses it.

        Args:
            event: The event.
        """

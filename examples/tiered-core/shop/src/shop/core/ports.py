"""What the application demands from the outside."""

from __future__ import annotations

from typing import Protocol


class HealthProbe(Protocol):
    """A dependency that can be asked whether it is reachable."""

    async def ping(self) -> None:
        """Reach for the dependency.

        Raises:
            ExternalServiceError: If it does not answer as it should.
        """

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


class RateLimiter(Protocol):
    """Grants requests as long as a client does not make too many."""

    async def take(self, address: str) -> float:
        """Ask for one request.

        Args:
            address: Who makes it.

        Returns:
            0 if it is granted, else the seconds to wait before it could be.
        """

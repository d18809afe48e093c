"""What limits the requests of a tenant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from shop.domain.value_objects import TenantId


class RateLimiter(Protocol):
    """Grants requests as long as a tenant does not make too many."""

    async def take(self, tenant_id: TenantId) -> float:
        """Ask for one request.

        Args:
            tenant_id: Who makes it.

        Returns:
            0 if it is granted, else the seconds to wait before it could be.
        """

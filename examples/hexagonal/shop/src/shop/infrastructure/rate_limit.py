"""Limits that are kept in the memory of the process."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from shop.ports.rate_limit import RateLimiter

if TYPE_CHECKING:
    from collections.abc import Callable

    from shop.domain.value_objects import TenantId


class TokenBuckets(RateLimiter):
    """A bucket of tokens for each tenant, one token for each request.

    A bucket is kept as the moment at which it will be full again: a token moves that
    moment forward, and time passing does the refilling. A tenant without a bucket has
    a full one.
    """

    def __init__(
        self,
        size: int,
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with full buckets.

        Args:
            size: Tokens in a full bucket.
            seconds: Time in which an empty bucket becomes full.
            clock: Tells the time in seconds.
        """
        self._seconds_per_token = seconds / size
        self._seconds = seconds
        self._clock = clock
        self._full_at: dict[TenantId, float] = {}
        self._forget_at = clock() + seconds

    async def take(self, tenant_id: TenantId) -> float:
        """Take a token.

        Args:
            tenant_id: Whose bucket it is taken from.

        Returns:
            0 if there was one, else the seconds until there will be.
        """
        now = self._clock()
        if now >= self._forget_at:
            self._forget_full_buckets(now)
        full_at = max(self._full_at.get(tenant_id, now), now) + self._seconds_per_token
        wait = full_at - now - self._seconds
        # A fraction far below the resolution of the clock is an error of rounding.
        if wait > self._seconds_per_token * 1e-6:
            return wait
        self._full_at[tenant_id] = full_at
        return 0

    def _forget_full_buckets(self, now: float) -> None:
        """Free the memory of tenants that have not asked for a while.

        Args:
            now: The time in seconds.
        """
        self._full_at = {
            tenant_id: full_at
            for tenant_id, full_at in self._full_at.items()
            if full_at > now
        }
        self._forget_at = now + self._seconds

"""Limits that are kept in the memory of the process."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from shop.domain.contracts import RateLimiter

if TYPE_CHECKING:
    from collections.abc import Callable


class TokenBuckets(RateLimiter):
    """A bucket of tokens for each caller, one token for each request.

    A bucket is kept as the moment at which it will be full again: a token moves that
    moment forward, and time passing does the refilling. A caller without a bucket has
    a full one.

    Example:
        ```python
        import asyncio

        from shop.adapters.rate_limit import TokenBuckets


        async def ask() -> list[float]:
            buckets = TokenBuckets(2, 60, clock=lambda: 0.0)
            return [await buckets.take("acme") for _ in range(3)]


        asyncio.run(ask())
        # [0, 0, 30.0]
        ```

        <!-- As a doctest:
        >>> import asyncio
        >>> async def ask() -> list[float]:
        ...     buckets = TokenBuckets(2, 60, clock=lambda: 0.0)
        ...     return [await buckets.take("acme") for _ in range(3)]
        >>> asyncio.run(ask())
        [0, 0, 30.0]

        -->
    """

    def __init__(
        self,
        size: int,
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with full buckets.

        Args:
            size (int): Tokens in a full bucket.
            seconds (float): Time in which an empty bucket becomes full.
            clock (Callable[[], float]): Tells the time in seconds.

        Example:
            ```python
            from shop.adapters.rate_limit import TokenBuckets

            buckets = TokenBuckets(120, 60)
            ```

            <!-- As a doctest:
            >>> buckets = TokenBuckets(120, 60)

            -->
        """
        self._seconds_per_token = seconds / size
        self._seconds = seconds
        self._clock = clock
        self._full_at: dict[str, float] = {}
        self._forget_at = clock() + seconds

    async def take(self, name: str) -> float:
        """Take a token.

        Args:
            name (str): Whose bucket it is taken from.

        Returns:
            float: 0 if there was one, else the seconds until there will be.

        Example:
            ```python
            import asyncio

            from shop.adapters.rate_limit import TokenBuckets

            buckets = TokenBuckets(120, 60)
            asyncio.run(buckets.take("acme"))
            # 0
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> buckets = TokenBuckets(120, 60)
            >>> asyncio.run(buckets.take("acme"))
            0

            -->
        """
        now = self._clock()
        if now >= self._forget_at:
            self._forget_full_buckets(now)
        full_at = max(self._full_at.get(name, now), now) + self._seconds_per_token
        wait = full_at - now - self._seconds
        # A fraction far below the resolution of the clock is an error of rounding.
        if wait > self._seconds_per_token * 1e-6:
            return wait
        self._full_at[name] = full_at
        return 0

    def _forget_full_buckets(self, now: float) -> None:
        """Free the memory of callers that have not asked for a while.

        Args:
            now (float): The time in seconds.

        Example:
            ```python
            import asyncio

            from shop.adapters.rate_limit import TokenBuckets

            buckets = TokenBuckets(1, 60, clock=lambda: 0.0)
            wait = asyncio.run(buckets.take("acme"))
            buckets._forget_full_buckets(61.0)
            len(buckets._full_at)
            # 0
            ```

            <!-- As a doctest:
            >>> import asyncio
            >>> buckets = TokenBuckets(1, 60, clock=lambda: 0.0)
            >>> wait = asyncio.run(buckets.take("acme"))
            >>> buckets._forget_full_buckets(61.0)
            >>> len(buckets._full_at)
            0

            -->
        """
        self._full_at = {
            name: full_at for name, full_at in self._full_at.items() if full_at > now
        }
        self._forget_at = now + self._seconds

"""Copies of what was read, for a while."""

from __future__ import annotations

import dataclasses
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclasses.dataclass(frozen=True, slots=True)
class Copy[V]:
    """A copy, and how long it may be used.

    Attributes:
        value: The copy.
        expires_at: Time of the clock at which it becomes too old.

    Example:
        ```python
        from shop.infrastructure.cache import Copy

        Copy("Ada", expires_at=12.5).value
        # 'Ada'
        ```

        <!-- As a doctest:
        >>> Copy("Ada", expires_at=12.5).value
        'Ada'

        -->
    """

    value: V
    expires_at: float


class TimedCache[K, V]:
    """Keeps a limited number of copies, each for a limited time.

    The copies live in the process: another one does not see when they are dropped here,
    so that its own may be as old as they can get.

    Example:
        ```python
        from shop.infrastructure.cache import TimedCache

        cache = TimedCache[str, int](size=100, seconds=30)
        cache.put("answer", 42)
        cache.get("answer")
        # 42
        ```

        <!-- As a doctest:
        >>> cache = TimedCache[str, int](size=100, seconds=30)
        >>> cache.put("answer", 42)
        >>> cache.get("answer")
        42

        -->
    """

    def __init__(
        self, size: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin empty.

        Args:
            size (int): How many copies are kept at most.
            seconds (float): How long a copy may be used.
            clock (Callable[[], float]): Tells the time in seconds.

        Example:
            ```python
            from shop.infrastructure.cache import TimedCache

            cache = TimedCache[str, int](size=1, seconds=30)
            cache.put("first", 1)
            cache.put("second", 2)
            print(cache.get("first"), cache.get("second"))
            # None 2
            ```

            <!-- As a doctest:
            >>> cache = TimedCache[str, int](size=1, seconds=30)
            >>> cache.put("first", 1)
            >>> cache.put("second", 2)
            >>> print(cache.get("first"), cache.get("second"))
            None 2

            -->
        """
        self._size = size
        self._seconds = seconds
        self._clock = clock
        self._copies: dict[K, Copy[V]] = {}
        self._drops = 0

    @property
    def drops(self) -> int:
        """Count what was dropped: a rise while an original is read makes it suspect.

        Returns:
            int: How often a copy was dropped, or would have been.

        Example:
            ```python
            from shop.infrastructure.cache import TimedCache

            cache = TimedCache[str, int](size=100, seconds=30)
            cache.invalidate("answer")
            cache.drops
            # 1
            ```

            <!-- As a doctest:
            >>> cache = TimedCache[str, int](size=100, seconds=30)
            >>> cache.invalidate("answer")
            >>> cache.drops
            1

            -->
        """
        return self._drops

    def get(self, key: K) -> V | None:
        """Look for a copy.

        Args:
            key (K): What it is a copy of.

        Returns:
            V | None: The copy, or nothing if there is none that may still be used.

        Example:
            ```python
            from shop.infrastructure.cache import TimedCache

            now = 0.0
            cache = TimedCache[str, int](size=100, seconds=30, clock=lambda: now)
            cache.put("answer", 42)
            now = 30.0
            print(cache.get("answer"))
            # None
            ```

            <!-- As a doctest:
            >>> now = 0.0
            >>> cache = TimedCache[str, int](size=100, seconds=30, clock=lambda: now)
            >>> cache.put("answer", 42)
            >>> now = 30.0
            >>> print(cache.get("answer"))
            None

            -->
        """
        copy = self._copies.get(key)
        if copy is None or copy.expires_at <= self._clock():
            return None
        return copy.value

    def put(self, key: K, value: V) -> None:
        """Keep a copy; the oldest one makes room for it.

        Args:
            key (K): What it is a copy of.
            value (V): The copy.

        Example:
            ```python
            from shop.infrastructure.cache import TimedCache

            cache = TimedCache[str, int](size=100, seconds=30)
            cache.put("answer", 41)
            cache.put("answer", 42)
            cache.get("answer")
            # 42
            ```

            <!-- As a doctest:
            >>> cache = TimedCache[str, int](size=100, seconds=30)
            >>> cache.put("answer", 41)
            >>> cache.put("answer", 42)
            >>> cache.get("answer")
            42

            -->
        """
        self._copies.pop(key, None)
        while len(self._copies) >= self._size:
            del self._copies[next(iter(self._copies))]
        self._copies[key] = Copy(value, self._clock() + self._seconds)

    def invalidate(self, key: K) -> None:
        """Drop a copy, because the original has changed.

        Args:
            key (K): What it is a copy of.

        Example:
            ```python
            from shop.infrastructure.cache import TimedCache

            cache = TimedCache[str, int](size=100, seconds=30)
            cache.put("answer", 42)
            cache.invalidate("answer")
            print(cache.get("answer"))
            # None
            ```

            <!-- As a doctest:
            >>> cache = TimedCache[str, int](size=100, seconds=30)
            >>> cache.put("answer", 42)
            >>> cache.invalidate("answer")
            >>> print(cache.get("answer"))
            None

            -->
        """
        self._drops += 1
        self._copies.pop(key, None)

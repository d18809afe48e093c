"""Tests of the copies that are kept for a while."""

from __future__ import annotations

from shop.infrastructure.cache import TimedCache


class Clock:
    """A clock that is moved by hand.

    Attributes:
        now: The time in seconds.
    """

    now = 0.0

    def __call__(self) -> float:
        """Tell the time.

        Returns:
            float: The time in seconds.
        """
        return self.now


def test_copy_is_found_until_it_is_dropped() -> None:
    """A dropped copy is gone, and dropping it again does no harm."""
    cache = TimedCache[str, int](size=2, seconds=10, clock=Clock())
    cache.put("a", 1)
    assert cache.get("a") == 1
    cache.invalidate("a")
    cache.invalidate("a")
    assert cache.get("a") is None


def test_drops_are_counted() -> None:
    """Whoever reads an original sees that it has changed, with a copy or without."""
    cache = TimedCache[str, int](size=2, seconds=10, clock=Clock())
    before = cache.drops
    cache.invalidate("a")
    assert cache.drops > before


def test_old_copy_is_not_used() -> None:
    """When its time is over, a copy is as good as none."""
    clock = Clock()
    cache = TimedCache[str, int](size=2, seconds=10, clock=clock)
    cache.put("a", 1)
    clock.now = 9.9
    assert cache.get("a") == 1
    clock.now = 10
    assert cache.get("a") is None


def test_oldest_copy_makes_room() -> None:
    """The number of copies is limited; a renewed one counts as new."""
    cache = TimedCache[str, int](size=2, seconds=10, clock=Clock())
    for key, value in [("a", 1), ("b", 2), ("a", 3), ("c", 4)]:
        cache.put(key, value)
    assert [cache.get(key) for key in "abc"] == [3, None, 4]

"""Tests of the limit of requests."""

from __future__ import annotations

from shop.adapters.rate_limit import TokenBuckets

ACME = "acme"
OTHER = "other"
THIRD = "third"


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


async def test_bucket_runs_empty() -> None:
    """After as many requests as there are tokens, the caller has to wait."""
    buckets = TokenBuckets(3, 60, Clock())
    assert [await buckets.take(ACME) for _ in range(4)] == [0, 0, 0, 20]


async def test_callers_do_not_share_a_bucket() -> None:
    """The eagerness of one caller does not slow the others down."""
    buckets = TokenBuckets(1, 60, Clock())
    await buckets.take(ACME)
    assert await buckets.take(ACME) > 0
    assert await buckets.take(OTHER) == 0


async def test_bucket_is_refilled() -> None:
    """Whoever waits as long as told gets a token, and not two of them."""
    clock = Clock()
    buckets = TokenBuckets(3, 1, clock)
    for _ in range(3):
        await buckets.take(ACME)
    clock.now += await buckets.take(ACME)
    assert await buckets.take(ACME) == 0
    assert await buckets.take(ACME) > 0


async def test_full_buckets_are_forgotten() -> None:
    """Callers that come and go do not fill the memory."""
    clock = Clock()
    buckets = TokenBuckets(2, 60, clock)
    await buckets.take(ACME)
    clock.now = 59
    await buckets.take(OTHER)
    assert buckets._full_at.keys() == {ACME, OTHER}
    clock.now = 60
    await buckets.take(THIRD)
    assert buckets._full_at.keys() == {OTHER, THIRD}
    clock.now = 119
    await buckets.take(ACME)
    assert buckets._full_at.keys() == {OTHER, THIRD, ACME}

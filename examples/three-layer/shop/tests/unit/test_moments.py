"""Tests of the helpers around moments in time."""

from __future__ import annotations

import datetime as dt

import pytest

from shop.infrastructure.moments import as_utc

NOON = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "moment",
    [
        NOON,
        NOON.replace(tzinfo=None),
        NOON.astimezone(dt.timezone(dt.timedelta(hours=5))),
    ],
)
def test_moment_is_expressed_in_utc(moment: dt.datetime) -> None:
    """Whatever the offset, the moment stays the same.

    Args:
        moment (dt.datetime): Noon in some notation.
    """
    assert as_utc(moment) == NOON
    assert as_utc(moment).tzinfo is dt.UTC

"""Helpers around moments in time."""

from __future__ import annotations

import datetime as dt


def as_utc(moment: dt.datetime) -> dt.datetime:
    """Express a moment in UTC.

    Args:
        moment: The moment; without an offset it is taken to be UTC already, which is
            how SQLite hands it back.

    Returns:
        The same moment with the offset of UTC.
    """
    if moment.tzinfo is None:
        return moment.replace(tzinfo=dt.UTC)
    return moment.astimezone(dt.UTC)

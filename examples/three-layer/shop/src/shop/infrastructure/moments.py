"""Helpers around moments in time."""

from __future__ import annotations

import datetime as dt


def as_utc(moment: dt.datetime) -> dt.datetime:
    """Express a moment in UTC.

    Args:
        moment (dt.datetime): The moment; without an offset it is taken to be UTC
            already, which is how SQLite hands it back.

    Returns:
        dt.datetime: The same moment with the offset of UTC.

    Example:
        ```python
        import datetime as dt

        from shop.infrastructure.moments import as_utc

        as_utc(dt.datetime.fromisoformat("2026-01-31T12:00:00+02:00")).isoformat()
        # '2026-01-31T10:00:00+00:00'
        ```

        <!-- As a doctest:
        >>> as_utc(dt.datetime.fromisoformat("2026-01-31T12:00:00+02:00")).isoformat()
        '2026-01-31T10:00:00+00:00'

        -->
    """
    if moment.tzinfo is None:
        return moment.replace(tzinfo=dt.UTC)
    return moment.astimezone(dt.UTC)

"""Measuring where processor time and memory go."""

from __future__ import annotations

import contextlib
import cProfile
import io
import pstats
import tracemalloc
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

LINES: Final = 20


@contextlib.contextmanager
def profiled(report: TextIO) -> Iterator[None]:
    """Measure what happens meanwhile; the report is written even after a failure.

    Args:
        report (TextIO): The open file that gets the report.

    Yields:
        None: Nothing; the work is done meanwhile.

    Example:
        ```python
        import io

        from shop.infrastructure.profiling import profiled

        report = io.StringIO()
        with profiled(report):
            numbers = sorted(range(1000))
        "function calls" in report.getvalue()
        # True
        ```

        <!-- As a doctest:
        >>> report = io.StringIO()
        >>> with profiled(report):
        ...     numbers = sorted(range(1000))
        >>> "function calls" in report.getvalue()
        True

        -->
    """
    profile = cProfile.Profile()
    tracemalloc.start()
    try:
        with profile:
            yield
    finally:
        memory = tracemalloc.take_snapshot()
        tracemalloc.stop()
        report.write(f"{time_spent(profile)}{memory_kept(memory)}\n")


def time_spent(profile: cProfile.Profile) -> str:
    """Tell which functions took the time, with all that they call.

    Args:
        profile (cProfile.Profile): What was measured.

    Returns:
        str: A table.

    Example:
        ```python
        import cProfile

        from shop.infrastructure.profiling import time_spent

        with cProfile.Profile() as profile:
            numbers = sorted(range(1000))
        "function calls" in time_spent(profile)
        # True
        ```

        <!-- As a doctest:
        >>> with cProfile.Profile() as profile:
        ...     numbers = sorted(range(1000))
        >>> "function calls" in time_spent(profile)
        True

        -->
    """
    table = io.StringIO()
    pstats.Stats(profile, stream=table).sort_stats("cumulative").print_stats(LINES)
    return table.getvalue()


def memory_kept(snapshot: tracemalloc.Snapshot) -> str:
    """Tell which lines asked for the memory that was in use at the end.

    Args:
        snapshot (tracemalloc.Snapshot): What was measured.

    Returns:
        str: A line of text for each line of code.

    Example:
        ```python
        import tracemalloc

        from shop.infrastructure.profiling import memory_kept

        tracemalloc.start()
        numbers = list(range(1000))
        report = memory_kept(tracemalloc.take_snapshot())
        tracemalloc.stop()
        "size=" in report
        # True
        ```

        <!-- As a doctest:
        >>> tracemalloc.start()
        >>> numbers = list(range(1000))
        >>> report = memory_kept(tracemalloc.take_snapshot())
        >>> tracemalloc.stop()
        >>> "size=" in report
        True

        -->
    """
    return "\n".join(str(line) for line in snapshot.statistics("lineno")[:LINES])

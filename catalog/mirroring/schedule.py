"""When a mirrored source is asked again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

__all__ = ["LONGEST_RETRY_AFTER", "Jitter", "next_check_at", "next_retry_at"]

Jitter = Callable[[float, float], float]
"""A number between two bounds, such as `random.uniform`."""

FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=6)
LONGEST_RETRY_AFTER = timedelta(hours=24)
EARLIEST_PART = 0.9
DOUBLINGS = 20


def next_check_at(*, now: datetime, interval: timedelta, jitter: Jitter) -> datetime:
    """When to look again after an answer; up to a tenth early, so that sources do not bunch."""
    return now + interval * jitter(EARLIEST_PART, 1.0)


def next_retry_at(
    *,
    now: datetime,
    interval: timedelta,
    failures: int,
    retry_after: timedelta | None,
    jitter: Jitter,
) -> datetime:
    """When to try again after `failures` in a row (1 = the first).

    The delay doubles from a minute to six hours, or to the interval where that is longer, and is
    shortened by up to half at random; what the server asks for in Retry-After comes on top.
    """
    longest = max(interval, LONGEST_DELAY)
    delay: timedelta = min(FIRST_DELAY * 2 ** min(failures - 1, DOUBLINGS), longest)
    asked = min(retry_after or timedelta(0), LONGEST_RETRY_AFTER)
    return now + asked + delay * jitter(0.5, 1.0)

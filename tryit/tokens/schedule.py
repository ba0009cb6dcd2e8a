"""When a token is renewed, and when a failed renewal is tried again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from portal import egress

__all__ = ["Jitter", "is_nearly_over", "next_attempt_at", "read_retry_after", "refresh_at"]

Jitter = Callable[[float, float], float]
"""A number between two bounds, such as `random.uniform`."""

LONG_LIFE = timedelta(minutes=10)
LEAST_MARGIN = timedelta(minutes=5)
LARGEST_JITTER_SECONDS = 60.0
LARGEST_INLINE_MARGIN = timedelta(seconds=60)
FIRST_DELAY_SECONDS = 4.0
LONGEST_DELAY_SECONDS = 60.0
LONGEST_DELAY_AFTER_EXPIRY_SECONDS = 300.0
LONGEST_RETRY_AFTER = timedelta(hours=1)
PATIENCE_AFTER_EXPIRY = timedelta(hours=1)


def refresh_at(
    *, obtained_at: datetime, expires_at: datetime, tick_seconds: float, jitter: Jitter
) -> datetime:
    """When the background renews a token (TOKENS.md of the design, "Renewal").

    A life of 10 minutes or more ends early by 5 minutes or a tenth, and up to a minute of jitter;
    a shorter one is renewed at 70 % of it. Never later than two ticks before the end, and never
    in the first half of the life.
    """
    life = max(expires_at - obtained_at, timedelta(0))
    if life >= LONG_LIFE:
        spread = timedelta(seconds=jitter(0.0, LARGEST_JITTER_SECONDS))
        wanted = expires_at - max(LEAST_MARGIN, life / 10) - spread
    else:
        wanted = obtained_at + life * 0.7
    latest = expires_at - timedelta(seconds=2 * tick_seconds)
    return max(min(wanted, latest), obtained_at + life / 2)


def is_nearly_over(*, obtained_at: datetime, expires_at: datetime, now: datetime) -> bool:
    """Whether less than a minute, or a fifth of the life, is left: the console renews first."""
    margin = min(LARGEST_INLINE_MARGIN, (expires_at - obtained_at) / 5)
    return expires_at - now < margin


def next_attempt_at(
    *,
    now: datetime,
    expires_at: datetime,
    attempts: int,
    retry_after: timedelta | None,
    jitter: Jitter,
) -> datetime | None:
    """When to try again after `attempts` failures (1 = the first); None = give up.

    The delay doubles from 4 s to a minute, to 5 minutes once the token is over, each time
    shortened by up to half at random; what the server asks for in Retry-After comes on top. An
    hour after the end of the token the user is asked instead.
    """
    if now >= expires_at + PATIENCE_AFTER_EXPIRY:
        return None
    longest = LONGEST_DELAY_SECONDS if now < expires_at else LONGEST_DELAY_AFTER_EXPIRY_SECONDS
    delay = min(FIRST_DELAY_SECONDS * 2 ** min(attempts - 1, 20), longest)
    asked = min(retry_after or timedelta(0), LONGEST_RETRY_AFTER)
    return now + max(asked, timedelta(0)) + timedelta(seconds=jitter(delay / 2, delay))


def read_retry_after(value: str | None, now: datetime) -> timedelta | None:
    """How long a server asks to wait, as far as the portal heeds it."""
    return egress.read_retry_after(value, now=now, longest=LONGEST_RETRY_AFTER)

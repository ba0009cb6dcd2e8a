"""What a server asks for in Retry-After."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

__all__ = ["read_retry_after"]


def read_retry_after(value: str | None, *, now: datetime, longest: timedelta) -> timedelta | None:
    """How long a server asks to wait, as seconds or as a date; None when it says nothing.

    Seconds are cut at `longest`. Source: RFC 9110, 10.2.3.
    """
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:12]), longest.total_seconds()))
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(moment - now, timedelta(0))

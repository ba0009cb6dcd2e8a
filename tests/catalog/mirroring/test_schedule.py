"""When a mirrored source is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from catalog.mirroring.schedule import next_check_at, next_retry_at

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def lowest(low: float, _high: float) -> float:
    """No luck."""
    return low


def highest(_low: float, high: float) -> float:
    """All luck."""
    return high


def test_next_check_is_up_to_a_tenth_early() -> None:
    assert next_check_at(now=NOW, interval=HOUR, jitter=lowest) == NOW + timedelta(minutes=54)
    assert next_check_at(now=NOW, interval=HOUR, jitter=highest) == NOW + HOUR


@pytest.mark.parametrize(
    ("failures", "minutes"), [(1, 1), (2, 2), (5, 16), (9, 256), (10, 360), (1000, 360)]
)
def test_delay_doubles_up_to_six_hours(failures: int, minutes: int) -> None:
    at = next_retry_at(now=NOW, interval=HOUR, failures=failures, retry_after=None, jitter=highest)

    assert at == NOW + timedelta(minutes=minutes)


def test_delay_is_shortened_by_up_to_half() -> None:
    at = next_retry_at(now=NOW, interval=HOUR, failures=2, retry_after=None, jitter=lowest)

    assert at == NOW + timedelta(minutes=1)


def test_rare_checks_are_not_made_more_often_by_failures() -> None:
    day = timedelta(days=1)

    at = next_retry_at(now=NOW, interval=day, failures=99, retry_after=None, jitter=highest)

    assert at == NOW + day


@pytest.mark.parametrize(
    ("asked", "hours"), [(timedelta(hours=2), 2), (timedelta(days=9), 24)], ids=["heeded", "cut"]
)
def test_retry_after_comes_on_top(asked: timedelta, hours: int) -> None:
    at = next_retry_at(now=NOW, interval=HOUR, failures=1, retry_after=asked, jitter=highest)

    assert at == NOW + timedelta(hours=hours, minutes=1)

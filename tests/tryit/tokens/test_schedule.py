"""When a token is renewed, and when a failed renewal is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tryit.tokens.schedule import is_nearly_over, next_attempt_at, read_retry_after, refresh_at

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def lowest(low: float, _high: float) -> float:
    return low


def highest(_low: float, high: float) -> float:
    return high


@pytest.mark.parametrize(
    ("life_seconds", "earliest_seconds", "latest_seconds"),
    [
        (3600, 3600 - 360 - 60, 3600 - 360),
        (86_400, 86_400 - 8640 - 60, 86_400 - 8640),
        (1800, 1800 - 300 - 60, 1800 - 300),
        (600, 300, 300),
        (660, 330, 360),
        (599, 419.3, 419.3),
        (90, 63, 63),
        (60, 40, 40),
        (40, 20, 20),
        (10, 5, 5),
        (0, 0, 0),
        (-5, 0, 0),
    ],
    ids=str,
)
def test_a_token_is_renewed_in_good_time(
    life_seconds: float, earliest_seconds: float, latest_seconds: float
) -> None:
    times = [
        refresh_at(
            obtained_at=NOW,
            expires_at=NOW + timedelta(seconds=life_seconds),
            tick_seconds=10,
            jitter=jitter,
        )
        for jitter in (highest, lowest)
    ]

    assert times == [
        NOW + timedelta(seconds=earliest_seconds),
        NOW + timedelta(seconds=latest_seconds),
    ]


@pytest.mark.parametrize(
    ("life_seconds", "left_seconds", "expected"),
    [
        (3600, 61, False),
        (3600, 59, True),
        (100, 21, False),
        (100, 19, True),
        (3600, -1, True),
    ],
)
def test_the_last_minute_or_fifth_is_nearly_over(
    life_seconds: int, left_seconds: int, expected: bool
) -> None:
    expires_at = NOW + timedelta(seconds=left_seconds)

    assert expected is is_nearly_over(
        obtained_at=expires_at - timedelta(seconds=life_seconds), expires_at=expires_at, now=NOW
    )


@pytest.mark.parametrize(
    ("attempts", "delay_seconds"),
    [(1, 4), (2, 8), (3, 16), (4, 32), (5, 60), (500, 60)],
)
def test_attempts_come_ever_later(attempts: int, delay_seconds: int) -> None:
    times = [
        next_attempt_at(
            now=NOW,
            expires_at=NOW + timedelta(seconds=1),
            attempts=attempts,
            retry_after=None,
            jitter=jitter,
        )
        for jitter in (lowest, highest)
    ]

    assert times == [
        NOW + timedelta(seconds=delay_seconds / 2),
        NOW + timedelta(seconds=delay_seconds),
    ]


def test_after_the_end_of_the_token_attempts_are_rare() -> None:
    again_at = next_attempt_at(
        now=NOW, expires_at=NOW, attempts=9, retry_after=None, jitter=highest
    )

    assert again_at == NOW + timedelta(minutes=5)


def test_an_hour_after_the_end_it_is_the_users_turn() -> None:
    again_at = next_attempt_at(
        now=NOW,
        expires_at=NOW - timedelta(hours=1),
        attempts=9,
        retry_after=None,
        jitter=highest,
    )

    assert again_at is None


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (timedelta(seconds=30), timedelta(seconds=34)),
        (timedelta(days=2), timedelta(hours=1, seconds=4)),
        (timedelta(seconds=-30), timedelta(seconds=4)),
    ],
    ids=["some", "too-long", "negative"],
)
def test_what_the_server_asks_for_comes_on_top(asked: timedelta, expected: timedelta) -> None:
    again_at = next_attempt_at(
        now=NOW,
        expires_at=NOW + timedelta(hours=1),
        attempts=1,
        retry_after=asked,
        jitter=highest,
    )

    assert again_at == NOW + expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("120", timedelta(seconds=120)),
        (" 0 ", timedelta(0)),
        ("9" * 30, timedelta(hours=1)),
        ("Sun, 01 Mar 2026 12:02:00 GMT", timedelta(minutes=2)),
        ("Sun, 01 Mar 2026 12:02:00 -0000", timedelta(minutes=2)),
        ("Sun, 01 Mar 2026 11:00:00 GMT", timedelta(0)),
        ("soon", None),
        ("-5", None),
        ("²", None),
    ],
    ids=str,
)
def test_retry_after_is_seconds_or_a_date(value: str | None, expected: timedelta | None) -> None:
    assert read_retry_after(value, NOW) == expected

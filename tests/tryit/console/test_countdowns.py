"""How long a token still lives."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.tryit.console_factories import NOW
from tryit.console.countdowns import build_countdown
from tryit.models import TokenState
from tryit.services.tokens import TokenView

TOKEN = TokenView(
    id=UUID(int=1),
    environment_slug="sandbox",
    environment_name="Sandbox",
    source="company-login",
    scheme="bearerToken",
    ends_in="x8Qk",
    account="demo",
    obtained_at=NOW - timedelta(minutes=15),
    expires_at=NOW + timedelta(minutes=45),
    refresh_at=None,
    is_renewable=False,
    state=TokenState.ACTIVE,
    last_error="",
    sent_only_to=(),
)


@pytest.mark.parametrize(
    ("left", "text", "tone", "percent"),
    [
        pytest.param(timedelta(minutes=45), "Valid for 45 min 0 s", "", 75, id="valid"),
        pytest.param(timedelta(seconds=299), "Valid for 4 min 59 s", "soon", 25, id="soon over"),
        pytest.param(timedelta(0), "Expired at 12:00 UTC", "over", 0, id="over"),
    ],
)
def test_countdown_says_what_is_left(left: timedelta, text: str, tone: str, percent: int) -> None:
    token = replace(TOKEN, expires_at=NOW + left)

    countdown = build_countdown(token, now=NOW)

    assert countdown is not None
    assert (countdown.text, countdown.tone, countdown.percent) == (text, tone, percent)


def test_token_without_known_end_has_none() -> None:
    assert build_countdown(replace(TOKEN, expires_at=None), now=NOW) is None

"""How long a token still lives: words first, a bar second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from tryit.services.tokens import TokenView
from tryit.wording import duration

__all__ = ["Countdown", "build_countdown"]

SOON_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Countdown:
    """The life of a token as shown; `tone` is "", "soon" or "over", `percent` what is left."""

    text: str
    tone: str
    percent: int
    expires_at: datetime
    obtained_at: datetime


def build_countdown(token: TokenView, *, now: datetime) -> Countdown | None:
    """The countdown of a token; None when nobody knows its end."""
    if token.expires_at is None:
        return None
    left = (token.expires_at - now).total_seconds()
    life = max(1.0, (token.expires_at - token.obtained_at).total_seconds())
    return Countdown(
        text=_text(left, token.expires_at),
        tone="over" if left <= 0 else "soon" if left < SOON_SECONDS else "",
        percent=round(max(0.0, min(1.0, left / life)) * 100),
        expires_at=token.expires_at,
        obtained_at=token.obtained_at,
    )


def _text(left: float, expires_at: datetime) -> str:
    if left <= 0:
        at = expires_at.astimezone(UTC).strftime("%H:%M UTC")
        return _("Expired at %(time)s") % {"time": at}
    return _("Valid for %(duration)s") % {"duration": duration(int(left))}

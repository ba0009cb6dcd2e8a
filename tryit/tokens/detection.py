"""Finding the token in a login's answer, and how long it lives."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import assert_never

from catalog.openapi.json_values import JSONValue
from catalog.token_settings import ExpirySetting, ExpiryUnit, LoginSettings
from tryit.tokens.answers import Answer
from tryit.tokens.json_web_tokens import read_claims, read_expiry

__all__ = [
    "FoundToken",
    "detect_token",
    "find_account",
    "find_declared_token",
    "find_token_text",
]

# Names without regard to case and underscores, the best one first: an id_token only serves when
# nothing else is there, since APIs expect the access token.
TOKEN_NAMES = ("accesstoken", "token", "jwt", "idtoken")
LIFETIME_NAMES = ("expiresin",)
ACCOUNT_NAMES = ("username", "user", "login", "email", "account", "clientid", "userid")
SHORTEST_TOKEN = 8
NODES_LOOKED_AT = 20_000
LONGEST_LIFE = timedelta(days=3650)
ACCOUNT_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class FoundToken:
    """An access token and when it ends, by what the answer says."""

    value: str = field(repr=False)
    expires_at: datetime


def find_declared_token(
    answer: Answer, settings: LoginSettings, *, now: datetime
) -> FoundToken | None:
    """The token where the source's settings say it is; detected where they leave it open."""
    if settings.token is None:
        token = find_token_text(answer.body)
    else:
        token = _trimmed(answer.find_text(settings.token))
    if token is None:
        return None
    return FoundToken(token, _expiry_of(token, answer=answer, settings=settings, now=now))


def detect_token(answer: Answer, *, lifetime_seconds: int, now: datetime) -> FoundToken | None:
    """The token of an answer nobody described, as `find_token_text` finds it."""
    token = find_token_text(answer.body)
    if token is None:
        return None
    fallback = now + timedelta(seconds=lifetime_seconds)
    stated = _stated_expiry(answer.body, now)
    return FoundToken(token, stated or _own_expiry(token, now) or fallback)


def find_token_text(body: JSONValue) -> str | None:
    """The token in a body nobody described, at any depth; None when there is none.

    Looks for `access_token`, `accessToken`, `token`, `jwt` and `id_token`, the outermost first,
    and for a body that is nothing but a JWT.
    """
    if isinstance(body, str):
        return body if read_claims(body) is not None else None
    found: list[tuple[bool, int, int, str]] = []
    for depth, key, value in _walk(body):
        token = _trimmed(value)
        if key in TOKEN_NAMES and token is not None:
            rank = TOKEN_NAMES.index(key)
            found.append((key == "idtoken", depth, rank, token))
    return min(found, key=lambda one: one[:3])[3] if found else None


def find_account(login_body: JSONValue) -> str:
    """Who logs in with this body, as pages show it; "" when it does not say."""
    for name in ACCOUNT_NAMES:
        for _, key, value in _walk(login_body):
            if key == name and isinstance(value, str):
                shown = "".join(letter for letter in value if letter.isprintable())
                return shown.strip()[:ACCOUNT_CHARACTERS]
    return ""


def _trimmed(value: JSONValue) -> str | None:
    """The token alone; None for what cannot be one."""
    if not isinstance(value, str):
        return None
    token = value.strip()
    if token[:7].lower() == "bearer ":
        token = token[7:].strip()
    usable = len(token) >= SHORTEST_TOKEN and token.isascii() and token.isprintable()
    return token if usable and " " not in token else None


def _expiry_of(token: str, *, answer: Answer, settings: LoginSettings, now: datetime) -> datetime:
    """The first that is there: declared, `expires_in`, the JWT's own, the source's lifetime."""
    declared = _declared_expiry(answer, settings.expires, now)
    fallback = now + timedelta(seconds=settings.lifetime_seconds)
    return declared or _stated_expiry(answer.body, now) or _own_expiry(token, now) or fallback


def _declared_expiry(
    answer: Answer, setting: ExpirySetting | None, now: datetime
) -> datetime | None:
    if setting is None:
        return None
    value = answer.find_in_body(setting.at)
    match setting.unit:
        case ExpiryUnit.SECONDS:
            return _after(now, _number(value))
        case ExpiryUnit.MILLISECONDS:
            number = _number(value)
            return _after(now, None if number is None else number / 1000)
        case ExpiryUnit.DATE:
            return _ahead(_date(value), now)
        case _:
            assert_never(setting.unit)


def _stated_expiry(body: JSONValue, now: datetime) -> datetime | None:
    for _, key, value in _walk(body):
        if key in LIFETIME_NAMES and (expiry := _after(now, _number(value))):
            return expiry
    return None


def _own_expiry(token: str, now: datetime) -> datetime | None:
    return _ahead(read_expiry(token), now)


def _after(now: datetime, seconds: float | None) -> datetime | None:
    if seconds is None or seconds <= 0:
        return None
    return now + timedelta(seconds=min(seconds, LONGEST_LIFE.total_seconds()))


def _ahead(moment: datetime | None, now: datetime) -> datetime | None:
    """A moment in the future; one that is over says that a clock is wrong, not when it ends."""
    if moment is None or moment <= now:
        return None
    return min(moment, now + LONGEST_LIFE)


def _number(value: JSONValue) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _date(value: JSONValue) -> datetime | None:
    """A date as ISO 8601, as HTTP writes it, or as seconds (or milliseconds) since 1970."""
    number = _number(value)
    if number is not None:
        return _moment(number)
    if not isinstance(value, str):
        return None
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(value.strip())
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def _moment(number: float) -> datetime | None:
    seconds = number / 1000 if number > 1e11 else number
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _walk(body: JSONValue) -> Iterator[tuple[int, str, JSONValue]]:
    """Every member of every object as (depth, plain name, value), the outermost first."""
    waiting: deque[tuple[int, JSONValue]] = deque([(0, body)])
    for _ in range(NODES_LOOKED_AT):
        if not waiting:
            return
        depth, value = waiting.popleft()
        if isinstance(value, list):
            waiting.extend((depth + 1, member) for member in value)
        elif isinstance(value, dict):
            for name, member in value.items():
                yield depth, _plain(name), member
                waiting.append((depth + 1, member))


def _plain(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()

"""What a renewal came to: a new token, another attempt later, or the user's turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from catalog.token_settings import DEFAULT_LIFETIME_SECONDS, LoginSettings
from portal.egress import EgressError, Response
from tryit.tokens.answers import read_answer
from tryit.tokens.detection import FoundToken, detect_token, find_declared_token
from tryit.tokens.schedule import read_retry_after

__all__ = [
    "Failure",
    "FailureKind",
    "failure_of_error",
    "find_token_in_response",
    "judge_response",
    "parse_failure",
]

REFUSED_BY_PORTAL = frozenset({"refused_by_policy", "invalid_request"})
TEMPORARY_STATUSES = frozenset({408, 425, 429})


class FailureKind(StrEnum):
    """Why a renewal failed."""

    REFUSED = "refused"
    SERVER_ERROR = "server_error"
    TOO_MANY_REQUESTS = "too_many_requests"
    NO_TOKEN = "no_token"  # noqa: S105 - the name of a failure
    UNREACHABLE = "unreachable"
    NOT_ALLOWED = "not_allowed"
    MOVED = "moved"
    CANNOT_OPEN = "cannot_open"


@dataclass(frozen=True, slots=True)
class Failure:
    """A renewal that brought no token.

    `detail` is a status code or the kind of a network error, "" for the rest. `can_retry` False
    means that another attempt would only lock the user's account: it is their turn.
    """

    kind: FailureKind
    detail: str = ""
    can_retry: bool = False
    retry_after: timedelta | None = None

    def __str__(self) -> str:
        return f"{self.kind}:{self.detail}" if self.detail else str(self.kind)


def parse_failure(text: str) -> Failure | None:
    """A failure as a row keeps it (`str(failure)`), to be put into words; None for no failure."""
    kind, _, detail = text.partition(":")
    return Failure(FailureKind(kind), detail) if kind in set(FailureKind) else None


def failure_of_error(error: EgressError) -> Failure:
    """The failure behind a request that got no answer."""
    kind = str(error.kind)
    if kind in REFUSED_BY_PORTAL:
        return Failure(FailureKind.NOT_ALLOWED, kind)
    return Failure(FailureKind.UNREACHABLE, kind, can_retry=True)


def judge_response(
    response: Response, settings: LoginSettings | None, *, now: datetime
) -> FoundToken | Failure:
    """The token of a login's response, or why there is none.

    A success without a token may be another server answering in its place, such as a page about
    maintenance: it is tried again, as are 5xx, 408, 425 and 429. All else is a refusal.
    """
    status = response.status
    if 200 <= status < 300:
        found = find_token_in_response(response, settings, now=now)
        return found or Failure(FailureKind.NO_TOKEN, can_retry=True)
    if status < 500 and status not in TEMPORARY_STATUSES:
        return Failure(FailureKind.REFUSED, str(status))
    is_limit = status == 429
    kind = FailureKind.TOO_MANY_REQUESTS if is_limit else FailureKind.SERVER_ERROR
    answer = read_answer(status, response.headers, b"")
    wait = read_retry_after(answer.find_header("Retry-After"), now)
    return Failure(kind, str(status), can_retry=True, retry_after=wait)


def find_token_in_response(
    response: Response, settings: LoginSettings | None, *, now: datetime
) -> FoundToken | None:
    """The token of a 2xx response: where it is declared to be, detected without settings."""
    answer = read_answer(response.status, response.headers, response.body)
    if not answer.is_success:
        return None
    if settings is not None:
        return find_declared_token(answer, settings, now=now)
    return detect_token(answer, lifetime_seconds=DEFAULT_LIFETIME_SECONDS, now=now)

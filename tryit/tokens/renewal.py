"""Renewing tokens before they expire: claim a row, log in again, write the result if it is ours.

The database is the truth. Whoever renews first moves the row's version on and leases it; the
result is written only while the row still has that version. After a killed worker or a lost
message the lease runs out and the row is claimed again (TOKENS.md of the design, "Renewal").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from catalog.targets import egress_limits
from portal.egress import EgressError, Limits, Request, Response, Target
from tryit.models import Heartbeat, SessionToken, TokenState
from tryit.tokens.detection import FoundToken
from tryit.tokens.jar_life import jar_is_alive
from tryit.tokens.kept_logins import RENEWED, find_kept_login
from tryit.tokens.login_requests import LoginMoved, build_login_again, find_login_settings
from tryit.tokens.outcomes import Failure, FailureKind, failure_of_error, judge_response
from tryit.tokens.schedule import Jitter, next_attempt_at, refresh_at
from tryit.tokens.storage import Secrets, linked_origins, open_secrets, write_claimed

__all__ = [
    "HEARTBEAT",
    "ClaimedToken",
    "Send",
    "claim_due_tokens",
    "claim_token",
    "login_limits",
    "record_heartbeat",
    "renew_claimed",
    "schedule_refresh",
]

logger = structlog.get_logger(__name__)

HEARTBEAT = "renewal"
LOGIN_SECONDS = 30
# Longer than a login may take; short enough that a killed worker's tokens are still renewed.
LEASE = timedelta(seconds=LOGIN_SECONDS + 15)


class Send(Protocol):
    """`portal.egress.send`, or what a test puts in its place."""

    def __call__(self, request: Request, *, target: Target, limits: Limits) -> Response:
        """The response; raises EgressError when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class ClaimedToken:
    """A row that is ours to renew as long as it has this version."""

    id: UUID
    version: int


def claim_due_tokens(*, now: datetime, limit: int = 500) -> list[ClaimedToken]:
    """Take the tokens whose time has come, the most urgent first, at most `limit` of them."""
    with transaction.atomic():
        due = (
            SessionToken.objects.filter(_is_free(now), jar_is_alive(now, path="jar__"))
            .filter(state=TokenState.ACTIVE, refresh_at__lte=now)
            .order_by("refresh_at")
        )
        rows = _locked(due).only("id", "version")[:limit]
        claims = [claim_token(row, now=now) for row in rows]
    return [claim for claim in claims if claim is not None]


def claim_token(row: SessionToken, *, now: datetime) -> ClaimedToken | None:
    """Take one token to renew it at once; None when somebody else renews or has written it."""
    claimed = SessionToken.objects.filter(_is_free(now), id=row.id, version=row.version).update(
        version=F("version") + 1, lease_until=now + LEASE
    )
    return ClaimedToken(row.id, row.version + 1) if claimed else None


def renew_claimed(claim: ClaimedToken, *, now: datetime, send: Send, jitter: Jitter) -> bool:
    """Log in again for a claimed token and keep the result; whether there is a new token.

    Does nothing when the row has another version by now, its session is over or it is gone. Never
    raises for what a server answers: the row says why it was not renewed.
    """
    row = _find_claimed(claim, now)
    if row is None:
        return False
    secrets = open_secrets(row)
    outcome = _log_in_again(row, secrets, now=now, send=send)
    if isinstance(outcome, FoundToken):
        return _keep(row, secrets or {}, outcome, now=now, jitter=jitter)
    _note_failure(row, outcome, now=now, jitter=jitter)
    return False


def schedule_refresh(*, obtained_at: datetime, expires_at: datetime, jitter: Jitter) -> datetime:
    """When to renew, with the tick of this installation."""
    return refresh_at(
        obtained_at=obtained_at,
        expires_at=expires_at,
        tick_seconds=settings.RENEW_TICK_SECONDS,
        jitter=jitter,
    )


def login_limits() -> Limits:
    """The limits of a login: shorter than a user's own request, so that leases can be short."""
    limits = egress_limits()
    return replace(
        limits,
        first_byte_seconds=min(limits.first_byte_seconds, LOGIN_SECONDS),
        total_seconds=min(limits.total_seconds, LOGIN_SECONDS),
    )


def record_heartbeat(*, now: datetime) -> None:
    """Note that the renewer did its round; /readyz shows when it last did."""
    Heartbeat.objects.update_or_create(name=HEARTBEAT, defaults={"beat_at": now})


def _is_free(now: datetime) -> Q:
    return Q(lease_until=None) | Q(lease_until__lte=now)


def _locked(rows: QuerySet[SessionToken]) -> QuerySet[SessionToken]:
    """Let two claimers take different rows; SQLite has one writer at a time anyway."""
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(skip_locked=True, of=("self",))
    return rows


def _find_claimed(claim: ClaimedToken, now: datetime) -> SessionToken | None:
    mine = SessionToken.objects.filter(id=claim.id, version=claim.version)
    # The task may have waited in the queue: the lease begins now, if it is still ours.
    if not mine.update(lease_until=now + LEASE):
        return None
    rows = mine.filter(jar_is_alive(now, path="jar__"))
    return rows.select_related("jar", "environment", "token_source").first()


def _log_in_again(
    row: SessionToken, secrets: Secrets | None, *, now: datetime, send: Send
) -> FoundToken | Failure:
    if secrets is None:
        return Failure(FailureKind.CANNOT_OPEN)
    kept = find_kept_login(secrets)
    if kept is None or not _still_linked(row):
        return Failure(FailureKind.MOVED)
    try:
        login = build_login_again(kept, source=row.token_source, environment=row.environment)
        response = send(login.request, target=login.target, limits=login_limits())
    except LoginMoved:
        return Failure(FailureKind.MOVED)
    except EgressError as error:
        return failure_of_error(error)
    return judge_response(response, find_login_settings(row.token_source), now=now)


def _still_linked(row: SessionToken) -> bool:
    """Whether any server the token may go to still uses its source."""
    linked = linked_origins(row.token_source, row.environment)
    return bool(set(linked) & set(row.allowed_origins))


def _keep(
    row: SessionToken, secrets: Secrets, found: FoundToken, *, now: datetime, jitter: Jitter
) -> bool:
    written = write_claimed(
        row,
        version=row.version,
        secrets={**secrets, "access_token": found.value, RENEWED: True},
        obtained_at=now,
        expires_at=found.expires_at,
        refresh_at=schedule_refresh(obtained_at=now, expires_at=found.expires_at, jitter=jitter),
        state=TokenState.ACTIVE,
        lease_until=None,
        attempts=0,
        last_error="",
    )
    if written:
        logger.info("token_renewed", token=str(row.id), source=row.token_source.slug)
    return written


def _note_failure(row: SessionToken, failure: Failure, *, now: datetime, jitter: Jitter) -> None:
    again_at = None
    if failure.can_retry and row.state == TokenState.ACTIVE:
        again_at = next_attempt_at(
            now=now,
            expires_at=row.expires_at or now,
            attempts=row.attempts + 1,
            retry_after=failure.retry_after,
            jitter=jitter,
        )
    written = write_claimed(
        row,
        version=row.version,
        refresh_at=again_at,
        state=TokenState.ACTIVE if again_at else TokenState.NEEDS_SIGN_IN,
        lease_until=None,
        attempts=row.attempts + 1,
        last_error=str(failure),
    )
    if written:
        facts = {"token": str(row.id), "source": row.token_source.slug, "failure": str(failure)}
        logger.warning("token_renewal_failed", attempts=row.attempts, **facts)

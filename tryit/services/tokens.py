"""The tokens of a session: showing, forgetting and renewing them."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy

from catalog.models import Environment, TokenSourceKind, Version
from tryit.masking import HIDDEN, mask_value
from tryit.models import SessionToken, TokenJar, TokenState
from tryit.tokens.kept_logins import find_kept_login, is_renewed
from tryit.tokens.renewal import Send, claim_token, renew_claimed
from tryit.tokens.schedule import Jitter, is_nearly_over
from tryit.tokens.storage import Secrets, open_secrets
from tryit.tokens.wording import describe_failure

__all__ = [
    "REAL_PACE",
    "NotRenewable",
    "Pace",
    "TokenError",
    "TokenNotFound",
    "TokenOrigin",
    "TokenView",
    "ensure_fresh",
    "find_token_view",
    "forget_token",
    "list_tokens",
    "renew_now",
    "view_token",
]

LONGEST_WAIT = timedelta(seconds=5)
POLL_SECONDS = 0.1


class TokenOrigin(StrEnum):
    """Where a token comes from, which is what its time means."""

    PASTED = "pasted"
    OBTAINED = "obtained"
    RENEWED = "renewed"

    @property
    def label(self) -> str:
        """The words before the time."""
        return str(ORIGIN_LABELS[self])


ORIGIN_LABELS = {
    TokenOrigin.PASTED: gettext_lazy("Pasted at"),
    TokenOrigin.OBTAINED: gettext_lazy("Obtained at"),
    TokenOrigin.RENEWED: gettext_lazy("Last renewed"),
}


class TokenError(Exception):
    """Base of what can be wrong with a user's wish about a token.

    TokenError
    ├── TokenNotFound: not in this jar (any more)
    └── NotRenewable: nobody agreed to a renewal
    """


class TokenNotFound(TokenError):
    """The jar holds no such token."""


class NotRenewable(TokenError):
    """The token has no kept login: only the user can obtain a new one."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Chance and patience: a number between two bounds, and waiting for some seconds."""

    jitter: Jitter
    wait: Callable[[float], None]


REAL_PACE = Pace(jitter=random.uniform, wait=time.sleep)


@dataclass(frozen=True, slots=True)
class TokenView:
    """A token as pages and the REST API show it: never the token itself.

    `ends_in` is "" for tokens too short to show any of. `expires_at` is None when nobody knows.
    `last_error` is a sentence for people, "" without one. `sent_only_to` are origins.
    """

    id: UUID
    environment_slug: str
    environment_name: str
    source: str
    scheme: str
    ends_in: str
    account: str
    obtained_at: datetime
    expires_at: datetime | None
    refresh_at: datetime | None
    is_renewable: bool
    state: TokenState
    last_error: str
    sent_only_to: tuple[str, ...]
    origin: TokenOrigin = TokenOrigin.OBTAINED


def list_tokens(jar: TokenJar | None) -> list[TokenView]:
    """All tokens of a session, by environment and source. Two queries."""
    if jar is None:
        return []
    rows = (
        SessionToken.objects.filter(jar=jar)
        .select_related("environment", "token_source")
        .prefetch_related("token_source__bindings")
        .order_by("environment__order", "environment__name", "token_source__slug")
    )
    return [view_token(row) for row in rows]


def find_token_view(
    *, jar: TokenJar | None, version: Version, environment: Environment, scheme: str
) -> TokenView | None:
    """The token behind a security scheme of a version; None when the session has none."""
    if jar is None:
        return None
    rows = SessionToken.objects.filter(
        jar=jar,
        environment=environment,
        token_source__bindings__version=version,
        token_source__bindings__scheme=scheme,
    )
    row = rows.select_related("environment", "token_source").first()
    return None if row is None else view_token(row, scheme=scheme)


def view_token(row: SessionToken, *, scheme: str = "") -> TokenView:
    """A row as people may see it; `scheme` is the scheme they look at it through."""
    secrets = open_secrets(row)
    state = TokenState(row.state) if secrets is not None else TokenState.NEEDS_SIGN_IN
    return TokenView(
        id=row.id,
        environment_slug=row.environment.slug,
        environment_name=row.environment.name,
        source=row.token_source.slug,
        scheme=scheme or _find_scheme(row),
        ends_in=_end_of_token(secrets or {}),
        account=row.account,
        obtained_at=row.obtained_at,
        expires_at=row.expires_at,
        refresh_at=row.refresh_at,
        is_renewable=_is_renewable(secrets),
        state=state,
        last_error=describe_failure("cannot_open" if secrets is None else row.last_error),
        sent_only_to=tuple(row.allowed_origins),
        origin=_find_origin(row, secrets or {}),
    )


def forget_token(*, jar: TokenJar | None, token_id: UUID) -> None:
    """Delete a token with all that could renew it. Raises TokenNotFound.

    A renewal under way finds no row to write to, so nothing comes back.
    """
    if not SessionToken.objects.filter(jar=jar, id=token_id).delete()[0]:
        raise TokenNotFound(str(token_id))


def renew_now(
    *,
    jar: TokenJar | None,
    token_id: UUID,
    now: datetime,
    send: Send,
    pace: Pace = REAL_PACE,
) -> TokenView:
    """Renew a token because the user asks for it, also one that waits for their sign-in.

    The view says in `last_error` when it failed. Raises TokenNotFound and NotRenewable.
    """
    row = _get_row(jar, token_id)
    if not _is_renewable(open_secrets(row)):
        raise NotRenewable(str(token_id))
    _renew_or_wait(row, now=now, send=send, pace=pace)
    return view_token(_get_row(jar, token_id))


def ensure_fresh(
    *,
    jar: TokenJar | None,
    version: Version,
    environment: Environment,
    now: datetime,
    send: Send,
    pace: Pace = REAL_PACE,
) -> None:
    """Renew, before a request is sent, the tokens of a version that are nearly or quite over.

    Waits up to 5 s for a renewal under way instead of starting a second one. A failure is not
    raised: the request then goes out with the token there is, and the row says what is wrong.
    """
    if jar is None:
        return
    rows = SessionToken.objects.filter(
        jar=jar,
        environment=environment,
        token_source__in=version.bindings.values("token_source"),
        state=TokenState.ACTIVE,
        refresh_at__isnull=False,
    )
    for row in rows:
        if _should_be_renewed(row, now):
            _renew_or_wait(row, now=now, send=send, pace=pace)


def _should_be_renewed(row: SessionToken, now: datetime) -> bool:
    if row.expires_at is None or row.refresh_at is None:
        return False
    # After a failure the next attempt has a time of its own, which the server may have asked for.
    may_try = row.attempts == 0 or row.refresh_at <= now
    return may_try and is_nearly_over(
        obtained_at=row.obtained_at, expires_at=row.expires_at, now=now
    )


def _renew_or_wait(row: SessionToken, *, now: datetime, send: Send, pace: Pace) -> None:
    claim = claim_token(row, now=now)
    if claim is not None:
        renew_claimed(claim, now=now, send=send, jitter=pace.jitter)
        return
    waited = timedelta(0)
    leased = SessionToken.objects.filter(id=row.id, lease_until__gt=now)
    while waited < LONGEST_WAIT and leased.exists():
        pace.wait(POLL_SECONDS)
        waited += timedelta(seconds=POLL_SECONDS)


def _get_row(jar: TokenJar | None, token_id: UUID) -> SessionToken:
    rows = SessionToken.objects.filter(jar=jar, id=token_id)
    row = rows.select_related("environment", "token_source").first()
    if row is None:
        raise TokenNotFound(str(token_id))
    return row


def _find_scheme(row: SessionToken) -> str:
    source = row.token_source
    if source.kind == TokenSourceKind.IMPLICIT:
        return source.slug.partition(".")[2]
    schemes = sorted(binding.scheme for binding in source.bindings.all())
    return schemes[0] if schemes else ""


def _find_origin(row: SessionToken, secrets: Secrets) -> TokenOrigin:
    if is_renewed(secrets):
        return TokenOrigin.RENEWED
    return TokenOrigin.OBTAINED if row.token_endpoint_origin else TokenOrigin.PASTED


def _end_of_token(secrets: Secrets) -> str:
    return mask_value(str(secrets.get("access_token", ""))).removeprefix(HIDDEN)


def _is_renewable(secrets: Secrets | None) -> bool:
    return secrets is not None and find_kept_login(secrets) is not None

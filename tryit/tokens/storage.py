"""Rows of tokens: finding, writing and deleting them, and the origins they are bound to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import IntegrityError, transaction

from catalog.models import Environment, Server, TokenSource
from catalog.openapi.json_values import JSONValue
from portal.egress import EgressError, origin_of
from portal.fields import SealedBytes
from tryit.models import SessionToken, TokenJar
from tryit.tokens.kept_logins import without_kept_login

__all__ = [
    "Secrets",
    "TokenPlace",
    "change_token",
    "delete_secret",
    "find_token",
    "linked_origins",
    "open_secrets",
    "seal_secrets",
    "write_claimed",
]

Secrets = dict[str, JSONValue]
"""What a row keeps sealed: see `SessionToken`."""

WRITE_ATTEMPTS = 5
WRITTEN_FIELDS = (
    "account",
    "token_endpoint_origin",
    "allowed_origins",
    "obtained_at",
    "expires_at",
    "refresh_at",
    "state",
    "lease_until",
    "spent_at",
    "attempts",
    "last_error",
)


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Where a token lies: one jar, one environment, one source."""

    jar: TokenJar
    environment: Environment
    source: TokenSource


def find_token(place: TokenPlace) -> SessionToken | None:
    """The row of a place."""
    return SessionToken.objects.filter(
        jar=place.jar, environment=place.environment, token_source=place.source
    ).first()


def linked_origins(source: TokenSource, environment: Environment) -> tuple[str, ...]:
    """The origins of all servers that use this source in this environment, sorted."""
    urls = Server.objects.filter(
        environment=environment, version__bindings__token_source=source
    ).values_list("url", flat=True)
    return tuple(sorted({origin for url in urls if (origin := _find_origin(url))}))


def open_secrets(row: SessionToken) -> Secrets | None:
    """The row's secrets; None when they do not open here, which means: sign in again."""
    value = row.secrets
    return dict(value) if isinstance(value, dict) else None


def seal_secrets(row: SessionToken, secrets: Secrets) -> SealedBytes:
    """Secrets sealed for exactly this row, as `update` takes them."""
    return SessionToken._meta.get_field("secrets").seal(row, secrets)


def change_token(
    place: TokenPlace, change: Callable[[SessionToken, Secrets], Secrets], *, now: datetime
) -> SessionToken:
    """Write what the user wants into the row of a place, made when missing.

    `change` sets the row's fields, gets its secrets and returns the new ones. The user goes before
    a renewal under way: the row's version moves on, so that the renewal's result is dropped.
    Raises SessionInterrupted when the jar is gone, as after signing out in another tab.
    """
    written: list[SessionToken] = []

    def attempt() -> bool:
        found = find_token(place)
        row = found or _new_row(place, now)
        secrets = change(row, open_secrets(row) or {})
        values = {name: getattr(row, name) for name in WRITTEN_FIELDS}
        written[:] = [row]
        if found is None:
            return _insert(row, secrets)
        return write_claimed(row, version=row.version, secrets=secrets, **values)

    _until_written(attempt)
    return written[0]


def delete_secret(place: TokenPlace, name: str) -> None:
    """Take a secret out of the row of a place, if there is one; an empty row goes.

    With the access token goes all that could bring it back.
    """

    def attempt() -> bool:
        row = find_token(place)
        if row is None:
            return True
        kept = open_secrets(row) or {}
        kept.pop(name, None)
        changes: dict[str, Any] = {}
        if name == "access_token":
            kept = without_kept_login(kept)
            changes = {"expires_at": None, "refresh_at": None}
        if kept:
            return write_claimed(row, version=row.version, secrets=kept, **changes)
        same = SessionToken.objects.filter(id=row.id, version=row.version)
        return bool(same.delete()[0])

    _until_written(attempt)


def write_claimed(
    row: SessionToken, *, version: int, secrets: Secrets | None = None, **values: Any
) -> bool:
    """Write into a row only if it still has this version, which then moves on.

    False: somebody else wrote since, or the row is gone with its session.
    """
    if secrets is not None:
        values["secrets"] = seal_secrets(row, secrets)
    written = SessionToken.objects.filter(id=row.id, version=version).update(
        version=version + 1, **values
    )
    if not written:
        return False
    row.version = version + 1
    for name, value in values.items():
        setattr(row, name, value)
    return True


def _find_origin(url: str) -> str:
    try:
        return origin_of(url)
    except EgressError:  # nothing can be sent there either
        return ""


def _until_written(attempt: Callable[[], bool]) -> None:
    """Try again when another writer was faster, which happens once or twice at most."""
    for _ in range(WRITE_ATTEMPTS):
        if attempt():
            return
    raise SessionInterrupted("the session was ended in another tab")


def _new_row(place: TokenPlace, now: datetime) -> SessionToken:
    return SessionToken(
        jar=place.jar,
        environment=place.environment,
        token_source=place.source,
        obtained_at=now,
    )


def _insert(row: SessionToken, secrets: Secrets) -> bool:
    row.secrets = secrets
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # another tab was first, or the jar is gone
        return False
    return True

"""API tokens: issuing, recognizing and revoking them, and the session each has of its own."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY as USER_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from portal.accounts.models import APIToken, Scope, User

__all__ = [
    "PREFIX",
    "find_api_token",
    "issue_api_token",
    "note_use",
    "open_session",
    "revoke_api_token",
]

# Lets people and secret scanners tell what it is.
PREFIX = "portico_"
TOKEN_BYTES = 32
USE_INTERVAL = timedelta(minutes=1)


def issue_api_token(
    user: User, *, scopes: Iterable[Scope], lifetime: timedelta, name: str = "", now: datetime
) -> tuple[APIToken, str]:
    """Make a token for a user: the row, and the token itself, which is shown only now."""
    token = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    row = APIToken.objects.create(
        user=user,
        name=name,
        sha256=_digest(token),
        ends_in=token[-4:],
        scopes=sorted(set(scopes)),
        created_at=now,
        expires_at=now + lifetime,
    )
    return row, token


def find_api_token(token: str) -> APIToken | None:
    """The row of a token with its user, valid or not; None when nobody issued it."""
    rows = APIToken.objects.select_related("user")
    return rows.filter(sha256=_digest(token)).first()


def note_use(row: APIToken, *, now: datetime) -> None:
    """Remember when the token was last used, written at most once a minute."""
    if row.last_used_at is None or now - row.last_used_at >= USE_INTERVAL:
        row.last_used_at = now
        row.save(update_fields=["last_used_at"])


def open_session(row: APIToken) -> SessionBase:
    """The session that holds the token's variables and tokens; made at the first use.

    It signs nobody in: its key is no cookie that anybody holds, and it names no login backend.
    It ends with the token.
    """
    session = _session_store(row.session_key or None)
    if row.session_key and session.get(USER_KEY) == str(row.user_id):
        return session
    session = _session_store(None)
    session[USER_KEY] = str(row.user_id)
    session.set_expiry(row.expires_at)
    session.create()
    # Two first uses may meet: the one that comes second goes on with the session of the first.
    rows = APIToken.objects.filter(pk=row.pk, session_key=row.session_key, revoked_at=None)
    if not rows.update(session_key=session.session_key):
        session.delete()
        row.refresh_from_db(fields=["session_key"])
        return _session_store(row.session_key)
    row.session_key = session.session_key or ""
    return session


def revoke_api_token(row: APIToken, *, now: datetime) -> None:
    """End a token at once, with the variables and tokens of its session."""
    with transaction.atomic():
        if row.revoked_at is None:
            row.revoked_at = now
            row.save(update_fields=["revoked_at"])
        if row.session_key:
            _session_store(row.session_key).delete()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _session_store(key: str | None) -> SessionBase:
    store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
    return store(key)

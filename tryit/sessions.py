"""The session backend: the database's, whose sessions take their token jar along.

A jar follows its session through the key change at sign-in and is deleted in the same transaction
as the session, so that nothing of it outlives a logout.
"""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.db import transaction

from tryit.models import TokenJar
from tryit.tokens.jar_life import delete_jars

__all__ = ["SessionStore"]


class SessionStore(DatabaseSessionStore):
    """Sessions in the database, each with at most one token jar."""

    def cycle_key(self) -> None:
        """Go on under a new key, as at sign-in; the jar moves to it."""
        old_key, content = self.session_key, dict(self.items())
        with transaction.atomic():
            self.create()
            self.update(content)
            if old_key:
                # Session before jar, as in `delete`: two tabs never wait for each other.
                super().delete(old_key)
                TokenJar.objects.filter(session_key=old_key).update(session_key=self.session_key)

    def delete(self, session_key: str | None = None) -> None:
        """Delete the session and its jar; `flush`, which is logout, comes through here too."""
        key = session_key or self.session_key
        if key is None:
            return
        with transaction.atomic():
            super().delete(key)
            delete_jars(TokenJar.objects.filter(session_key=key))

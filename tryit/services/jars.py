"""The jar of a session: finding it, opening it at the first write, sweeping it away."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import SESSION_KEY as USER_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.models import Session
from django.db import transaction

from portal.accounts.models import User
from tryit.models import TokenJar
from tryit.tokens.jar_life import delete_jars, jar_is_alive

__all__ = ["find_jar", "open_jar", "sweep_jars", "touch_jar"]

JAR_KEY = "token_jar"
TOUCH_INTERVAL = timedelta(minutes=1)
JARS_A_SWEEP = 5_000


def find_jar(session: SessionBase) -> TokenJar | None:
    """The session's jar; None when nothing was kept yet. One query at most."""
    # Reading the session first: it forgets a key whose row is gone.
    jar_id, user_id = session.get(JAR_KEY), session.get(USER_KEY)
    if session.session_key is None:
        return None
    jar = TokenJar.objects.filter(session_key=session.session_key).first()
    if jar is None or jar_id not in (None, str(jar.id)):
        return None
    # A jar of somebody who signed in belongs to them alone.
    return jar if jar.user_id in (None, user_id) or str(jar.user_id) == user_id else None


def open_jar(session: SessionBase, *, user: User | AnonymousUser, now: datetime) -> TokenJar:
    """The session's jar, made when there is none; an anonymous jar becomes this user's.

    Saves the session, so that it has a key. Raises SessionInterrupted (a 400) when the session was
    ended meanwhile, as by signing out in another tab.
    """
    owner_id = user.pk if user.is_authenticated else None
    jar = find_jar(session)
    if jar is None:
        return _make_jar(session, owner_id=owner_id, now=now)
    if jar.user_id is None and owner_id is not None:
        TokenJar.objects.filter(id=jar.id, user=None).update(user=owner_id)
        jar.user_id = owner_id
    touch_jar(jar, now=now)
    return jar


def touch_jar(jar: TokenJar, *, now: datetime) -> None:
    """Note that the jar is in use, at most once a minute; a jar that is not touched goes idle."""
    if now - jar.last_used_at < TOUCH_INTERVAL:
        return
    life = jar.expires_at - jar.last_used_at
    jar.last_used_at, jar.expires_at = now, now + life
    TokenJar.objects.filter(id=jar.id).update(
        last_used_at=jar.last_used_at, expires_at=jar.expires_at
    )


def sweep_jars(*, now: datetime) -> int:
    """Delete jars that have run out, lie idle or lost their session; returns how many."""
    dead = TokenJar.objects.filter(~jar_is_alive(now)).values_list("id", flat=True)
    ids = list(dead[:JARS_A_SWEEP])
    # Asked again: a jar may have been touched, or its session signed in, since.
    return delete_jars(TokenJar.objects.filter(~jar_is_alive(now), id__in=ids))


def _make_jar(session: SessionBase, *, owner_id: int | None, now: datetime) -> TokenJar:
    if session.session_key is None:
        session.create()
    with transaction.atomic():
        # Two tabs may write for the first time at once: the session's row lets one go first.
        list(Session.objects.select_for_update().filter(session_key=session.session_key))
        session.pop(JAR_KEY, None)
        jar = find_jar(session)
        if jar is None:
            delete_jars(TokenJar.objects.filter(session_key=session.session_key))
            jar = TokenJar.objects.create(
                session_key=session.session_key or "",
                user_id=owner_id,
                expires_at=now + timedelta(seconds=session.get_expiry_age()),
                last_used_at=now,
            )
        session[JAR_KEY] = str(jar.id)
        try:
            session.save()
        except UpdateError as error:
            raise SessionInterrupted("the session was ended in another tab") from error
    return jar

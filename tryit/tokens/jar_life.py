"""The life of jars: while their session exists, has not run out and was used lately."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from tryit.models import TokenJar

__all__ = ["delete_jars", "jar_is_alive"]


def jar_is_alive(now: datetime, *, path: str = "") -> Q:
    """A condition on jars, or on rows whose jar stands at `path`, such as "jar__".

    Its cost does not depend on how many jars there are: the session is looked up for each row.
    """
    used_after = now - timedelta(seconds=settings.TOKEN_IDLE_SECONDS)
    lasting = Q(**{f"{path}expires_at__gt": now, f"{path}last_used_at__gt": used_after})
    sessions = Session.objects.filter(
        session_key=OuterRef(f"{path}session_key"), expire_date__gt=now
    )
    return lasting & Q(Exists(sessions))


def delete_jars(jars: QuerySet[TokenJar]) -> int:
    """Delete jars with all that is in them; returns how many.

    They are locked first: what another tab is about to put in then waits and finds no jar, where it
    would else make the deletion fail as it refers to a row that is going.
    """
    with transaction.atomic():
        ids = list(jars.select_for_update().values_list("id", flat=True))
        TokenJar.objects.filter(id__in=ids).delete()
    return len(ids)

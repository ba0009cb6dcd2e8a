"""Setting up a mirror: where a version's definition comes from, and how often it is looked for."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from catalog.held_definitions import delete_held
from catalog.models import MirrorKind, MirrorSource, Version
from portal import egress

__all__ = [
    "SHORTEST_INTERVAL",
    "MirrorPlace",
    "configure_mirror",
    "find_place_fault",
    "remove_mirror",
    "renew_webhook_secret",
]

SHORTEST_INTERVAL = timedelta(minutes=1)
SECRET_BYTES = 32
STATE_FIELDS = (
    *("slot", "lease_until", "requested_at", "etag", "last_modified", "seen_files", "seen"),
    *("checked_at", "changed_at", "failing_since", "missing_since", "failures", "told_at"),
    *("last_result", "last_detail", "held_key", "held_at", "held_reasons", "held_source"),
)


@dataclass(frozen=True, slots=True)
class MirrorPlace:
    """Where a definition is. `ref` and `path` mean something in a Git repository only.

    `allow_private` opens loopback and private addresses for exactly the URL's host and port; only
    an administrator or a file on the machine may set it.
    """

    kind: MirrorKind
    url: str
    ref: str = ""
    path: str = ""
    allow_private: bool = False


def find_place_fault(url: str) -> str:
    """Why nothing can be fetched from this URL, as a sentence; "" when it can be tried."""
    try:
        egress.origin_of(url)
    except egress.EgressError:
        return _(
            "This is no plain http or https URL. It takes no user name, password or fragment, and "
            "only ASCII characters."
        )
    return ""


def configure_mirror(
    version: Version, place: MirrorPlace, *, interval: timedelta, now: datetime
) -> tuple[MirrorSource, bool]:
    """Make a version follow a place; the mirror, and whether anything changed.

    Another place is looked at at once, and all that is known of the one before is forgotten.
    Raises ValidationError for a URL that cannot be fetched.
    """
    fault = find_place_fault(place.url)
    if fault:
        raise ValidationError(fault)
    seconds = int(max(interval, SHORTEST_INTERVAL).total_seconds())
    with transaction.atomic():
        mirror = MirrorSource.objects.select_for_update().filter(version=version).first()
        if mirror is None:
            return _create(version, place, seconds=seconds, now=now), True
        if _place_of(mirror) != place:
            _move(mirror, place, seconds=seconds, now=now)
            return mirror, True
        if mirror.interval_seconds == seconds:
            return mirror, False
        mirror.interval_seconds = seconds
        mirror.next_check_at = min(mirror.next_check_at, now + timedelta(seconds=seconds))
        mirror.save(update_fields=["interval_seconds", "next_check_at"])
        return mirror, True


def remove_mirror(version: Version) -> bool:
    """Let a version follow nothing any more; whether it did. What is published stays."""
    mirror = MirrorSource.objects.filter(version=version).first()
    if mirror is None:
        return False
    mirror.delete()
    delete_held(mirror.held_key)
    return True


def renew_webhook_secret(mirror: MirrorSource) -> str:
    """Give a mirror's webhook a new secret, which is shown this once."""
    secret = secrets.token_hex(SECRET_BYTES)
    mirror.webhook_secret = secret
    mirror.save(update_fields=["webhook_secret"])
    return secret


def _create(version: Version, place: MirrorPlace, *, seconds: int, now: datetime) -> MirrorSource:
    mirror = MirrorSource(version=version, interval_seconds=seconds, next_check_at=now)
    _set_place(mirror, place)
    mirror.save(force_insert=True)
    return mirror


def _move(mirror: MirrorSource, place: MirrorPlace, *, seconds: int, now: datetime) -> None:
    """Start anew at another place; a check of the old one loses its claim."""
    delete_held(mirror.held_key)
    _set_place(mirror, place)
    untouched = MirrorSource()
    for name in STATE_FIELDS:
        setattr(mirror, name, getattr(untouched, name))
    mirror.interval_seconds = seconds
    mirror.next_check_at = now
    mirror.generation += 1
    mirror.save()


def _set_place(mirror: MirrorSource, place: MirrorPlace) -> None:
    mirror.kind = place.kind
    mirror.url = place.url
    mirror.ref = place.ref
    mirror.path = place.path
    mirror.allow_private = place.allow_private
    mirror.host = (urlsplit(place.url).hostname or "")[:300]


def _place_of(mirror: MirrorSource) -> MirrorPlace:
    return MirrorPlace(
        kind=MirrorKind(mirror.kind),
        url=mirror.url,
        ref=mirror.ref,
        path=mirror.path,
        allow_private=mirror.allow_private,
    )

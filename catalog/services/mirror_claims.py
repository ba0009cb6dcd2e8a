"""Who checks a mirror now: claims by compare-and-set, two at a time for a host.

The database is the truth. A claim moves the row's generation on, leases the row and takes one of
the two slots of its host; results are written only while the row still has that generation. After
a killed worker the lease runs out and the row is claimed again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from catalog.models import MirrorSource

__all__ = [
    "Claim",
    "claim_due_mirrors",
    "claim_mirror",
    "find_claimed",
    "release_claims",
    "request_check",
]

LEASE = timedelta(minutes=30)  # longer than fetching, waiting for other imports and importing
SLOTS = (0, 1)


@dataclass(frozen=True, slots=True)
class Claim:
    """A mirror that is ours to check as long as it has this generation."""

    id: UUID
    generation: int


def claim_due_mirrors(*, now: datetime, limit: int = 100) -> list[Claim]:
    """Take the mirrors whose time has come, the longest waiting first, at most `limit`."""
    due = MirrorSource.objects.filter(_is_free(now), next_check_at__lte=now)
    rows = list(due.order_by("next_check_at").only("id", "generation", "host")[:limit])
    claims = [claim_mirror(row, now=now) for row in rows]
    return [claim for claim in claims if claim is not None]


def claim_mirror(mirror: MirrorSource, *, now: datetime) -> Claim | None:
    """Take one mirror; None when it is being checked, was changed, or its host is busy."""
    MirrorSource.objects.filter(host=mirror.host, lease_until__lte=now).update(slot=None)
    mine = MirrorSource.objects.filter(_is_free(now), id=mirror.id, generation=mirror.generation)
    for slot in SLOTS:
        try:
            with transaction.atomic():
                claimed = mine.update(
                    generation=F("generation") + 1, lease_until=now + LEASE, slot=slot
                )
        except IntegrityError:  # the slot is taken
            continue
        return Claim(mirror.id, mirror.generation + 1) if claimed else None
    return None


def find_claimed(claim: Claim) -> MirrorSource | None:
    """The mirror of a claim with its version, None when it is not ours any more."""
    return (
        MirrorSource.objects.filter(id=claim.id, generation=claim.generation)
        .select_related("version__product", "version__current_revision")
        .first()
    )


def release_claims(claims: Iterable[Claim]) -> None:
    """Give back claims that nobody will work on; the next tick takes the mirrors again."""
    for claim in claims:
        mine = MirrorSource.objects.filter(id=claim.id, generation=claim.generation)
        mine.update(lease_until=None, slot=None)


def request_check(mirror: MirrorSource, *, now: datetime) -> Claim | None:
    """Make a mirror due at once, and take it if that can be; else the next tick does.

    A request that comes while a check runs is answered by one more check after it.
    """
    MirrorSource.objects.filter(id=mirror.id).update(requested_at=now, next_check_at=now)
    return claim_mirror(mirror, now=now)


def _is_free(now: datetime) -> Q:
    return Q(lease_until=None) | Q(lease_until__lte=now)

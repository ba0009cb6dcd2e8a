"""Background work of the catalog: checking mirrored sources, sweeping what imports left."""

from __future__ import annotations

import random
from uuid import UUID

import structlog
from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from catalog.held_definitions import sweep_held
from catalog.models import MirrorSource
from catalog.services import leftovers, mirroring
from catalog.services.mirror_claims import (
    Claim,
    claim_due_mirrors,
    release_claims,
    request_check,
)
from portal import egress

__all__ = ["check_due_mirrors", "check_mirror", "queue_check", "sweep_definitions"]

logger = structlog.get_logger(__name__)


@shared_task(ignore_result=True)
def check_due_mirrors() -> None:
    """One tick: claim what is due and hand out one task for each mirror."""
    _hand_out(claim_due_mirrors(now=timezone.now()))
    held = MirrorSource.objects.exclude(held_key="").values_list("held_key", flat=True)
    sweep_held(set(held))


@shared_task(ignore_result=True)
def check_mirror(mirror_id: str, generation: int) -> None:
    """Check one claimed mirror; nothing happens when the row has another generation by now."""
    claim = Claim(UUID(mirror_id), generation)
    mirroring.check_claimed(claim, now=timezone.now(), send=egress.send, jitter=random.uniform)


@shared_task(ignore_result=True)
def sweep_definitions() -> None:
    """Remove what killed imports left behind, and files that no revision has."""
    leftovers.sweep_definitions()


def queue_check(mirror: MirrorSource) -> None:
    """Have a mirror checked at once, or by the next tick when its host is busy."""
    claim = request_check(mirror, now=timezone.now())
    _hand_out([] if claim is None else [claim])


def _hand_out(claims: list[Claim]) -> None:
    try:
        for claim in claims:
            check_mirror.apply_async((str(claim.id), claim.generation), retry=False)
    except (OperationalError, OSError) as error:  # OSError: the broker made of files
        release_claims(claims)
        logger.warning("checks_not_queued", claimed=len(claims), reason=type(error).__name__)

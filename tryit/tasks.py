"""Background work of the console: renewing tokens, sweeping jars. Arguments never hold secrets."""

from __future__ import annotations

import random
from uuid import UUID

import structlog
from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from portal import egress
from tryit.services import jars
from tryit.tokens import renewal

__all__ = ["renew_due_tokens", "renew_token", "sweep_token_jars"]

logger = structlog.get_logger(__name__)


@shared_task(ignore_result=True)
def renew_due_tokens() -> None:
    """One tick: claim what is due and hand out one task for each token."""
    now = timezone.now()
    renewal.record_heartbeat(now=now)
    claims = renewal.claim_due_tokens(now=now)
    try:
        for claim in claims:
            renew_token.apply_async((str(claim.id), claim.version), retry=False)
    except (OperationalError, OSError) as error:  # OSError: the broker made of files
        # The leases run out and a later tick claims the rows again.
        logger.warning("renewals_not_queued", claimed=len(claims), reason=type(error).__name__)


@shared_task(ignore_result=True)
def renew_token(token_id: str, version: int) -> None:
    """Renew one claimed token; nothing happens when the row has another version by now."""
    claim = renewal.ClaimedToken(UUID(token_id), version)
    renewal.renew_claimed(claim, now=timezone.now(), send=egress.send, jitter=random.uniform)


@shared_task(ignore_result=True)
def sweep_token_jars() -> None:
    """Delete the jars of sessions that are over or were left alone."""
    deleted = jars.sweep_jars(now=timezone.now())
    if deleted:
        logger.info("token_jars_swept", deleted=deleted)

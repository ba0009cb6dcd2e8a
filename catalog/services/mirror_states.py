"""Writing down how a check of a mirror went, and when the next one is due."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from catalog.mirroring.answers import FailureKind, UpstreamFailure
from catalog.mirroring.schedule import Jitter, next_check_at, next_retry_at
from catalog.models import MirrorResult, MirrorSource, SeenContent
from catalog.services.mirror_claims import Claim

__all__ = ["Outcome", "Streak", "result_of_same", "write_failure", "write_outcome"]

LONGEST_DETAIL = 500
RESULTS_OF_SAME = {
    SeenContent.REJECTED: MirrorResult.REJECTED,
    SeenContent.HELD: MirrorResult.HELD,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answered check came to; `values` are further fields of the row to write."""

    result: MirrorResult
    detail: str = ""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Streak:
    """Whether a streak of failures just began or ended."""

    has_begun: bool = False
    has_ended: bool = False


def result_of_same(seen: str) -> MirrorResult:
    """What it means that a source shows the same as last time."""
    return RESULTS_OF_SAME.get(SeenContent(seen), MirrorResult.UNCHANGED)


def write_outcome(
    mirror: MirrorSource, claim: Claim, outcome: Outcome, *, now: datetime, jitter: Jitter
) -> Streak | None:
    """Write what an answer came to; None when the claim was lost meanwhile.

    A rejected definition belongs to a streak of failures, though its source answers.
    """
    is_failing = outcome.result is MirrorResult.REJECTED
    values = {
        **outcome.values,
        "failing_since": (mirror.failing_since or now) if is_failing else None,
        "missing_since": None,
        "failures": 0,
        "told_at": (mirror.told_at or now) if is_failing else None,
        "last_result": outcome.result,
        "last_detail": _storable(outcome.detail),
        "next_check_at": next_check_at(
            now=now, interval=timedelta(seconds=mirror.interval_seconds), jitter=jitter
        ),
    }
    if not _write(mirror, claim, values, now=now):
        return None
    return _streak(mirror, is_failing=is_failing)


def write_failure(
    mirror: MirrorSource, claim: Claim, failure: UpstreamFailure, *, now: datetime, jitter: Jitter
) -> Streak | None:
    """Write that there was no answer to use; nothing that is published changes.

    None when the claim was lost meanwhile.
    """
    is_missing = failure.kind is FailureKind.MISSING
    values = {
        "failing_since": mirror.failing_since or now,
        "missing_since": (mirror.missing_since or now) if is_missing else None,
        "failures": mirror.failures + 1,
        "told_at": mirror.told_at or now,
        "last_result": MirrorResult(failure.kind.value),
        "last_detail": _storable(failure.detail),
        "next_check_at": next_retry_at(
            now=now,
            interval=timedelta(seconds=mirror.interval_seconds),
            failures=mirror.failures + 1,
            retry_after=failure.retry_after,
            jitter=jitter,
        ),
    }
    if not _write(mirror, claim, values, now=now):
        return None
    return _streak(mirror, is_failing=True)


@transaction.atomic
def _write(mirror: MirrorSource, claim: Claim, values: dict[str, Any], *, now: datetime) -> bool:
    rows = MirrorSource.objects.filter(id=claim.id)
    written = rows.filter(generation=claim.generation).update(
        **values, checked_at=now, lease_until=None, slot=None
    )
    if not written:
        return False
    rows.filter(requested_at=mirror.requested_at).update(requested_at=None)
    # Somebody asked again while this check ran.
    rows.filter(requested_at__isnull=False).update(next_check_at=now)
    return True


def _storable(detail: str) -> str:
    """What an upstream said, as the column takes it: PostgreSQL keeps no NUL."""
    return detail.replace("\0", "")[:LONGEST_DETAIL]


def _streak(mirror: MirrorSource, *, is_failing: bool) -> Streak:
    was_told = mirror.told_at is not None
    return Streak(has_begun=is_failing and not was_told, has_ended=was_told and not is_failing)

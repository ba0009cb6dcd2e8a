"""Checking a mirrored source: fetch, decide what the change means, publish or hold it.

Nothing that an upstream does takes away what readers see: a definition that is gone, broken or
suspiciously different leaves the last good revision in place.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from django.utils.translation import ngettext

from catalog.held_definitions import delete_held, write_held
from catalog.importing import ImportRunner, run_in_child
from catalog.mirroring.answers import FailureKind, NotModified, UpstreamFailure
from catalog.mirroring.schedule import Jitter
from catalog.models import MirrorResult, MirrorSource, SeenContent
from catalog.openapi import Limits, Problem, Severity, UnreadableDefinition
from catalog.services.change_reviews import ChangeReview
from catalog.services.fetching import Send
from catalog.services.last_imports import record_import
from catalog.services.mirror_claims import Claim, find_claimed
from catalog.services.mirror_contents import MirrorContent, open_mirror
from catalog.services.mirror_notices import tell_begin, tell_end, tell_held
from catalog.services.mirror_states import (
    Outcome,
    Streak,
    result_of_same,
    write_failure,
    write_outcome,
)
from catalog.services.publishing import Publication, PublicationOrder, publish_revision
from catalog.services.sources import OpenedSource

__all__ = ["check_claimed", "count_errors", "publication_limits"]

logger = structlog.get_logger(__name__)

STOPPED_RULES = frozenset({"import-queue", "import-killed", "import-failed"})


def check_claimed(
    claim: Claim, *, now: datetime, send: Send, jitter: Jitter, run: ImportRunner = run_in_child
) -> bool:
    """Check a claimed mirror and write down how it went; False when the claim was lost.

    Never raises for what a source answers.
    """
    mirror = find_claimed(claim)
    if mirror is None:
        return False
    try:
        outcome = _look(mirror, now=now, send=send, run=run)
        streak = write_outcome(mirror, claim, outcome, now=now, jitter=jitter)
    except UpstreamFailure as failure:
        streak = write_failure(mirror, claim, failure, now=now, jitter=jitter)
    if streak is None:
        return False
    _report(mirror, streak)
    return True


def publication_limits() -> Limits:
    """The limits that imports into this portal have."""
    return Limits(source_bytes=settings.DEFINITION_MAX_BYTES)


def count_errors(problems: tuple[Problem, ...]) -> str:
    """How many errors there are, in words."""
    count = sum(problem.severity is Severity.ERROR for problem in problems)
    return ngettext("%(count)s error", "%(count)s errors", count) % {"count": count}


def _look(mirror: MirrorSource, *, now: datetime, send: Send, run: ImportRunner) -> Outcome:
    limits = publication_limits()
    content = open_mirror(mirror, limits=limits, now=now, send=send)
    if isinstance(content, NotModified):
        return Outcome(result_of_same(mirror.seen))
    if content.is_as_expected():
        validators = {"etag": content.etag, "last_modified": content.last_modified}
        return Outcome(result_of_same(mirror.seen), values=validators)
    return _import(mirror, content, limits=limits, now=now, run=run)


def _import(
    mirror: MirrorSource,
    content: MirrorContent,
    *,
    limits: Limits,
    now: datetime,
    run: ImportRunner,
) -> Outcome:
    """Publish what the source shows now, or hold it, or have it rejected."""
    try:
        source = content.open(limits)
    except UnreadableDefinition as error:
        return _reject(mirror, content, (error.problem,), now=now)
    review = ChangeReview(mirror.version.current_revision)
    order = PublicationOrder(
        source=source,
        product=mirror.version.product.slug,
        version=mirror.version.name,
        review=review,
    )
    publication = publish_revision(order, limits=limits, run=run)
    match publication.result:
        case "held":
            return _hold(content, source, reasons=review.reasons, now=now)
        case "rejected":
            return _reject(mirror, content, publication.problems, now=now)
        case _:
            return _accept(mirror, content, publication, warnings=review.warnings, now=now)


def _accept(
    mirror: MirrorSource,
    content: MirrorContent,
    publication: Publication,
    *,
    warnings: tuple[Problem, ...],
    now: datetime,
) -> Outcome:
    record_import(
        mirror.version,
        result=publication.result,
        problems=(*warnings, *publication.problems),
        source_name=content.name,
        now=now,
    )
    values = _seen(content, SeenContent.PUBLISHED)
    if publication.result == "unchanged":
        return Outcome(MirrorResult.UNCHANGED, values=values)
    detail = f"revision {publication.revision}"
    return Outcome(MirrorResult.PUBLISHED, detail, {**values, "changed_at": now})


def _reject(
    mirror: MirrorSource, content: MirrorContent, problems: tuple[Problem, ...], *, now: datetime
) -> Outcome:
    """What an import that was stopped could not read is no fault of it: it is tried again."""
    stopped = [problem for problem in problems if problem.rule in STOPPED_RULES]
    if stopped:
        raise UpstreamFailure(FailureKind.INTERRUPTED, stopped[0].message)
    record_import(
        mirror.version, result="rejected", problems=problems, source_name=content.name, now=now
    )
    values = _seen(content, SeenContent.REJECTED)
    return Outcome(MirrorResult.REJECTED, count_errors(problems), values)


def _hold(
    content: MirrorContent, source: OpenedSource, *, reasons: list[str], now: datetime
) -> Outcome:
    files = {name: file for name, file in content.reads.contents.items() if file is not None}
    key = write_held(files)
    values = {
        **_seen(content, SeenContent.HELD),
        "held_key": key,
        "held_at": now,
        "held_reasons": reasons,
        "held_source": {
            "root": content.root,
            "name": content.name,
            "is_archive": source.archive is not None,
        },
    }
    return Outcome(MirrorResult.HELD, values=values)


def _seen(content: MirrorContent, seen: SeenContent) -> dict[str, Any]:
    """The fields that tell the content again; what was held before is not offered any more."""
    return {
        "etag": content.etag,
        "last_modified": content.last_modified,
        "seen_files": content.reads.digests(),
        "seen": seen,
        "held_key": "",
        "held_at": None,
        "held_reasons": [],
        "held_source": {},
    }


def _report(before: MirrorSource, streak: Streak) -> None:
    """Tell the owners what they should know, with the row as it is now."""
    mirror = MirrorSource.objects.select_related("version__product").filter(id=before.id).first()
    if mirror is None:
        return
    logger.info("mirror_checked", mirror=str(mirror.id), result=mirror.last_result)
    if before.held_key != mirror.held_key:
        delete_held(before.held_key)
    if streak.has_begun:
        tell_begin(mirror)
    if streak.has_ended:
        tell_end(mirror)
    if mirror.held_key and mirror.held_key != before.held_key:
        tell_held(mirror)

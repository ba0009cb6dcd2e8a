"""Imports in threads of their own, which go on when the caller has stopped waiting.

The thread belongs to the web process. When that process dies, nothing was published: the pointer
is switched last. The job's heartbeats stop, and it reads "interrupted".
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import timedelta
from threading import Thread
from uuid import UUID

import structlog
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import BackgroundImport, ImportState
from catalog.openapi import JSONObject
from catalog.services.publishing import Publication
from portal.accounts.models import User

__all__ = [
    "ImportRequest",
    "follow_import",
    "get_background_import",
    "is_done_within",
    "start_import",
]

logger = structlog.get_logger(__name__)

BEAT_SECONDS = 10.0
KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """Who asked for an import of what."""

    user: User
    product: str
    version: str
    is_dry_run: bool = False


def start_import(publish: Callable[[], Publication]) -> Future[Publication]:
    """Run an import in a thread; the future holds what came of it, or the exception."""
    future: Future[Publication] = Future()
    # A daemon: the portal's end does not wait for an import.
    Thread(target=_run, args=(publish, future), name="import", daemon=True).start()
    return future


def is_done_within(future: Future[Publication], seconds: float) -> bool:
    """Wait for an import that long; whether it has ended, well or not."""
    try:
        future.exception(seconds)
    except TimeoutError:
        return False
    return True


def follow_import(
    future: Future[Publication], asked: ImportRequest, *, beat_seconds: float = BEAT_SECONDS
) -> BackgroundImport:
    """Make a job of an import that still runs; its end is written down whenever it comes.

    Jobs older than a week are forgotten.
    """
    now = timezone.now()
    BackgroundImport.objects.filter(started_at__lt=now - KEPT).delete()
    job = BackgroundImport.objects.create(
        user=asked.user,
        product=asked.product,
        version=asked.version,
        is_dry_run=asked.is_dry_run,
        started_at=now,
        beat_at=now,
    )
    watch = (job.id, future, beat_seconds)
    Thread(target=_watch, args=watch, name="import-job", daemon=True).start()
    return job


def get_background_import(job_id: UUID, user: User) -> BackgroundImport:
    """A job of this user, or any for staff; raises BackgroundImport.DoesNotExist."""
    jobs = (
        BackgroundImport.objects.all()
        if user.is_staff
        else BackgroundImport.objects.filter(user=user)
    )
    return jobs.get(id=job_id)


def _run(publish: Callable[[], Publication], future: Future[Publication]) -> None:
    try:
        publication = publish()
    except BaseException as error:  # noqa: BLE001  whoever waits for the future raises it
        connections.close_all()
        future.set_exception(error)
    else:
        connections.close_all()
        future.set_result(publication)


def _watch(job_id: UUID, future: Future[Publication], beat_seconds: float) -> None:
    """Beat until the import ends, then write its end down."""
    try:
        while not is_done_within(future, beat_seconds):
            BackgroundImport.objects.filter(id=job_id).update(beat_at=timezone.now())
        state, publication, detail = _outcome(future)
        BackgroundImport.objects.filter(id=job_id).update(
            state=state, publication=publication, detail=detail, finished_at=timezone.now()
        )
    finally:
        connections.close_all()


def _outcome(future: Future[Publication]) -> tuple[ImportState, JSONObject | None, str]:
    error = future.exception()
    if error is None:
        return ImportState.FINISHED, future.result().as_json(), ""
    logger.error("import_failed", exc_info=error)
    detail = _("The import failed for a reason that is not the definition's. It was logged.")
    return ImportState.FAILED, None, detail

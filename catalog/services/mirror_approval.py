"""Deciding on a change that is held: publish exactly what was seen, or leave things as they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F

from catalog.held_definitions import delete_held, read_held
from catalog.importing import ImportRunner, run_in_child
from catalog.models import MirrorResult, MirrorSource, SeenContent
from catalog.openapi import SourceFiles
from catalog.services.last_imports import record_import
from catalog.services.mirroring import publication_limits
from catalog.services.publishing import Publication, PublicationOrder, publish_revision
from catalog.services.sources import OpenedSource, open_content
from portal.accounts.models import User

__all__ = ["NothingHeld", "approve_change", "discard_change"]

logger = structlog.get_logger(__name__)

RELEASED: dict[str, Any] = {"held_key": "", "held_at": None, "held_reasons": [], "held_source": {}}
FORGOTTEN: dict[str, Any] = {
    "seen": SeenContent.NONE,
    "etag": "",
    "last_modified": "",
    "seen_files": {},
}


class NothingHeld(Exception):
    """The change was decided on meanwhile, or the source has changed again."""


def approve_change(
    mirror: MirrorSource, *, by: User, now: datetime, run: ImportRunner = run_in_child
) -> Publication:
    """Publish the held change as it was seen; raises NothingHeld.

    Whatever stops the portal half-way, the source is then seen as new and looked at again.
    """
    generation = _release(mirror, FORGOTTEN)
    try:
        source = _open_held(mirror)
    except FileNotFoundError as error:
        raise NothingHeld from error
    order = PublicationOrder(
        source=source, product=mirror.version.product.slug, version=mirror.version.name
    )
    publication = publish_revision(order, limits=publication_limits(), by=by, run=run)
    delete_held(mirror.held_key)
    record_import(
        mirror.version,
        result=publication.result,
        problems=publication.problems,
        source_name=source.name,
        now=now,
        by=by,
    )
    if publication.result != "rejected":
        _note_published(mirror, publication, generation=generation, now=now)
    logger.info("mirror_change_approved", mirror=str(mirror.id), result=publication.result)
    return publication


def discard_change(mirror: MirrorSource) -> None:
    """Drop the held change; the same content is not offered again. Raises NothingHeld."""
    values = {"seen": SeenContent.DISCARDED, "last_result": MirrorResult.UNCHANGED}
    _release(mirror, values)
    delete_held(mirror.held_key)
    logger.info("mirror_change_discarded", mirror=str(mirror.id))


@transaction.atomic
def _release(mirror: MirrorSource, values: dict[str, Any]) -> int:
    """Take what is held out of the row, once, and end a check that may be under way.

    Returns the row's new generation.
    """
    rows = MirrorSource.objects.filter(id=mirror.id)
    released = rows.filter(held_key=mirror.held_key).exclude(held_key="")
    changes = {**RELEASED, **values, "lease_until": None, "slot": None}
    if not released.update(generation=F("generation") + 1, **changes):
        raise NothingHeld
    return rows.values_list("generation", flat=True).get()


def _open_held(mirror: MirrorSource) -> OpenedSource:
    files = read_held(mirror.held_key)
    root, name = mirror.held_source["root"], mirror.held_source["name"]
    if mirror.held_source["is_archive"]:
        return open_content(files[root], name, root="", limits=publication_limits())
    return OpenedSource(SourceFiles(root, files.get), name)


def _note_published(
    mirror: MirrorSource, publication: Publication, *, generation: int, now: datetime
) -> None:
    """Remember what the source showed, unless a check saw it anew meanwhile."""
    rows = MirrorSource.objects.filter(id=mirror.id, generation=generation)
    rows.update(
        etag=mirror.etag,
        last_modified=mirror.last_modified,
        seen_files=mirror.seen_files,
        seen=SeenContent.PUBLISHED,
        last_result=MirrorResult.PUBLISHED,
        last_detail=f"revision {publication.revision}",
        changed_at=now,
    )

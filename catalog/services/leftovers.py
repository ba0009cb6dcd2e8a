"""Removing what killed imports and deleted versions left behind: rows, files and folders."""

from __future__ import annotations

import time

import structlog
from django.conf import settings

from catalog.definition_files import delete_files, delete_job_folders, iter_storage_folders
from catalog.importing import ImportBusy, hold_import_lock
from catalog.models import Product, Revision

__all__ = ["remove_leftovers", "sweep_definitions"]

logger = structlog.get_logger(__name__)

# Of a database that was just put back from a backup, files may be newer than rows.
ORPHAN_SECONDS = 24 * 3600


def remove_leftovers() -> None:
    """Remove what an import that was killed left behind.

    Only to be called with the import lock: without it the leftovers may be an import going on.
    """
    holders = Product.objects.holders()
    unpublished = Revision.objects.filter(version__product__in=holders)
    for storage_key in unpublished.values_list("storage_key", flat=True):
        delete_files(storage_key)
    holders.delete()
    delete_job_folders()


def sweep_definitions() -> None:
    """Remove leftovers, and files that no revision has; nothing while an import is going on."""
    try:
        with hold_import_lock(settings.IMPORT_LOCK, wait_seconds=0):
            remove_leftovers()
            _remove_orphans(older_than=time.time() - ORPHAN_SECONDS)
    except ImportBusy:
        return


def _remove_orphans(*, older_than: float) -> None:
    found = {path.name for path in iter_storage_folders() if path.stat().st_mtime < older_than}
    known = set(Revision.objects.values_list("storage_key", flat=True))
    for storage_key in found - known:
        delete_files(storage_key)
    if found - known:
        logger.info("orphaned_definitions_removed", revisions=len(found - known))

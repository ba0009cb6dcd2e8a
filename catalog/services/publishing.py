"""Publishing a definition: from bytes to the revision that readers see."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Max

from catalog.definition_files import FileKind, open_job_folder, put_in_place
from catalog.importing import (
    ImportingError,
    ImportJob,
    ImportRunner,
    ImportStopped,
    explain,
    hold_import_lock,
    run_in_child,
)
from catalog.models import Revision, Version
from catalog.openapi import JSONObject, Limits, Problem
from catalog.services.leftovers import remove_leftovers
from catalog.services.revision_rows import drop_old_rows
from catalog.services.revisions import ImportedDefinition, stage_revision, switch_revision
from catalog.services.servers import get_or_create_environment, set_server, suggest_servers
from catalog.services.sources import OpenedSource
from portal.accounts.models import User

__all__ = ["Publication", "PublicationOrder", "publish_revision"]

logger = structlog.get_logger(__name__)

DANGLING = "dangling-reference"


@dataclass(frozen=True, slots=True)
class PublicationOrder:
    """What to publish and where.

    `name` is the product's; "" keeps it, or takes the definition's title. `version` "" means the
    product's default version, else "v" and the major part of `info.version`. `servers` maps
    environment names to base URLs; with `suggested_servers` the definition's own are taken when
    the version has none and none are given. `review` sees a changed definition before it is
    published; when it says no, the result is "held" and nothing is written.
    """

    source: OpenedSource
    product: str
    name: str = ""
    version: str = ""
    servers: Mapping[str, str] = field(default_factory=dict)
    allow_private: bool = False
    suggested_servers: bool = False
    review: Callable[[ImportedDefinition], bool] | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """What came of it. `revision` is None where nothing is published."""

    result: Literal["created", "unchanged", "rejected", "held"]
    product: str
    version: str
    revision: int | None = None
    openapi: str = ""
    operations: int = 0
    problems: tuple[Problem, ...] = ()

    def as_json(self) -> JSONObject:
        """The summary as commands and the REST API print it."""
        return {
            "result": self.result,
            "product": self.product,
            "version": self.version,
            "revision": self.revision,
            "openapi": self.openapi,
            "operations": self.operations,
            "problems": [problem.as_json() for problem in self.problems],
        }


def publish_revision(
    order: PublicationOrder,
    *,
    limits: Limits,
    by: User | None = None,
    dry_run: bool = False,
    run: ImportRunner = run_in_child,
) -> Publication:
    """Import a definition and make it the one readers see.

    A rejected definition changes nothing. The same bytes again are "unchanged" and make no new
    revision, though servers named in the order are still set. With `dry_run` nothing is written.
    Imports go one after the other on a machine, each in a process of its own; one that is stopped
    is rejected, its problem naming the limit. Not to be called within a transaction.
    """
    same = _find_same_bytes(order)
    if same is not None:
        return _leave(order, same, dry_run=dry_run)
    job = _build_job(order, limits)
    try:
        with hold_import_lock(
            settings.IMPORT_LOCK,
            wait_seconds=settings.IMPORT_WAIT_SECONDS,
            on_wait=lambda: logger.info("import_waits_for_another", product=order.product),
        ) as lock:
            remove_leftovers()
            with open_job_folder() as (folder, storage_key):
                if order.source.archive is not None:
                    folder.archive.write_bytes(order.source.archive)
                result = run(folder, job, order.source.files, lock=lock)
                packed = f"{order.source.name}.zip" if result.is_packed else order.source.name
                imported = ImportedDefinition(folder, storage_key, result, packed)
                return _conclude(order, imported, by=by, dry_run=dry_run)
    except ImportingError as error:
        _log_stop(order, error)
        return _rejected(order, (explain(error, job),))


def _find_same_bytes(order: PublicationOrder) -> Revision | None:
    """The current revision, when it came of the very bytes that are given again.

    Looked for only in what need not be read to be compared: a file, or an archive. A file that
    once referred to another one that was missing is read again: by now there may be one.
    """
    version_name = order.version or _find_default_version_name(order.product)
    current = _find_current_revision(order.product, version_name) if version_name else None
    if current is None or any(problem["rule"] == DANGLING for problem in current.problems):
        return None
    files = order.source.files
    given = order.source.archive or (files.read(files.root) if files.root else None)
    if given is None or hashlib.sha256(given).hexdigest() != current.sha256:
        return None
    return current


def _build_job(order: PublicationOrder, limits: Limits) -> ImportJob:
    return ImportJob(
        root=order.source.files.root,
        names=order.source.files.names,
        is_archive=order.source.archive is not None,
        limits=limits,
        memory_bytes=settings.IMPORT_MEMORY_BYTES,
        seconds=settings.IMPORT_SECONDS,
    )


def _conclude(
    order: PublicationOrder, imported: ImportedDefinition, *, by: User | None, dry_run: bool
) -> Publication:
    """Publish what was imported, unless it is rejected or what is published already."""
    result = imported.result
    if result.is_rejected:
        return _rejected(order, result.problems, openapi=result.openapi_version)
    version_name = order.version or _find_default_version_name(order.product)
    version_name = version_name or _name_version(result.api_version)
    current = _find_current_revision(order.product, version_name)
    if current is not None and current.sha256 == result.files[FileKind.SOURCE].sha256:
        return _leave(order, current, dry_run=dry_run)
    if order.review is not None and not order.review(imported):
        return Publication(result="held", product=order.product, version=version_name)
    if dry_run:
        number = _next_number(order.product, version_name)
    else:
        number = _publish(order, imported, version_name, by=by)
    return Publication(
        result="created",
        product=order.product,
        version=version_name,
        revision=number,
        openapi=result.openapi_version,
        operations=result.operation_count,
        problems=result.problems,
    )


def _publish(
    order: PublicationOrder,
    imported: ImportedDefinition,
    version_name: str,
    *,
    by: User | None,
) -> int:
    """Write rows and files and switch the pointer; when that fails, nothing of it stays."""
    try:
        revision = stage_revision(imported, by=by)
        with transaction.atomic():
            switch_revision(
                revision,
                product=order.product,
                product_name=order.name,
                version_name=version_name,
            )
            _set_servers(revision, order)
            put_in_place(imported.folder, imported.storage_key)
    except BaseException:
        remove_leftovers()
        raise
    drop_old_rows(revision)
    logger.info(
        "revision_published",
        product=order.product,
        version=version_name,
        revision=revision.number,
        operations=revision.operation_count,
        steps_ms=imported.result.steps_ms,
    )
    return revision.number


def _leave(order: PublicationOrder, current: Revision, *, dry_run: bool) -> Publication:
    """The same bytes again: only servers may have to be set."""
    if not dry_run:
        with transaction.atomic():
            _set_servers(current, order)
    return Publication(
        result="unchanged",
        product=order.product,
        version=current.version.name,
        revision=current.number,
        openapi=current.openapi_version,
        operations=current.operation_count,
        problems=tuple(Problem.from_json(problem) for problem in current.problems),
    )


def _rejected(
    order: PublicationOrder, problems: tuple[Problem, ...], *, openapi: str = ""
) -> Publication:
    logger.warning("definition_rejected", product=order.product, problems=len(problems))
    return Publication(
        result="rejected",
        product=order.product,
        version=order.version,
        openapi=openapi,
        problems=problems,
    )


def _log_stop(order: PublicationOrder, error: ImportingError) -> None:
    details = error.details if isinstance(error, ImportStopped) else ""
    logger.error("import_stopped", product=order.product, reason=str(error), details=details)


def _find_default_version_name(product: str) -> str:
    """The name of a product's default version, "" when it has none."""
    known = Version.objects.filter(product__slug=product, is_default=True).first()
    return known.name if known is not None else ""


def _name_version(api_version: str) -> str:
    major = re.match(r"[0-9]+", api_version.lstrip("vV"))
    return f"v{major[0] if major else 1}"


def _find_current_revision(product: str, version_name: str) -> Revision | None:
    versions = Version.objects.filter(product__slug=product, name=version_name)
    version = versions.select_related("current_revision__version__product").first()
    return version.current_revision if version else None


def _next_number(product: str, version_name: str) -> int:
    revisions = Revision.objects.filter(version__product__slug=product, version__name=version_name)
    return (revisions.aggregate(Max("number"))["number__max"] or 0) + 1


def _set_servers(revision: Revision, order: PublicationOrder) -> None:
    """Give the version the servers of the order, else those its definition suggests."""
    servers, version = dict(order.servers), revision.version
    if not servers and order.suggested_servers and not version.servers.exists():
        servers = suggest_servers(revision.overview.get("servers"))
    for environment_name, url in servers.items():
        environment = get_or_create_environment(environment_name)
        set_server(version, environment, url, allow_private=order.allow_private)

"""Publishing a definition: from bytes to the revision that readers see."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import structlog
from django.db import transaction
from django.db.models import Max

from catalog.models import Revision, Version
from catalog.openapi import (
    DefinitionIndex,
    JSONObject,
    Limits,
    Problem,
    ReadDefinition,
    Severity,
    UnreadableDefinition,
    index_definition,
    read_definition,
    upgrade_definition,
)
from catalog.services.recorded_files import RecordedFiles
from catalog.services.revisions import ImportedDefinition, switch_revision, write_revision
from catalog.services.servers import get_or_create_environment, set_server, suggest_servers
from catalog.services.sources import OpenedSource
from portal.accounts.models import User

__all__ = ["Publication", "PublicationOrder", "publish_revision"]

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class PublicationOrder:
    """What to publish and where.

    `name` is the product's; "" keeps it, or takes the definition's title. `version` "" means the
    product's default version, else "v" and the major part of `info.version`. `servers` maps
    environment names to base URLs; with `suggested_servers` the definition's own are taken when
    the version has none and none are given.
    """

    source: OpenedSource
    product: str
    name: str = ""
    version: str = ""
    servers: Mapping[str, str] = field(default_factory=dict)
    allow_private: bool = False
    suggested_servers: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """What came of it. `revision` is None where nothing is published."""

    result: Literal["created", "unchanged", "rejected"]
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
    order: PublicationOrder, *, limits: Limits, by: User | None = None, dry_run: bool = False
) -> Publication:
    """Import a definition and make it the one readers see.

    A rejected definition changes nothing. The same bytes again are "unchanged" and make no new
    revision, though servers named in the order are still set. With `dry_run` nothing is written.
    """
    recorded = RecordedFiles(order.source.files)
    try:
        definition = read_definition(recorded.files, limits=limits)
    except UnreadableDefinition as error:
        return _rejected(order, (error.problem,))
    if any(problem.severity is Severity.ERROR for problem in definition.problems):
        return _rejected(order, definition.problems, openapi=definition.openapi_version)
    imported = _import(order, definition, recorded)
    version_name = order.version or _default_version_name(order.product, definition)
    current = _find_current_revision(order.product, version_name)
    if current is not None and current.sha256 == imported.sha256:
        if not dry_run:
            _set_servers(current.version, order, imported.index)
        return _accepted(order, imported, current, is_new=False)
    if dry_run:
        number = _next_number(order.product, version_name)
        planned = Revision(number=number, version=Version(name=version_name))
        return _accepted(order, imported, planned, is_new=True)
    revision = _publish(order, imported, version_name, by=by)
    return _accepted(order, imported, revision, is_new=True)


def _import(
    order: PublicationOrder, definition: ReadDefinition, recorded: RecordedFiles
) -> ImportedDefinition:
    """The definition with its index, and the bytes to keep as its source."""
    given = order.source.archive or recorded.source()
    packed = order.source.archive is None and not recorded.is_single
    return ImportedDefinition(
        definition=definition,
        index=index_definition(upgrade_definition(definition.value)),
        source=given,
        source_name=f"{order.source.name}.zip" if packed else order.source.name,
        sha256=hashlib.sha256(given).hexdigest(),
    )


def _publish(
    order: PublicationOrder,
    imported: ImportedDefinition,
    version_name: str,
    *,
    by: User | None,
) -> Revision:
    with write_revision(imported, by=by) as files:
        revision = switch_revision(
            files, product=order.product, product_name=order.name, version_name=version_name
        )
        _set_servers(revision.version, order, imported.index)
    logger.info(
        "revision_published",
        product=order.product,
        version=version_name,
        revision=revision.number,
        operations=len(imported.index.operations),
    )
    return revision


def _accepted(
    order: PublicationOrder, imported: ImportedDefinition, revision: Revision, *, is_new: bool
) -> Publication:
    return Publication(
        result="created" if is_new else "unchanged",
        product=order.product,
        version=revision.version.name,
        revision=revision.number,
        openapi=imported.definition.openapi_version,
        operations=len(imported.index.operations),
        problems=imported.definition.problems,
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


def _default_version_name(product: str, definition: ReadDefinition) -> str:
    known = Version.objects.filter(product__slug=product, is_default=True).first()
    if known is not None:
        return known.name
    info = definition.value.get("info")
    text = str(info.get("version", "")) if isinstance(info, dict) else ""
    major = re.match(r"[0-9]+", text.lstrip("vV"))
    return f"v{major[0] if major else 1}"


def _find_current_revision(product: str, version_name: str) -> Revision | None:
    versions = Version.objects.filter(product__slug=product, name=version_name)
    version = versions.select_related("current_revision__version__product").first()
    return version.current_revision if version else None


def _next_number(product: str, version_name: str) -> int:
    revisions = Revision.objects.filter(version__product__slug=product, version__name=version_name)
    return (revisions.aggregate(Max("number"))["number__max"] or 0) + 1


@transaction.atomic
def _set_servers(version: Version, order: PublicationOrder, index: DefinitionIndex) -> None:
    servers = dict(order.servers)
    if not servers and order.suggested_servers and not version.servers.exists():
        servers = suggest_servers(index.overview.get("servers"))
    for environment_name, url in servers.items():
        environment = get_or_create_environment(environment_name)
        set_server(version, environment, url, allow_private=order.allow_private)

"""Writing a revision: its files first, then its rows and the switch of the pointer at once."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from catalog.definition_files import FileKind, delete_files, write_files
from catalog.models import Component, Operation, Product, Revision, Version
from catalog.openapi import DefinitionIndex, ReadDefinition, render_json, render_yaml
from catalog.services.security_bindings import bind_schemes
from portal.accounts.models import User

__all__ = ["ImportedDefinition", "WrittenFiles", "switch_revision", "write_revision"]

ROWS_A_BATCH = 500
KEPT_INDEXED = 2  # readers in the middle of a page still find the rows of the revision before


@dataclass(frozen=True, slots=True)
class ImportedDefinition:
    """A definition that was read and indexed, with the bytes to keep as its source."""

    definition: ReadDefinition
    index: DefinitionIndex
    source: bytes
    source_name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class WrittenFiles:
    """The files of a revision that is about to be published."""

    imported: ImportedDefinition
    storage_key: str
    contents: Mapping[FileKind, bytes]
    by: User | None


@contextmanager
def write_revision(imported: ImportedDefinition, *, by: User | None) -> Iterator[WrittenFiles]:
    """Write a revision's files for one transaction; when it fails, they are gone again."""
    value = imported.definition.value
    files = WrittenFiles(
        imported=imported,
        storage_key=uuid.uuid4().hex,
        contents={
            FileKind.SOURCE: imported.source,
            FileKind.YAML: render_yaml(value),
            FileKind.JSON: render_json(value),
        },
        by=by,
    )
    write_files(files.storage_key, files.contents)
    try:
        with transaction.atomic():
            yield files
    except BaseException:
        delete_files(files.storage_key)
        raise


def switch_revision(
    files: WrittenFiles, *, product: str, product_name: str, version_name: str
) -> Revision:
    """Write the rows and make the revision the version's current one, within a transaction.

    Product and version are made when missing; the first version of a product is its default.
    """
    title = files.imported.definition.title
    version = _lock_version(
        _get_or_create_product(product, product_name, title or product), version_name
    )
    revision = _build_revision(version, files)
    revision.save(force_insert=True)
    _create_rows(revision, files.imported.index)
    bind_schemes(version, files.imported.index.overview)
    version.current_revision = revision
    version.save(update_fields=["current_revision"])
    _drop_old_rows(version)
    return revision


def _get_or_create_product(slug: str, name: str, fallback: str) -> Product:
    product, made = Product.objects.get_or_create(
        slug=slug, defaults={"name": _storable(name or fallback)[:200]}
    )
    if not made:
        product.name = name or product.name
        product.save(update_fields=["name", "updated_at"])
    return product


def _lock_version(product: Product, name: str) -> Version:
    """The version, locked against a second publisher; made when missing."""
    versions = Version.objects.select_for_update().select_related("product")
    version = versions.filter(product=product, name=name).first()
    if version is None:
        version = Version(product=product, name=name, is_default=not product.versions.exists())
        version.full_clean(exclude=["product"])
        version.save()
    return version


def _build_revision(version: Version, files: WrittenFiles) -> Revision:
    imported = files.imported
    highest = version.revisions.aggregate(Max("number"))["number__max"] or 0
    return Revision(
        version=version,
        number=highest + 1,
        sha256=imported.sha256,
        format=imported.definition.format,
        openapi_version=_storable(imported.definition.openapi_version)[:20],
        title=_storable(imported.definition.title)[:500],
        overview=imported.index.overview,
        operation_count=len(imported.index.operations),
        storage_key=files.storage_key,
        yaml_sha256=hashlib.sha256(files.contents[FileKind.YAML]).hexdigest(),
        json_sha256=hashlib.sha256(files.contents[FileKind.JSON]).hexdigest(),
        yaml_bytes=len(files.contents[FileKind.YAML]),
        json_bytes=len(files.contents[FileKind.JSON]),
        source_bytes=len(imported.source),
        source_name=imported.source_name[:200],
        problems=[problem.as_json() for problem in imported.definition.problems],
        imported_by=files.by,
    )


def _create_rows(revision: Revision, index: DefinitionIndex) -> None:
    longest_method = Operation._meta.get_field("method").max_length or 0
    longest_pointer = Component._meta.get_field("pointer").max_length or 0
    operations = [
        Operation(
            revision=revision,
            position=position,
            slug=operation.slug,
            method=operation.method,
            path=_storable(operation.path),
            operation_id=_storable(operation.operation_id),
            summary=_storable(operation.summary),
            tags=list(operation.tags),
            deprecated=operation.deprecated,
            pointer=_storable(operation.pointer),
            document=operation.document,
            reaches=list(operation.reaches),
        )
        for position, operation in enumerate(index.operations)
        if len(operation.method) <= longest_method
    ]
    components = [
        Component(revision=revision, pointer=component.pointer, document=component.document)
        for component in index.components
        if len(component.pointer) <= longest_pointer and "\0" not in component.pointer
    ]
    Operation.objects.bulk_create(operations, batch_size=ROWS_A_BATCH)
    Component.objects.bulk_create(components, batch_size=ROWS_A_BATCH)


def _storable(text: str) -> str:
    """The text without NUL, which PostgreSQL keeps in no text column."""
    return text.replace("\0", "")


def _drop_old_rows(version: Version) -> None:
    """Only the newest revisions stay indexed; older ones are kept as files."""
    newest = version.revisions.order_by("-number").values_list("pk", flat=True)
    old = version.revisions.exclude(pk__in=list(newest[:KEPT_INDEXED]))
    Operation.objects.filter(revision__in=old).delete()
    Component.objects.filter(revision__in=old).delete()

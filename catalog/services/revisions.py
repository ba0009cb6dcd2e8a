"""Writing a revision: its rows where no reader sees them, then the switch of the pointer.

Rows need a revision, and a revision a version. Until it is published, a revision therefore
belongs to a version of a product of its own, its holder (see `ProductQuerySet.holders`), so that
whatever is found there while no import runs was left behind by one that was killed.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from catalog.definition_files import FileKind
from catalog.importing import ImportResult, JobFolder
from catalog.models import Product, Revision, Version, Visibility
from catalog.models.products import HOLDER_PREFIX
from catalog.services.revision_rows import storable, write_rows
from catalog.services.security_bindings import bind_schemes
from portal.accounts.models import User

__all__ = ["ImportedDefinition", "stage_revision", "switch_revision"]

HELD_VERSION = "held"


@dataclass(frozen=True, slots=True)
class ImportedDefinition:
    """A finished import: its folder with rows and files, their storage key, and its result."""

    folder: JobFolder
    storage_key: str
    result: ImportResult
    source_name: str


def stage_revision(imported: ImportedDefinition, *, by: User | None) -> Revision:
    """Write a revision with all its rows, invisible to readers; needs the import lock.

    Takes a transaction for each batch of rows, so that nobody waits long to write.
    """
    with transaction.atomic():
        holder = Product.objects.create(
            slug=f"{HOLDER_PREFIX}{imported.storage_key}", visibility=Visibility.GROUPS
        )
        version = Version.objects.create(product=holder, name=HELD_VERSION)
        revision = _build_revision(version, imported, by=by)
        revision.save(force_insert=True)
    write_rows(revision, imported.folder)
    return revision


def switch_revision(
    revision: Revision, *, product: str, product_name: str, version_name: str
) -> None:
    """Make a staged revision the current one of a version, within a short transaction.

    Product and version are made when missing; the first version of a product is its default.
    """
    holder = revision.version.product
    named = _get_or_create_product(product, product_name, revision.title or product)
    version = _lock_version(named, version_name)
    revision.version = version
    revision.number = (version.revisions.aggregate(Max("number"))["number__max"] or 0) + 1
    revision.save(update_fields=["version", "number"])
    bind_schemes(version, revision.overview)
    version.current_revision = revision
    version.save(update_fields=["current_revision"])
    holder.delete()


def _get_or_create_product(slug: str, name: str, fallback: str) -> Product:
    product, made = Product.objects.get_or_create(
        slug=slug, defaults={"name": storable(name or fallback)[:200]}
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


def _build_revision(version: Version, imported: ImportedDefinition, *, by: User | None) -> Revision:
    result = imported.result
    yaml, json = result.files[FileKind.YAML], result.files[FileKind.JSON]
    return Revision(
        version=version,
        number=0,
        sha256=result.files[FileKind.SOURCE].sha256,
        format=result.format,
        openapi_version=storable(result.openapi_version)[:20],
        title=storable(result.title)[:500],
        overview=result.overview,
        operation_count=result.operation_count,
        storage_key=imported.storage_key,
        yaml_sha256=yaml.sha256,
        json_sha256=json.sha256,
        yaml_bytes=yaml.size_bytes,
        json_bytes=json.size_bytes,
        source_bytes=result.files[FileKind.SOURCE].size_bytes,
        source_name=imported.source_name[:200],
        problems=[problem.as_json() for problem in result.problems],
        imported_by=by,
    )

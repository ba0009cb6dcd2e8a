"""Reading use cases of the catalog: what pages, files and the REST API select.

Everything starts from `Product.objects.visible_to(user)`; what a user may not see does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet

from catalog.models import Component, Guide, Operation, Product, Revision, Server, Version
from catalog.openapi import (
    JSONObject,
    JSONValue,
    Resolver,
    join_pointer,
    pointer_of,
    read_operation,
    split_pointer,
)
from catalog.openapi import Operation as OperationFacts
from portal.accounts.models import User

__all__ = [
    "find_default_version",
    "get_default_version",
    "get_guide",
    "get_operation",
    "get_product",
    "get_revision",
    "get_schema",
    "get_version",
    "list_guides",
    "list_products_with_versions",
    "list_schema_names",
    "list_servers",
    "list_versions",
    "load_components",
    "read_operation_row",
]

SCHEMAS = "/components/schemas/"
SCHEMA_PATH_LENGTH = 3
MAX_LEVELS = 12
Reader = User | AnonymousUser


def get_product(slug: str, user: Reader) -> Product:
    """The product with this slug; raises Product.DoesNotExist also when it may not be seen."""
    return Product.objects.visible_to(user).get(slug=slug)


def list_products_with_versions(user: Reader) -> QuerySet[Product]:
    """The products a user may see, each with its published versions, default first."""
    versions = _published_versions().defer("current_revision__problems")
    return Product.objects.visible_to(user).prefetch_related(Prefetch("versions", versions))


def get_version(product_slug: str, version_name: str, user: Reader) -> Version:
    """A published version with its product and current revision.

    Raises Version.DoesNotExist also when the product may not be seen or nothing is published.
    """
    return (
        _published_versions()
        .filter(product__in=Product.objects.visible_to(user))
        .get(product__slug=product_slug, name=version_name)
    )


def get_revision(version: Version) -> Revision:
    """The current revision, which knows its version; raises Revision.DoesNotExist."""
    revision = version.current_revision
    if revision is None:
        raise Revision.DoesNotExist
    revision.version = version
    return revision


def list_versions(product: Product) -> list[Version]:
    """The published versions of a product, default first."""
    return list(_published_versions().filter(product=product))


def find_default_version(product: Product) -> Version | None:
    """The default version, else the first published one."""
    return _published_versions().filter(product=product).first()


def get_default_version(product_slug: str, user: Reader) -> Version:
    """The version `/reference/` leads to; raises Version.DoesNotExist when there is none."""
    version = find_default_version(get_product(product_slug, user))
    if version is None:
        raise Version.DoesNotExist
    return version


def get_operation(version: Version, slug: str) -> Operation:
    """One operation of the current revision; raises Operation.DoesNotExist."""
    revision = get_revision(version)
    operation = Operation.objects.get(revision=revision, slug=slug)
    operation.revision = revision
    return operation


def load_components(operation: Operation) -> dict[str, JSONValue]:
    """What an operation reaches: pointer -> component, in one query."""
    return _load_components(operation.revision_id, operation.reaches)


def read_operation_row(
    operation: Operation, components: dict[str, JSONValue]
) -> tuple[OperationFacts, Resolver]:
    """The row as the dataclasses of `catalog.openapi`; needs `revision` selected with it."""
    resolver = Resolver(components)
    schemes: JSONObject = operation.revision.overview.get("security_schemes", {})
    facts = read_operation(
        operation.document,
        method=operation.method,
        path=operation.path,
        resolver=resolver,
        security_schemes=schemes,
    )
    return facts, resolver


def list_servers(version: Version) -> list[Server]:
    """The servers of a version in the order of their environments."""
    return list(version.servers.select_related("environment"))


def list_guides(product: Product) -> list[Guide]:
    """The guides of a product without their texts."""
    return list(product.guides.defer("text"))


def get_guide(product: Product, slug: str) -> Guide:
    """One guide; raises Guide.DoesNotExist."""
    return product.guides.get(slug=slug)


def list_schema_names(version: Version) -> list[str]:
    """The names of all schemas of the current revision, in order."""
    pointers = Component.objects.filter(
        revision=version.current_revision_id, pointer__startswith=SCHEMAS
    ).order_by("pk")
    paths = (split_pointer(pointer) for pointer in pointers.values_list("pointer", flat=True))
    return [path[-1] for path in paths if len(path) == SCHEMA_PATH_LENGTH]


def get_schema(version: Version, name: str) -> tuple[JSONValue, Resolver]:
    """A schema by its name, with a resolver for what it refers to.

    Raises Component.DoesNotExist. Costs one query for each level of references, `MAX_LEVELS` at
    most; deeper than a page shows, references lead nowhere.
    """
    pointer = join_pointer("/components/schemas", name)
    revision = get_revision(version)
    schema = Component.objects.get(revision=revision, pointer=pointer)
    found: dict[str, JSONValue] = {pointer: schema.document}
    wanted = _references_in(schema.document)
    for _level in range(MAX_LEVELS):
        wanted -= found.keys()
        if not wanted:
            break
        loaded = _load_components(revision.pk, wanted)
        found |= dict.fromkeys(wanted) | loaded
        wanted = {one for document in loaded.values() for one in _references_in(document)}
    return schema.document, Resolver(found)


def _published_versions() -> QuerySet[Version]:
    return (
        Version.objects.filter(current_revision__isnull=False)
        .select_related("product", "current_revision")
        .order_by("-is_default", "name")
    )


def _load_components(revision_id: int, pointers: Iterable[str]) -> dict[str, JSONValue]:
    rows = Component.objects.filter(revision=revision_id, pointer__in=list(pointers))
    return dict(rows.values_list("pointer", "document"))


def _references_in(document: JSONValue) -> set[str]:
    """The pointers of components that a JSON value names in its `$ref`s."""
    found: set[str] = set()
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            reference = value.get("$ref")
            if isinstance(reference, str):
                found.add(pointer_of(reference))
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return found - {""}

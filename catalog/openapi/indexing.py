"""Cut a definition into what pages read: an overview, its operations, its components."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import as_object, flag_at, iter_objects, list_at, object_at, text_at
from catalog.openapi.overviews import build_overview, tag_names
from catalog.openapi.pointers import join_pointer
from catalog.openapi.reaching import ReachFinder
from catalog.openapi.references import Resolver
from catalog.openapi.shapes import METHODS
from catalog.openapi.slugs import operation_slug

__all__ = ["DefinitionIndex", "IndexedComponent", "IndexedOperation", "index_definition"]

PROSE = ("summary", "description")


@dataclass(frozen=True, slots=True)
class IndexedOperation:
    """One operation, complete without its path item.

    `method` is uppercase. `document` is the Operation Object with the path item's parameters,
    summary and description filled in, the effective `security`, and the `servers` of the
    operation or path item (empty where the definition's apply). `reaches` are the pointers of all
    components it needs, nearest first.
    """

    slug: str
    method: str
    path: str
    operation_id: str
    summary: str
    tags: tuple[str, ...]
    deprecated: bool
    pointer: str
    document: JSONObject
    reaches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexedComponent:
    """One part that references lead to, by its pointer, or a named schema."""

    pointer: str
    document: JSONValue


@dataclass(frozen=True, slots=True)
class DefinitionIndex:
    """A definition in pieces, each enough for its page. See `build_overview` for `overview`."""

    overview: JSONObject
    operations: tuple[IndexedOperation, ...]
    components: tuple[IndexedComponent, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An operation as it stands in a path item."""

    method: str
    path: str
    pointer: str
    operation: JSONObject
    item: JSONObject


def index_definition(definition: JSONObject) -> DefinitionIndex:
    """Index a bundled definition that already has the 3.1 shape (see `upgrade_definition`).

    Operations come in the definition's order, those of `additionalOperations` included. Components
    are all named schemas and whatever operations reach, also inside paths. Never raises: what has
    the wrong type is left out. Each component is walked once.
    """
    finder = ReachFinder(definition)
    resolver = Resolver({"": definition})
    components = finder.close(_iter_named_schemas(definition))
    operations: list[IndexedOperation] = []
    slugs: set[str] = set()
    for found in _iter_operations(definition, resolver):
        document = _complete(found, definition)
        reach = finder.reach(document, "operation")
        operation = _index_operation(found, document, tuple(reach), slugs)
        slugs.add(operation.slug)
        operations.append(operation)
        components.update(reach)
    used_tags = list(dict.fromkeys(tag for operation in operations for tag in operation.tags))
    return DefinitionIndex(
        overview=build_overview(definition, used_tags),
        operations=tuple(operations),
        components=tuple(IndexedComponent(*component) for component in components.items()),
    )


def _iter_operations(definition: JSONObject, resolver: Resolver) -> Iterator[Found]:
    for path, given in object_at(definition, "paths").items():
        if path.startswith("x-") or not isinstance(given, dict):
            continue
        own = {key: value for key, value in given.items() if key != "$ref"}
        item = {**as_object(resolver.follow(given).value), **own}
        pointer = join_pointer("/paths", path)
        for key, value in item.items():
            if key in METHODS and isinstance(value, dict):
                yield Found(key.upper(), path, join_pointer(pointer, key), value, item)
        for method, value in object_at(item, "additionalOperations").items():
            if isinstance(value, dict):
                place = join_pointer(pointer, "additionalOperations", method)
                yield Found(method.upper(), path, place, value, item)


def _index_operation(
    found: Found, document: JSONObject, reaches: tuple[str, ...], slugs: set[str]
) -> IndexedOperation:
    operation_id = text_at(found.operation, "operationId")
    return IndexedOperation(
        slug=operation_slug(operation_id, found.method, found.path, taken=slugs),
        method=found.method,
        path=found.path,
        operation_id=operation_id,
        summary=text_at(document, "summary"),
        tags=tuple(tag_names(found.operation)),
        deprecated=flag_at(found.operation, "deprecated"),
        pointer=found.pointer,
        document=document,
        reaches=reaches,
    )


def _complete(found: Found, definition: JSONObject) -> JSONObject:
    """The operation with what it inherits. Source: OpenAPI 3.1.1, 4.8.9 and 4.8.10."""
    document = dict(found.operation)
    for keyword in PROSE:
        if not text_at(document, keyword) and text_at(found.item, keyword):
            document[keyword] = found.item[keyword]
    parameters = _merge_parameters(found, Resolver({"": definition}))
    if parameters:
        document["parameters"] = parameters
    secured_by = found.operation if "security" in found.operation else definition
    document["security"] = secured_by.get("security", [])
    served_by = found.operation if list_at(found.operation, "servers") else found.item
    document["servers"] = list(iter_objects(list_at(served_by, "servers")))
    return document


def _merge_parameters(found: Found, resolver: Resolver) -> list[JSONValue]:
    """The path item's parameters that the operation does not override, then its own."""
    own = list(iter_objects(list_at(found.operation, "parameters")))
    inherited = list(iter_objects(list_at(found.item, "parameters")))
    if not inherited:
        return [*own]
    known = {_identity(parameter, resolver) for parameter in own}
    kept = [given for given in inherited if _identity(given, resolver) not in known]
    return [*kept, *own]


def _identity(parameter: JSONObject, resolver: Resolver) -> tuple[str, str]:
    resolved = as_object(resolver.resolve(parameter))
    name, location = text_at(resolved, "name"), text_at(resolved, "in")
    return (name.lower() if location == "header" else name), location


def _iter_named_schemas(definition: JSONObject) -> Iterator[tuple[str, str]]:
    for name in object_at(object_at(definition, "components"), "schemas"):
        yield join_pointer("/components/schemas", name), "schema"

"""The forms a schema may take by `oneOf`, `anyOf` or a discriminator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.openapi.flattening import PARTS, FlatSchema, flatten_schema
from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import as_object, iter_objects, list_at, object_at, text_at
from catalog.openapi.pointers import pointer_of
from catalog.openapi.references import Resolver, reference_to
from catalog.openapi.schema_facts import schema_name_of
from catalog.openapi.schema_types import types_of
from catalog.openapi.shapes import mapping_pointer

__all__ = ["SchemaVariant", "flatten_nullable", "list_variants"]

KEYWORDS = ("oneOf", "anyOf")
UNWRAPPINGS = 10


@dataclass(frozen=True, slots=True)
class SchemaVariant:
    """One form: its raw schema, the keyword and position it stands at, its discriminator value."""

    schema: JSONValue
    keyword: str
    position: str = ""
    name: str = ""


def flatten_nullable(
    schema: JSONValue, resolver: Resolver, *, pointer: str = "", most: int = PARTS
) -> tuple[FlatSchema, bool]:
    """Flatten a schema, reading "this or null" as this, nullable.

    `anyOf: [{$ref: X}, {type: "null"}]` is how 3.1 writes a nullable reference; the result then
    is X itself. So is the only member of a `oneOf` or `anyOf`.
    """
    flat = flatten_schema(schema, resolver, pointer=pointer, most=most)
    is_nullable = False
    for _ in range(UNWRAPPINGS):
        found = _only_variant(flat.keywords, resolver)
        if found is None:
            break
        keyword, variant, has_null = found
        is_nullable = is_nullable or has_null
        rest = {key: value for key, value in flat.keywords.items() if key != keyword}
        beside = list_at(rest, "allOf")
        whole = {**rest, "allOf": [*beside, variant]}
        flat = _keep_pointers(flat, flatten_schema(whole, resolver, most=most))
    return flat, is_nullable


def _keep_pointers(outer: FlatSchema, inner: FlatSchema) -> FlatSchema:
    """A component that is merely "X or null" stays known by its own name too."""
    pointers = outer.pointers + inner.pointers
    return FlatSchema(inner.keywords, inner.parts, pointers, inner.is_missing)


def _only_variant(keywords: JSONObject, resolver: Resolver) -> tuple[str, JSONValue, bool] | None:
    """The keyword whose variants come down to one, that one, and whether null is the other."""
    for keyword in KEYWORDS:
        variants = list_at(keywords, keyword)
        if not 1 <= len(variants) <= 2:
            continue
        others = [variant for variant in variants if not is_null(variant, resolver)]
        if len(others) == 1:
            return keyword, others[0], len(variants) == 2
    return None


def is_null(schema: JSONValue, resolver: Resolver) -> bool:
    """Whether a schema allows nothing but null."""
    return types_of(as_object(resolver.resolve(schema))) == ("null",)


def list_variants(flat: FlatSchema, resolver: Resolver) -> tuple[SchemaVariant, ...]:
    """The forms of a flattened schema in their order, null left out.

    With a discriminator, a form not in its mapping is named like its schema. The forms of a second
    `oneOf` or `anyOf` that `allOf` brought in follow. Without any, the schemas of the
    discriminator's mapping are the forms, unless the discriminator is a base schema's: a form must
    not list its siblings.
    Source: OpenAPI 3.1.1, 4.8.25.
    """
    names = _mapping_names(flat.keywords)
    holders = [flat.keywords, *iter_objects(list_at(flat.keywords, "allOf"))]
    variants = tuple(
        variant for holder in holders for variant in _iter_variants(holder, names, resolver)
    )
    if variants or not flat.is_own("discriminator"):
        return variants
    return tuple(
        SchemaVariant({"$ref": reference_to(pointer)}, "oneOf", name=name)
        for pointer, name in names.items()
    )


def _iter_variants(
    holder: JSONObject, names: dict[str, str], resolver: Resolver
) -> Iterator[SchemaVariant]:
    has_names = "discriminator" in holder
    for keyword in KEYWORDS:
        for position, schema in enumerate(list_at(holder, keyword)):
            if is_null(schema, resolver):
                continue
            pointer = pointer_of(text_at(as_object(schema), "$ref"))
            name = names.get(pointer, schema_name_of((pointer,)) if has_names else "")
            yield SchemaVariant(schema, keyword, str(position), name)


def _mapping_names(keywords: JSONObject) -> dict[str, str]:
    """The discriminator's value by the pointer of the schema it stands for, the first one."""
    names: dict[str, str] = {}
    mapping = object_at(object_at(keywords, "discriminator"), "mapping")
    for name, target in mapping.items():
        if isinstance(target, str):
            names.setdefault(mapping_pointer(target), name)
    return names

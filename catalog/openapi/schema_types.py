"""What JSON types a schema allows, and which one a value has."""

from __future__ import annotations

from collections.abc import Mapping

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import list_at

__all__ = ["TYPES", "has_type", "type_name", "types_of"]

TYPES = ("object", "array", "string", "integer", "number", "boolean", "null")

HINTS: Mapping[str, tuple[str, ...]] = {
    "object": ("properties", "additionalProperties", "patternProperties", "minProperties"),
    "array": ("items", "prefixItems", "minItems", "maxItems", "uniqueItems"),
    "string": ("minLength", "maxLength", "pattern"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
}


def types_of(schema: JSONObject) -> tuple[str, ...]:
    """The types a merged schema allows, "null" last; empty when it says nothing about them.

    Without `type` they are those of `const` or `enum`, else the one its keywords speak about:
    most schemas of real definitions without `type` but with `properties` mean objects.
    """
    given = schema.get("type")
    names = given if isinstance(given, list) else [given]
    types = [name for name in TYPES if name in names]
    if not types:
        types = _types_of_values(schema) or _types_of_keywords(schema)
    return tuple(types)


def _types_of_values(schema: JSONObject) -> list[str]:
    values = [schema["const"]] if "const" in schema else list_at(schema, "enum")
    found = {type_name(value) for value in values}
    return [name for name in TYPES if name in found]


def _types_of_keywords(schema: JSONObject) -> list[str]:
    for name, keywords in HINTS.items():
        if any(keyword in schema for keyword in keywords):
            return [name]
    return []


def type_name(value: JSONValue) -> str:
    """The narrowest JSON Schema type of a value: 1 and 1.0 are both "integer"."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "integer" if value.is_integer() else "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def has_type(value: JSONValue, types: tuple[str, ...]) -> bool:
    """Whether a value is of one of these types; no types at all allow everything."""
    name = type_name(value)
    return not types or name in types or (name == "integer" and "number" in types)

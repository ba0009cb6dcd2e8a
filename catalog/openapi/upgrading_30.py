"""Schemas of OpenAPI 3.0 (and 2.0, which shares their dialect) in the 3.1 shape.

Source: OpenAPI 3.0.4, 4.7.24; the OpenAPI Initiative's "Migrating from OpenAPI 3.0 to 3.1.0".
"""

from __future__ import annotations

from collections.abc import Mapping

from catalog.openapi.json_values import JSONObject
from catalog.openapi.lookups import as_object
from catalog.openapi.shapes import Change, rebuild

__all__ = ["drop_siblings", "upgrade_30", "upgrade_schema"]

EXCLUSIVE_BOUNDS = (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum"))
KEPT_SIBLINGS = ("$ref", "summary", "description", "deprecated")
REFERABLE = (
    *("parameter", "header", "request_body", "response"),
    *("example", "link", "security_scheme"),
)
# The keywords that 3.1 has not, or reads otherwise.
CHANGED = frozenset(
    ("$ref", "nullable", "exclusiveMinimum", "exclusiveMaximum", "example", "items")
)
ANNOTATIONS = frozenset(
    ("title", "description", "deprecated", "readOnly", "writeOnly", "default", "examples")
)


def upgrade_30(definition: JSONObject) -> JSONObject:
    """Turn an OpenAPI 3.0 definition into the 3.1 shape; the input stays as it is."""
    upgraded = as_object(rebuild(definition, "definition", CHANGES))
    return {**upgraded, "openapi": "3.1.1"}


def drop_siblings(value: JSONObject) -> JSONObject:
    """A reference without the keywords beside it, which 3.0 says shall be ignored.

    Prose is kept, though: whoever wrote a description there wanted it read, and showing it
    changes nothing about what may be sent.
    """
    if not isinstance(value.get("$ref"), str):
        return value
    return {key: value[key] for key in KEPT_SIBLINGS if key in value}


def upgrade_schema(schema: JSONObject) -> JSONObject:
    """One Schema Object of 3.0 as a JSON Schema of 3.1, its subschemas being done already.

    `nullable` joins `type` (and `enum`), a boolean exclusive bound takes the bound's value,
    `example` becomes `examples`, and `items` as an array becomes `prefixItems`.
    """
    if CHANGED.isdisjoint(schema):
        return schema
    upgraded = dict(drop_siblings(schema))
    if "$ref" in upgraded:
        return upgraded
    nullable = upgraded.pop("nullable", False) is True
    for exclusive, bound in EXCLUSIVE_BOUNDS:
        _upgrade_bound(upgraded, exclusive, bound)
    if "example" in upgraded:
        example = upgraded.pop("example")
        upgraded.setdefault("examples", [example])
    if isinstance(upgraded.get("items"), list):
        upgraded["prefixItems"] = upgraded.pop("items")
    return _with_null(upgraded) if nullable else upgraded


def _upgrade_bound(schema: JSONObject, exclusive: str, bound: str) -> None:
    value = schema.get(exclusive)
    if not isinstance(value, bool):
        return
    del schema[exclusive]
    if value and bound in schema:
        schema[exclusive] = schema.pop(bound)


def _with_null(schema: JSONObject) -> JSONObject:
    """Allow null: in `type` where there is one, else as an alternative to what is combined.

    Without a `type`, `nullable` has no effect by the letter (3.0.4 says so since); authors who
    put it beside a lone `allOf`, `oneOf` or `anyOf` nevertheless mean it.
    """
    types = schema.get("type")
    if isinstance(types, str):
        return _nullable_enum({**schema, "type": [types, "null"]})
    for keyword in ("oneOf", "anyOf"):
        variants = schema.get(keyword)
        if isinstance(variants, list):
            return {**schema, keyword: [*variants, {"type": "null"}]}
    if isinstance(schema.get("allOf"), list):
        return _or_null(schema)
    return schema


def _nullable_enum(schema: JSONObject) -> JSONObject:
    allowed = schema.get("enum")
    if not isinstance(allowed, list) or None in allowed:
        return schema
    return {**schema, "enum": [*allowed, None]}


def _or_null(schema: JSONObject) -> JSONObject:
    """`allOf` with null as the other alternative, what describes both staying outside."""
    outer: JSONObject = {}
    inner: JSONObject = {}
    for keyword, value in schema.items():
        (outer if keyword in ANNOTATIONS else inner)[keyword] = value
    return {**outer, "anyOf": [inner, {"type": "null"}]}


CHANGES: Mapping[str, Change] = {
    **dict.fromkeys(REFERABLE, drop_siblings),
    "schema": upgrade_schema,
}

"""Schemas: faults that confuse readers and samples, and that the official schemas let pass."""

from __future__ import annotations

from collections.abc import Iterator

import jsonschema_rs

from catalog.openapi.fitting import same_json
from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.rules.context import Context, Finding
from catalog.openapi.validation import refuse_retrieval
from catalog.openapi.versions import Family

__all__ = [
    "find_arrays_of_items",
    "find_empty_enums",
    "find_invalid_patterns",
    "find_mismatching_defaults",
    "find_unlikely_defaults",
]

_BEFORE_3_1 = (Family.V2_0, Family.V3_0)
_REGEX = jsonschema_rs.validator_for(
    {"format": "regex"}, retriever=refuse_retrieval, validate_formats=True
)


def find_mismatching_defaults(context: Context) -> Iterator[Finding]:
    """Yield defaults of another type than 2.0 and 3.0 demand.

    Source: OpenAPI 3.0.4, 4.7.24.1, "MUST conform to the defined type".
    """
    if context.family in _BEFORE_3_1:
        yield from _iter_mismatches(context)


def find_unlikely_defaults(context: Context) -> Iterator[Finding]:
    """Yield defaults of another type than 3.1 and later recommend.

    Source: JSON Schema 2020-12, validation, 9.2.
    """
    if context.family not in _BEFORE_3_1:
        yield from _iter_mismatches(context)


def find_empty_enums(context: Context) -> Iterator[Finding]:
    """Yield enumerations that no value can satisfy."""
    for visited in context.of("schema"):
        if visited.value.get("enum") == []:
            yield Finding(visited.pointer("enum"), "An enumeration without values allows nothing.")


def find_arrays_of_items(context: Context) -> Iterator[Finding]:
    """Yield `items` that are an array, which OpenAPI never allowed. Source: 2.0, 3.0.4, 4.7.24."""
    for visited in context.of("schema"):
        if isinstance(visited.value.get("items"), list):
            yield Finding(visited.pointer("items"), "“items” must be a schema, not an array.")


def find_invalid_patterns(context: Context) -> Iterator[Finding]:
    """Yield patterns that are no regular expression of ECMA-262; none is ever matched."""
    known: dict[str, bool] = {}
    for visited in context.of("schema"):
        pattern = visited.value.get("pattern")
        if not isinstance(pattern, str):
            continue
        if pattern not in known:
            known[pattern] = bool(_REGEX.is_valid(pattern))
        if not known[pattern]:
            message = f"“{pattern[:80]}” is not a regular expression."
            yield Finding(visited.pointer("pattern"), message)


def _iter_mismatches(context: Context) -> Iterator[Finding]:
    for shape in ("schema", "parameter"):
        for visited in context.of(shape):
            schema = visited.value
            if "default" not in schema or "type" not in schema:
                continue
            if not _fits(schema["default"], schema):
                message = f"The default is not of type {_shown(schema['type'])}."
                yield Finding(visited.pointer("default"), message)
            elif not _is_listed(schema["default"], schema):
                message = "The default is none of the values that the enumeration allows."
                yield Finding(visited.pointer("default"), message)


def _fits(value: JSONValue, schema: JSONObject) -> bool:
    wanted = schema["type"]
    types = wanted if isinstance(wanted, list) else [wanted]
    if value is None and schema.get("nullable") is True:
        return True
    return any(_is_of_type(value, name) for name in types)


def _is_listed(value: JSONValue, schema: JSONObject) -> bool:
    allowed = schema.get("enum")
    if not isinstance(allowed, list) or not allowed:
        return True
    is_null = value is None and schema.get("nullable") is True
    return is_null or any(same_json(value, one) for one in allowed)


def _is_of_type(value: JSONValue, name: JSONValue) -> bool:
    match name:
        case "null":
            return value is None
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            is_whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
            return is_whole and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "string":
            return isinstance(value, str)
        case "array":
            return isinstance(value, list)
        case "object":
            return isinstance(value, dict)
    # "file" of 2.0 and misspelt types: told elsewhere.
    return True


def _shown(wanted: JSONValue) -> str:
    return ", ".join(map(str, wanted)) if isinstance(wanted, list) else str(wanted)

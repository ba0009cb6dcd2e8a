"""Values that break the schema of their parameter: marked, never refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from catalog.building.field_schemas import find_types, resolve_schema
from catalog.building.field_texts import parse_schema_text
from catalog.building.problems import ProblemKind, RequestProblem
from catalog.building.texts import render_text
from catalog.building.values import RequestValues
from catalog.building.variables import has_reference
from catalog.openapi import JSONObject, JSONValue, Operation, Parameter, Resolver

__all__ = ["find_mismatches"]

BOUNDS: dict[str, Callable[[float, float], bool]] = {
    "minimum": lambda value, bound: value >= bound,
    "maximum": lambda value, bound: value <= bound,
    "exclusiveMinimum": lambda value, bound: value > bound,
    "exclusiveMaximum": lambda value, bound: value < bound,
}
LENGTHS: dict[str, Callable[[float, float], bool]] = {
    "minLength": lambda length, bound: length >= bound,
    "maxLength": lambda length, bound: length <= bound,
}


def find_mismatches(
    operation: Operation, values: RequestValues, resolver: Resolver
) -> list[RequestProblem]:
    """The declared parameters whose value breaks `type`, `enum`, `const`, a bound or a length.

    Text is read as the schema would have it, and a number where text is wanted is its text.
    Nested values are not looked into, and a value that still holds `{{name}}` is not judged.
    `detail` is the keyword.
    """
    problems = []
    for parameter in operation.parameters:
        given = values.given(parameter.location)
        if parameter.name not in given or parameter.content is not None:
            continue
        keyword = _broken_keyword(parameter, given[parameter.name], resolver)
        if keyword:
            problem = RequestProblem(
                ProblemKind.DOES_NOT_MATCH_SCHEMA, parameter.location, parameter.name, keyword
            )
            problems.append(problem)
    return problems


def _broken_keyword(parameter: Parameter, value: JSONValue, resolver: Resolver) -> str:
    """The first keyword a value breaks, "" when it breaks none."""
    if isinstance(value, str):
        if has_reference(value):
            return ""
        value = parse_schema_text(parameter.schema, [value], resolver)
    schema = resolve_schema(parameter.schema, resolver)
    types = find_types(schema, resolver)
    is_scalar = isinstance(value, bool | int | float)
    if is_scalar and "string" in types and not types & _types_of_value(value):
        value = render_text(value)
    if types and not types & _types_of_value(value):
        return "type"
    enum = schema.get("enum")
    if isinstance(enum, list) and not any(_equal(value, member) for member in enum):
        return "enum"
    if "const" in schema and not _equal(value, schema["const"]):
        return "const"
    if isinstance(value, str):
        return _broken_bound(len(value), schema, LENGTHS)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _broken_bound(value, schema, BOUNDS)
    return ""


def _types_of_value(value: JSONValue) -> frozenset[str]:
    """The JSON Schema types a value has; a whole number is an integer and a number."""
    match value:
        case None:
            return frozenset({"null"})
        case bool():
            return frozenset({"boolean"})
        case int():
            return frozenset({"integer", "number"})
        case float():
            return frozenset({"integer", "number"} if value.is_integer() else {"number"})
        case str():
            return frozenset({"string"})
        case list():
            return frozenset({"array"})
        case _:
            return frozenset({"object"})


def _equal(value: JSONValue, other: JSONValue) -> bool:
    """Equality of JSON: true is not 1."""
    return value == other and isinstance(value, bool) == isinstance(other, bool)


def _broken_bound(
    value: float, schema: JSONObject, bounds: Mapping[str, Callable[[float, float], bool]]
) -> str:
    for keyword, holds in bounds.items():
        bound = schema.get(keyword)
        if isinstance(bound, bool) or not isinstance(bound, int | float):
            continue
        if not holds(value, bound):
            return keyword
    return ""

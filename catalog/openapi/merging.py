"""Merge the schemas of an `allOf` into one that says the same, as far as one can.

Source: JSON Schema 2020-12, Core 10.2.1.1: `allOf` is a conjunction, so bounds tighten,
requirements add up and properties described twice must satisfy both descriptions.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import as_object

__all__ = ["merge_schemas"]

# Keywords whose subschemas cannot be merged key by key stay apart in `allOf`.
UNMERGEABLE = frozenset(("oneOf", "anyOf", "not", "if", "then", "else"))


def merge_schemas(schemas: Sequence[JSONObject]) -> JSONObject:
    """Merge schemas that all apply, the first one's annotations winning.

    The schemas hold no `$ref` and no `allOf` of their own any more. A second `oneOf`, `anyOf`,
    `not` or `if` is kept as a member of the result's `allOf`. A property or item described twice
    becomes an `allOf` of both. Inputs are not altered.
    """
    merged: JSONObject = {}
    apart: list[JSONValue] = []
    for schema in schemas:
        for keyword, value in schema.items():
            if keyword not in merged:
                merged[keyword] = value
            elif keyword in UNMERGEABLE:
                apart.append({keyword: value})
            elif keyword in RULES:
                merged[keyword] = RULES[keyword](merged[keyword], value)
    return {**merged, "allOf": apart} if apart else merged


def _merge_properties(first: JSONValue, second: JSONValue) -> JSONValue:
    merged = dict(as_object(first))
    for name, schema in as_object(second).items():
        merged[name] = _both(merged[name], schema) if name in merged else schema
    return merged


def _both(first: JSONValue, second: JSONValue) -> JSONValue:
    """One schema that asks for both; saying nothing (`true`, `{}`) yields to the other."""
    if first == second or second is True or second == {}:
        return first
    if first is True or first == {}:
        return second
    return {"allOf": [first, second]}


def _merge_additional(first: JSONValue, second: JSONValue) -> JSONValue:
    """Closed members of an `allOf` would forbid each other's properties: read them as open."""
    return _both(True if first is False else first, True if second is False else second)


def _union(first: JSONValue, second: JSONValue) -> JSONValue:
    if not isinstance(first, list) or not isinstance(second, list):
        return first if isinstance(first, list) else second
    known = {_key(value) for value in first}
    return [*first, *(value for value in second if _key(value) not in known)]


def _intersection(first: JSONValue, second: JSONValue) -> JSONValue:
    if not isinstance(first, list) or not isinstance(second, list):
        return first if isinstance(first, list) else second
    allowed = {_key(value) for value in second}
    return [value for value in first if _key(value) in allowed] or first or second


def _merge_types(first: JSONValue, second: JSONValue) -> JSONValue:
    """The types both allow ("integer" is a "number" too); the first ones when they exclude."""
    allowed, others = _type_names(first), _type_names(second)
    common = [name for name in allowed if name in others]
    if "integer" in allowed and "number" in others:
        common.append("integer")
    if "number" in allowed and "integer" in others:
        common.append("integer")
    names: list[JSONValue] = list(dict.fromkeys(common or allowed))
    return names[0] if len(names) == 1 else names


def _type_names(value: JSONValue) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [name for name in values if isinstance(name, str)]


def _number_rule(choose: Callable[[float, float], float]) -> Callable[..., JSONValue]:
    def merge(first: JSONValue, second: JSONValue) -> JSONValue:
        if _is_number(first) and _is_number(second):
            return choose(first, second)  # type: ignore[arg-type]  # _is_number has told
        return first if _is_number(first) else second

    return merge


def _is_number(value: JSONValue) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _either(first: JSONValue, second: JSONValue) -> JSONValue:
    return first is True or second is True


def _key(value: JSONValue) -> str:
    """A text equal for equal JSON values: Python holds 1 and true for the same."""
    return json.dumps(value, sort_keys=True)


RULES: Mapping[str, Callable[[JSONValue, JSONValue], JSONValue]] = {
    **dict.fromkeys(("properties", "patternProperties"), _merge_properties),
    **dict.fromkeys(("items", "contains", "propertyNames"), _both),
    "additionalProperties": _merge_additional,
    "required": _union,
    "enum": _intersection,
    "type": _merge_types,
    **dict.fromkeys(("minimum", "exclusiveMinimum"), _number_rule(max)),
    **dict.fromkeys(("minLength", "minItems", "minProperties"), _number_rule(max)),
    **dict.fromkeys(("maximum", "exclusiveMaximum"), _number_rule(min)),
    **dict.fromkeys(("maxLength", "maxItems", "maxProperties"), _number_rule(min)),
    **dict.fromkeys(("readOnly", "writeOnly", "deprecated", "uniqueItems"), _either),
}

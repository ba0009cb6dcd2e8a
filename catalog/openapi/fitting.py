"""Check whether a value satisfies a schema, as far as samples need to know.

Not a validator: patterns and formats are taken on trust (an untrusted pattern must not be run),
and what is beyond the budget counts as fitting.
"""

from __future__ import annotations

import json

from catalog.openapi.directions import Direction, travels
from catalog.openapi.flattening import FlatSchema
from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import list_at, object_at
from catalog.openapi.references import Resolver
from catalog.openapi.sample_numbers import number_fits
from catalog.openapi.sample_strings import length_at
from catalog.openapi.schema_types import has_type, types_of
from catalog.openapi.schema_variants import flatten_nullable

__all__ = ["Fitting", "same_json"]

CHECKS = 3_000
NESTING = 30


class Fitting:
    """Checks values against schemas for one sample; all checks share a budget."""

    def __init__(self, resolver: Resolver, direction: Direction) -> None:
        self._resolver = resolver
        self._direction = direction
        self._remaining = CHECKS

    def fits(self, value: JSONValue, schema: JSONValue, nesting: int = 0) -> bool:
        """Whether the value satisfies the schema in its direction, `$ref` and `allOf` included."""
        self._remaining -= 1
        if self._remaining <= 0 or nesting > NESTING:
            return True
        flat, is_nullable = self._flatten(schema)
        return (value is None and is_nullable) or self.fits_keywords(value, flat.keywords, nesting)

    def fits_keywords(self, value: JSONValue, keywords: JSONObject, nesting: int = 0) -> bool:
        """The same for a schema already flattened."""
        if not has_type(value, types_of(keywords)) or not _is_allowed(value, keywords):
            return False
        if keywords.get("not") == {}:
            return False
        return self._fits_inside(value, keywords, nesting + 1) and self._fits_variants(
            value, keywords, nesting + 1
        )

    def trim(self, value: JSONValue, schema: JSONValue, nesting: int = 0) -> JSONValue:
        """The value without properties that do not travel in the direction."""
        if not isinstance(value, (dict, list)) or nesting > NESTING or self._remaining <= 0:
            return value
        keywords = self._flatten(schema)[0].keywords
        if isinstance(value, list):
            items = keywords.get("items", True)
            return [self.trim(item, items, nesting + 1) for item in value]
        properties = object_at(keywords, "properties")
        return {
            name: self.trim(member, properties.get(name, True), nesting + 1)
            for name, member in value.items()
            if self.travels(properties.get(name, True))
        }

    def travels(self, schema: JSONValue) -> bool:
        """Whether a property with this schema occurs in the direction."""
        if self._remaining <= 0:
            return True
        return travels(self._flatten(schema)[0].keywords, self._direction)

    def count_fitting(self, value: JSONValue, variants: list[JSONValue], nesting: int = 0) -> int:
        """How many of the schemas the value satisfies; two are as many as matter."""
        count = 0
        for variant in variants:
            count += self.fits(value, variant, nesting)
            if count == 2:
                break
        return count

    def _flatten(self, schema: JSONValue) -> tuple[FlatSchema, bool]:
        """Flatten a schema; what takes more than a usual step is charged."""
        flat, is_nullable = flatten_nullable(schema, self._resolver)
        self._remaining -= flat.cost - 1
        return flat, is_nullable

    def _fits_variants(self, value: JSONValue, keywords: JSONObject, nesting: int) -> bool:
        any_of, one_of = list_at(keywords, "anyOf"), list_at(keywords, "oneOf")
        if any_of and not self.count_fitting(value, any_of, nesting):
            return False
        return not one_of or self.count_fitting(value, one_of, nesting) == 1

    def _fits_inside(self, value: JSONValue, keywords: JSONObject, nesting: int) -> bool:
        match value:
            case str():
                return _is_within(len(value), keywords, "minLength", "maxLength")
            case bool() | None:
                return True
            case int() | float():
                return number_fits(value, keywords)
            case list():
                return self._fits_array(value, keywords, nesting)
            case _:
                return self._fits_object(value, keywords, nesting)

    def _fits_array(self, value: list[JSONValue], keywords: JSONObject, nesting: int) -> bool:
        if not _is_within(len(value), keywords, "minItems", "maxItems"):
            return False
        if keywords.get("uniqueItems") is True and not _are_distinct(value):
            return False
        first = list_at(keywords, "prefixItems")
        rest = keywords.get("items", True)
        schemas = [*first, *[rest] * (len(value) - len(first))]
        return all(
            self.fits(item, schema, nesting) for item, schema in zip(value, schemas, strict=False)
        )

    def _fits_object(self, value: JSONObject, keywords: JSONObject, nesting: int) -> bool:
        if not _is_within(len(value), keywords, "minProperties", "maxProperties"):
            return False
        properties = object_at(keywords, "properties")
        for name in list_at(keywords, "required"):
            is_missing = isinstance(name, str) and name not in value
            if is_missing and self.travels(properties.get(str(name), True)):
                return False
        others: JSONValue = keywords.get("additionalProperties", True)
        if "patternProperties" in keywords:
            others = True
        return all(
            self.fits(member, properties.get(name, others), nesting)
            for name, member in value.items()
        )


def same_json(first: JSONValue, second: JSONValue) -> bool:
    """Whether two JSON values are equal; Python holds 1 and true, in lists too, for the same."""
    return first == second and _text(first) == _text(second)


def _text(value: JSONValue) -> str:
    return json.dumps(_normal(value), sort_keys=True)


def _normal(value: JSONValue) -> JSONValue:
    is_whole = isinstance(value, float) and value.is_integer()
    return int(value) if is_whole else value  # type: ignore[arg-type]  # is_whole has told


def _is_allowed(value: JSONValue, keywords: JSONObject) -> bool:
    if "const" in keywords and not same_json(value, keywords["const"]):
        return False
    allowed = list_at(keywords, "enum")
    return not allowed or any(same_json(value, one) for one in allowed)


def _is_within(count: int, keywords: JSONObject, least: str, most: str) -> bool:
    low, high = length_at(keywords, least), length_at(keywords, most)
    return count >= (low or 0) and (high is None or count <= high)


def _are_distinct(values: list[JSONValue]) -> bool:
    return len({_text(value) for value in values}) == len(values)

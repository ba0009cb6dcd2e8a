"""What a schema offers to put into a sample, and what may differ."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import list_at, object_at
from catalog.openapi.pattern_samples import sample_pattern

__all__ = ["given_values", "item_schemas", "unnamed_name", "unnamed_schema", "varied"]


def given_values(keywords: JSONObject) -> Iterator[JSONValue]:
    """Yield the values the schema itself names, best first."""
    if "const" in keywords:
        yield keywords["const"]
    examples = keywords.get("examples")
    yield from examples.values() if isinstance(examples, dict) else list_at(keywords, "examples")
    for keyword in ("example", "default"):
        if keyword in keywords:
            yield keywords[keyword]
    yield from sorted(list_at(keywords, "enum"), key=_is_empty)


def unnamed_schema(keywords: JSONObject) -> JSONValue:
    """The schema of properties without their own: of any pattern's, else of all other ones."""
    by_pattern = list(object_at(keywords, "patternProperties").values())
    schema = keywords.get("additionalProperties", True)
    if by_pattern and not isinstance(schema, dict):
        return by_pattern[0]
    return schema


def _is_empty(value: JSONValue) -> bool:
    return value is None or value == ""


def unnamed_name(keywords: JSONObject, number: int) -> str:
    """A name for a property without its own schema, fit for the first of `patternProperties`."""
    pattern = next(iter(object_at(keywords, "patternProperties")), "")
    has_others = isinstance(keywords.get("additionalProperties"), dict)
    by_pattern = sample_pattern(pattern, min_length=number) if pattern and not has_others else None
    return by_pattern or f"key{number}"


def item_schemas(keywords: JSONObject, count: int) -> list[JSONValue]:
    """The schemas of the first items: by position, then what is contained, then all others."""
    first = list_at(keywords, "prefixItems")
    rest = keywords.get("items", True)
    if "contains" in keywords:
        first = [*first, {"allOf": [keywords["contains"], rest]}]
    elif first:
        count = max(count, len(first))
    return [*first, *[rest] * (count - len(first))]


def varied(item: JSONValue, count: int) -> Iterator[JSONValue]:
    """Yield other values of the same kind."""
    for number in range(2, count + 2):
        match item:
            case bool():
                yield not item
            case str():
                yield f"{item}{number}"
            case int() | float():
                yield item + number - 1
            case dict():
                yield {
                    name: f"{member}{number}" if isinstance(member, str) else member
                    for name, member in item.items()
                }
            case _:
                return

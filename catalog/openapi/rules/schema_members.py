"""Schemas whose keywords contradict or miss one another."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.openapi.fitting import same_json
from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import as_object, list_at, object_at
from catalog.openapi.rules.context import Context, Finding
from catalog.openapi.visiting import Visited

__all__ = [
    "find_arrays_without_items",
    "find_duplicate_values",
    "find_impossible_ranges",
    "find_missing_discriminators",
    "find_unlisted_required",
]

_COMPOSITIONS = frozenset(("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "$ref"))
_RANGES = (
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
)
# Variants of variants that are looked into for a discriminator's property.
VARIANTS = 500


def find_arrays_without_items(context: Context) -> Iterator[Finding]:
    """Yield arrays that do not say what they hold. Source: OpenAPI 3.0.4, 4.7.24.1, on "items"."""
    for shape in ("schema", "parameter", "header"):
        for visited in context.of(shape):
            schema = visited.value
            if schema.get("type") == "array" and schema.keys().isdisjoint(
                ("items", "prefixItems", "$ref", "allOf", "oneOf", "anyOf")
            ):
                yield Finding(visited.pointer(), "This array does not say what its items are.")


def find_duplicate_values(context: Context) -> Iterator[Finding]:
    """Yield values that an enumeration lists again. Source: JSON Schema 2020-12, 6.1.2."""
    for visited in context.of("schema"):
        if "enum" in visited.value:
            values = list_at(visited.value, "enum")
            for index in _repeated(values):
                message = "The enumeration has this value already."
                yield Finding(visited.pointer("enum", index), message)


def find_impossible_ranges(context: Context) -> Iterator[Finding]:
    """Yield least values above the greatest, which nothing satisfies."""
    for shape in ("schema", "parameter"):
        for visited in context.of(shape):
            for least, most in _RANGES:
                if least in visited.value and _is_above(visited.value, least, most):
                    message = f"“{least}” is greater than “{most}”, so no value fits."
                    yield Finding(visited.pointer(least), message)


def find_unlisted_required(context: Context) -> Iterator[Finding]:
    """Yield required properties that an object does not describe.

    Parts of a composition are left out: another part may describe the property.
    """
    for visited in context.of("schema"):
        schema = visited.value
        if "required" not in schema or "properties" not in schema or _is_composed(visited):
            continue
        properties = object_at(schema, "properties")
        for index, name in enumerate(list_at(schema, "required")):
            if isinstance(name, str) and name not in properties:
                message = f"The required property “{name}” is not described."
                yield Finding(visited.pointer("required", index), message)


def find_missing_discriminators(context: Context) -> Iterator[Finding]:
    """Yield discriminators whose property none of the schemas they choose from has.

    Source: OpenAPI 3.1.1, 4.8.25.
    """
    for visited in context.of("schema"):
        if "discriminator" not in visited.value:
            continue
        written = visited.value["discriminator"]
        name = written if isinstance(written, str) else as_object(written).get("propertyName")
        if isinstance(name, str) and not _has_property(context, visited.value, name):
            message = f"No schema here has the discriminator's property “{name}”."
            yield Finding(visited.pointer("discriminator"), message)


def _repeated(values: list[JSONValue]) -> Iterator[int]:
    seen: dict[str, list[JSONValue]] = {}
    for index, value in enumerate(values):
        alike = seen.setdefault(str(value), [])
        if any(same_json(value, other) for other in alike):
            yield index
        else:
            alike.append(value)


def _is_above(schema: JSONObject, least: str, most: str) -> bool:
    low, high = schema[least], schema.get(most)
    if isinstance(low, bool) or isinstance(high, bool):
        return False
    return isinstance(low, int | float) and isinstance(high, int | float) and low > high


def _is_composed(visited: Visited) -> bool:
    if not visited.value.keys().isdisjoint(_COMPOSITIONS) or visited.place is None:
        return True
    parent, name = visited.place
    return name in _COMPOSITIONS or (parent is not None and parent[1] in _COMPOSITIONS)


def _has_property(context: Context, schema: JSONObject, name: str) -> bool:
    """Whether a schema, or one it is composed of, describes a property; true when unsure."""
    waiting: list[JSONValue] = [schema]
    for _ in range(VARIANTS):
        if not waiting:
            return False
        one = as_object(context.resolve(waiting.pop()))
        if name in object_at(one, "properties"):
            return True
        for keyword in ("allOf", "anyOf", "oneOf"):
            waiting.extend(list_at(one, keyword))
    return True

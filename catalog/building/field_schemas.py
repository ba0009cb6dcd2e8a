"""The few facts of a schema that writing a request depends on."""

from __future__ import annotations

from collections import deque

from catalog.openapi import JSONObject, JSONValue, Resolver, flatten_schema, types_of

__all__ = ["find_types", "items_of", "properties_of", "resolve_schema"]

ALTERNATIVES = ("oneOf", "anyOf")
# Alternatives may refer back to themselves and branch widely: what comes after is not looked at.
MAX_ALTERNATIVES = 200


def resolve_schema(schema: JSONValue, resolver: Resolver) -> JSONObject:
    """The keywords of a schema, references followed and `allOf` merged; {} for nonsense."""
    return flatten_schema(schema, resolver).keywords


def find_types(schema: JSONValue, resolver: Resolver) -> frozenset[str]:
    """The JSON types a schema speaks of, else those of its alternatives; empty means any type.

    An alternative that says nothing about types allows any.
    """
    found: set[str] = set()
    waiting = deque([schema])
    for _number in range(MAX_ALTERNATIVES):
        if not waiting:
            break
        keywords = resolve_schema(waiting.popleft(), resolver)
        types = types_of(keywords)
        found.update(types)
        if types:
            continue
        alternatives = _alternatives_of(keywords)
        if not alternatives:
            return frozenset()
        waiting.extend(alternatives)
    return frozenset(found)


def properties_of(schema: JSONValue, resolver: Resolver) -> dict[str, JSONValue]:
    """The properties a schema describes, those of its alternatives included; the first counts."""
    found: dict[str, JSONValue] = {}
    waiting = deque([schema])
    for _number in range(MAX_ALTERNATIVES):
        if not waiting:
            break
        keywords = resolve_schema(waiting.popleft(), resolver)
        properties = keywords.get("properties")
        if isinstance(properties, dict):
            found = {**properties, **found}
        waiting.extend(_alternatives_of(keywords))
    return found


def items_of(schema: JSONValue, resolver: Resolver) -> JSONValue:
    """The schema of array items, {} when the schema says nothing."""
    return resolve_schema(schema, resolver).get("items", {})


def _alternatives_of(keywords: JSONObject) -> list[JSONValue]:
    found: list[JSONValue] = []
    for keyword in ALTERNATIVES:
        members = keywords.get(keyword)
        if isinstance(members, list):
            found.extend(members[:MAX_ALTERNATIVES])
    return found

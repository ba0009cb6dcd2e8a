"""How much work it is to hold a value against a schema, measured before anyone does it.

A validator of JSON Schema takes exponential time over schemas that refer to one another twice at
each step, and cannot be interrupted. Counting first, with an end to counting, is the remedy.
"""

from __future__ import annotations

from collections.abc import Iterator

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import list_at, object_at
from catalog.openapi.rules.context import Context

__all__ = ["WeightBudget"]

EACH = 2_000
_ALTERNATIVES = ("allOf", "anyOf", "oneOf")
_CONDITIONS = ("not", "if", "then", "else")
_OF_MEMBERS = ("additionalProperties", "unevaluatedProperties", "propertyNames")
_OF_ITEMS = ("items", "additionalItems", "unevaluatedItems", "contains")
# Where these lead depends on the way of evaluation, or on a base URL inside the definition.
_UNFOLLOWED = frozenset(("$dynamicRef", "$recursiveRef", "$id", "id"))
_OTHER_MEMBERS = frozenset((*_OF_MEMBERS, "patternProperties"))
_IN_PLACE = frozenset((*_ALTERNATIVES, *_CONDITIONS, "dependentSchemas", "dependencies"))
# A schema with none of these is looked at once.
_APPLICATORS = frozenset(
    ("$ref", "prefixItems", *_UNFOLLOWED, *_IN_PLACE, *_OTHER_MEMBERS, "properties", *_OF_ITEMS)
)

_Pair = tuple[JSONValue, JSONValue]


class WeightBudget:
    """Grants the check of values against schemas until all the work is given out."""

    def __init__(self, context: Context, total: int) -> None:
        self._context = context
        self._left = total

    @property
    def is_spent(self) -> bool:
        """Whether nothing more will be granted."""
        return self._left <= 0

    def grants(self, value: JSONValue, schema: JSONValue) -> bool:
        """Whether the check is affordable, and if so, takes its cost off the budget.

        The cost is the number of (value, schema) pairs that a validator looks at if it stops
        nowhere early. References that lead out of the definition or nowhere are not affordable.
        """
        waiting: list[_Pair] = [(value, schema)]
        cost = 0
        while waiting:
            one, against = waiting.pop()
            cost += 1
            if cost > min(EACH, self._left):
                self._left -= cost
                return False
            if not isinstance(against, dict) or _APPLICATORS.isdisjoint(against):
                continue
            pairs = self._pairs(one, against)
            if pairs is None:
                return False
            waiting.extend(pairs)
        self._left -= cost
        return True

    def _pairs(self, value: JSONValue, schema: JSONObject) -> list[_Pair] | None:
        if not _UNFOLLOWED.isdisjoint(schema):
            return None
        pairs: list[_Pair] = []
        if "$ref" in schema:
            target = self._context.resolve({"$ref": schema["$ref"]})
            if not target:
                return None
            pairs.append((value, target))
        if not _IN_PLACE.isdisjoint(schema):
            pairs.extend((value, other) for other in _in_place(schema))
        if isinstance(value, dict):
            pairs.extend(_of_members(value, schema))
        elif isinstance(value, list):
            pairs.extend(_of_items(value, schema))
        return pairs


def _in_place(schema: JSONObject) -> Iterator[JSONValue]:
    for name in _ALTERNATIVES:
        if name in schema:
            yield from list_at(schema, name)
    for name in _CONDITIONS:
        if name in schema:
            yield schema[name]
    for name in ("dependentSchemas", "dependencies"):
        if name in schema:
            yield from object_at(schema, name).values()


def _of_members(value: JSONObject, schema: JSONObject) -> Iterator[_Pair]:
    properties = object_at(schema, "properties")
    yield from ((member, properties[name]) for name, member in value.items() if name in properties)
    if _OTHER_MEMBERS.isdisjoint(schema):
        return
    others = [schema[name] for name in _OF_MEMBERS if isinstance(schema.get(name), dict)]
    others += object_at(schema, "patternProperties").values()
    yield from ((member, other) for other in others for member in value.values())


def _of_items(value: list[JSONValue], schema: JSONObject) -> Iterator[_Pair]:
    for name in ("prefixItems", "items"):
        yield from zip(value, list_at(schema, name), strict=False)
    others = [schema[name] for name in _OF_ITEMS if isinstance(schema.get(name), dict)]
    yield from ((item, other) for other in others for item in value)

"""Running one rule over a definition, and the least of a definition around a fault."""

from __future__ import annotations

from typing import Any

from catalog.openapi.json_values import JSONObject
from catalog.openapi.rules import check_rules
from catalog.openapi.versions import Family

__all__ = ["broken", "path", "pointers", "schema"]


def broken(
    definition: JSONObject, rule: str, family: Family = Family.V3_0
) -> list[tuple[str, str]]:
    """Pointer and message of what one rule finds."""
    problems = check_rules(definition, family, limit=100)
    return [(one.pointer, one.message) for one in problems if one.rule == rule]


def pointers(definition: JSONObject, rule: str, family: Family = Family.V3_0) -> list[str]:
    """Where one rule finds something."""
    return [pointer for pointer, _ in broken(definition, rule, family)]


def path(name: str, **item: Any) -> JSONObject:
    """A definition of one path."""
    return {"paths": {name: item}}


def schema(**members: Any) -> JSONObject:
    """A definition of one schema, `A`."""
    return {"components": {"schemas": {"A": members}}}

"""Counting a parsed document against the limits."""

from __future__ import annotations

from catalog.openapi.errors import UnreadableDefinition, unreadable
from catalog.openapi.json_values import JSONValue
from catalog.openapi.limits import Limits

__all__ = ["check_size", "too_deep", "too_many_values"]


def check_size(value: JSONValue, limits: Limits) -> None:
    """Raise UnreadableDefinition when a document nests too deeply or holds too many values.

    Goes level by level: no recursion, and one list operation per container.
    """
    level = [value]
    nodes = depth = 0
    while level:
        nodes += len(level)
        depth += 1
        if nodes > limits.nodes:
            raise too_many_values(limits)
        if depth > limits.nesting and any(isinstance(node, dict | list) for node in level):
            raise too_deep(limits)
        below: list[JSONValue] = []
        for node in level:
            if isinstance(node, dict):
                below.extend(node.values())
            elif isinstance(node, list):
                below.extend(node)
        level = below


def too_deep(
    limits: Limits, *, line: int | None = None, column: int | None = None
) -> UnreadableDefinition:
    """The error for objects and arrays nested beyond `limits.nesting`."""
    message = f"Objects and arrays are nested more than {limits.nesting} levels deep."
    return unreadable("too-deep", message, line=line, column=column)


def too_many_values(limits: Limits) -> UnreadableDefinition:
    """The error for more values than `limits.nodes`."""
    return unreadable("too-many-values", f"The definition has more than {limits.nodes:,} values.")

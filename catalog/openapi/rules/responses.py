"""Responses that say nothing about themselves."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.openapi.rules.context import Context, Finding
from catalog.openapi.versions import Family

__all__ = ["find_missing_descriptions"]


def find_missing_descriptions(context: Context) -> Iterator[Finding]:
    """Yield responses with an empty description, and in 3.2 those without one.

    Before 3.2 a missing description is a fault of structure.
    """
    needs_one = context.family is Family.V3_2
    for visited in context.of("response"):
        response = visited.value
        if "$ref" in response or ("description" not in response and not needs_one):
            continue
        description = response.get("description", "")
        is_empty = isinstance(description, str) and not description.strip()
        if is_empty and not response.get("summary"):
            yield Finding(visited.pointer(), "This response has no description.")

"""Security requirements that name no scheme of the definition."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.openapi.lookups import as_object, list_at, object_at
from catalog.openapi.rules.context import Context, Finding
from catalog.openapi.versions import Family
from catalog.openapi.visiting import Visited

__all__ = ["find_unknown_schemes"]


def find_unknown_schemes(context: Context) -> Iterator[Finding]:
    """Yield each requirement that names an undefined scheme; 3.2 also allows a reference there.

    Source: OpenAPI 3.1.1, 4.8.30.
    """
    known = set(_schemes(context))
    for visited in (*context.of("definition"), *context.of("operation")):
        for position, name in _iter_names(visited):
            if name not in known and "/" not in name:
                message = f"There is no security scheme “{name}”."
                yield Finding(visited.pointer("security", position, name), message)


def _schemes(context: Context) -> dict[str, object]:
    definition = context.definition
    if context.family is Family.V2_0:
        return {**object_at(definition, "securityDefinitions")}
    return {**object_at(object_at(definition, "components"), "securitySchemes")}


def _iter_names(visited: Visited) -> Iterator[tuple[int, str]]:
    for position, requirement in enumerate(list_at(visited.value, "security")):
        for name in as_object(requirement):
            yield position, name

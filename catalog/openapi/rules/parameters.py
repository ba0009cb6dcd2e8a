"""Parameters: twice the same one, and headers that OpenAPI keeps for itself."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.openapi.lookups import as_object, list_at, text_at
from catalog.openapi.rules.context import Context, Finding
from catalog.openapi.versions import Family

__all__ = ["find_duplicate_parameters", "find_ignored_headers"]

_IGNORED = frozenset(("accept", "content-type", "authorization"))


def find_duplicate_parameters(context: Context) -> Iterator[Finding]:
    """Yield parameters whose name and location an earlier one of the same list has.

    Source: OpenAPI 3.1.1, 4.8.10, "MUST NOT include duplicated parameters".
    """
    for shape in ("path_item", "operation"):
        for visited in context.of(shape):
            seen: set[tuple[str, str]] = set()
            for index, entry in enumerate(list_at(visited.value, "parameters")):
                parameter = as_object(context.resolve(entry))
                name, location = text_at(parameter, "name"), text_at(parameter, "in")
                if name and (name, location) in seen:
                    message = f"There is a {location} parameter “{name}” in this list already."
                    yield Finding(visited.pointer("parameters", index), message)
                seen.add((name, location))


def find_ignored_headers(context: Context) -> Iterator[Finding]:
    """Yield header parameters that 3.0 and later say shall be ignored.

    Source: OpenAPI 3.1.1, 4.8.12.2, on "name".
    """
    if context.family is Family.V2_0:
        return
    for visited in context.of("parameter"):
        name = text_at(visited.value, "name")
        if visited.value.get("in") == "header" and name.lower() in _IGNORED:
            message = (
                f"“{name}” cannot be described as a parameter: it follows from the media types"
                " and the security of the operation."
            )
            yield Finding(visited.pointer(), message)

"""Operations: their names, texts and bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.openapi.json_values import JSONObject
from catalog.openapi.lookups import as_object, list_at, object_at, text_at
from catalog.openapi.rules.context import Context, Finding
from catalog.openapi.shapes import METHODS
from catalog.openapi.versions import Family

__all__ = [
    "find_awkward_ids",
    "find_body_beside_form",
    "find_duplicate_ids",
    "find_missing_summaries",
    "find_unexpected_bodies",
]

# Names that are a word in most languages; a dot or a dash is read as a separator.
_HANDY_ID = re.compile(r"[A-Za-z0-9_.-]+")
_WITHOUT_BODY = ("get", "head", "delete")


def find_awkward_ids(context: Context) -> Iterator[Finding]:
    """Yield operationIds that tools cannot turn into a name as they are.

    Source: OpenAPI 3.1.1, 4.8.10, "RECOMMENDED to follow common programming naming conventions".
    """
    for operation in context.of("operation"):
        name = text_at(operation.value, "operationId")
        if name and not _HANDY_ID.fullmatch(name):
            message = f"The operationId “{name[:80]}” is no name that tools can use as it is."
            yield Finding(operation.pointer("operationId"), message)


def find_unexpected_bodies(context: Context) -> Iterator[Finding]:
    """Yield request bodies of methods whose bodies many servers and proxies drop.

    Source: RFC 9110, 9.3.1, 9.3.2 and 9.3.5.
    """
    for operation in context.of("operation"):
        method = str(operation.place[1]) if operation.place else ""
        if method in _WITHOUT_BODY and _has_body(context, operation.value):
            message = f"A body of a {method.upper()} request may be dropped on its way."
            yield Finding(operation.pointer(), message)


def find_body_beside_form(context: Context) -> Iterator[Finding]:
    """Yield operations of 2.0 with both `body` and `formData` parameters.

    Source: OpenAPI 2.0, Parameter Object.
    """
    if context.family is not Family.V2_0:
        return
    for item in context.of("path_item"):
        shared = _locations(context, item.value)
        for method in METHODS:
            locations = shared | _locations(context, object_at(item.value, method))
            if method in item.value and {"body", "formData"} <= locations:
                message = "An operation cannot have a body and form parameters at once."
                yield Finding(item.pointer(method), message)


def find_duplicate_ids(context: Context) -> Iterator[Finding]:
    """Yield operations whose `operationId` an earlier one has."""
    seen: set[str] = set()
    for operation in context.of("operation"):
        name = text_at(operation.value, "operationId")
        if name and name in seen:
            message = f"Another operation has the operationId “{name}” already."
            yield Finding(operation.pointer("operationId"), message)
        seen.add(name)


def find_missing_summaries(context: Context) -> Iterator[Finding]:
    """Yield operations that no text describes."""
    for operation in context.of("operation"):
        if not text_at(operation.value, "summary") and not text_at(operation.value, "description"):
            message = "This operation has neither a summary nor a description."
            yield Finding(operation.pointer(), message)


def _has_body(context: Context, operation: JSONObject) -> bool:
    if context.family is Family.V2_0:
        return "body" in _locations(context, operation)
    return "requestBody" in operation


def _locations(context: Context, parent: JSONObject) -> set[str]:
    resolved = map(context.resolve, list_at(parent, "parameters"))
    return {text_at(as_object(parameter), "in") for parameter in resolved}

"""Operations: their names, tags and texts."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.openapi.json_values import JSONObject
from catalog.openapi.lookups import as_object, iter_objects, list_at, object_at, text_at
from catalog.openapi.rules.context import Context, Finding
from catalog.openapi.shapes import METHODS
from catalog.openapi.versions import Family

__all__ = [
    "find_body_beside_form",
    "find_duplicate_ids",
    "find_missing_summaries",
    "find_undeclared_tags",
]


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


def find_undeclared_tags(context: Context) -> Iterator[Finding]:
    """Yield the first use of each tag that the definition's `tags` do not list."""
    declared = list_at(context.definition, "tags")
    known = {text_at(tag, "name") for tag in iter_objects(declared)}
    for operation in context.of("operation"):
        for index, tag in enumerate(list_at(operation.value, "tags")):
            if isinstance(tag, str) and tag not in known:
                known.add(tag)
                message = f"The tag “{tag}” is not among the tags of the definition."
                yield Finding(operation.pointer("tags", index), message)


def _locations(context: Context, parent: JSONObject) -> set[str]:
    resolved = map(context.resolve, list_at(parent, "parameters"))
    return {text_at(as_object(parameter), "in") for parameter in resolved}

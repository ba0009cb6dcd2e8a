"""Tags: declared once, and all of them."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.openapi.lookups import as_object, iter_objects, list_at, text_at
from catalog.openapi.pointers import join_pointer
from catalog.openapi.rules.context import Context, Finding

__all__ = ["find_duplicate_tags", "find_undeclared_tags"]


def find_duplicate_tags(context: Context) -> Iterator[Finding]:
    """Yield tags that the definition declares again.

    Source: OpenAPI 3.1.1, 4.8.1, "Each tag name in the list MUST be unique".
    """
    seen: set[str] = set()
    for index, tag in enumerate(list_at(context.definition, "tags")):
        name = text_at(as_object(tag), "name")
        if name and name in seen:
            pointer = join_pointer("/tags", index)
            yield Finding(pointer, f"The tag “{name}” is declared already.")
        seen.add(name)


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

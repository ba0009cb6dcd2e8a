"""Paths, and their variables against the path parameters that are declared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.openapi.json_values import JSONValue
from catalog.openapi.lookups import as_object, list_at, object_at, text_at
from catalog.openapi.pointers import join_pointer
from catalog.openapi.rules.context import Context, Finding
from catalog.openapi.shapes import METHODS

__all__ = [
    "find_ambiguous_paths",
    "find_paths_without_slash",
    "find_undeclared_parameters",
    "find_unused_parameters",
]

_TEMPLATE = re.compile(r"\{([^{}/?#]+)\}")


@dataclass(frozen=True, slots=True)
class _Templated:
    """An operation with the names its path has and those it declares, by their pointers."""

    pointer: str
    path: str
    expected: tuple[str, ...]
    declared: dict[str, str]


def find_ambiguous_paths(context: Context) -> Iterator[Finding]:
    """Yield paths that differ from an earlier one by the names of their variables alone.

    Source: OpenAPI 3.1.1, 4.8.8.1, "MUST NOT exist as they are identical".
    """
    seen: dict[str, str] = {}
    for path in _iter_paths(context):
        first = seen.setdefault(_TEMPLATE.sub("{}", path), path)
        if first != path:
            message = f"No request can tell “{path}” from “{first}”."
            yield Finding(join_pointer("/paths", path), message)


def find_paths_without_slash(context: Context) -> Iterator[Finding]:
    """Yield paths that do not begin as they must. Source: OpenAPI 3.1.1, 4.8.8.1."""
    for path in _iter_paths(context):
        if not path.startswith("/"):
            message = f"The path “{path[:80]}” must begin with “/”."
            yield Finding(join_pointer("/paths", path), message)


def find_undeclared_parameters(context: Context) -> Iterator[Finding]:
    """Yield the template variables of a path that no path parameter declares.

    Source: OpenAPI 3.1.1, 4.8.8.2 and 4.8.12.
    """
    for operation in _iter_operations(context):
        for name in operation.expected:
            if name not in operation.declared:
                message = f"“{{{name}}}” of the path has no path parameter."
                yield Finding(operation.pointer, message)


def find_unused_parameters(context: Context) -> Iterator[Finding]:
    """Yield path parameters whose name the path does not have."""
    seen: set[str] = set()
    for operation in _iter_operations(context):
        for name, pointer in operation.declared.items():
            if name not in operation.expected and pointer not in seen:
                seen.add(pointer)
                message = f"The path has no “{{{name}}}” for this path parameter."
                yield Finding(pointer, message)


def _iter_paths(context: Context) -> Iterator[str]:
    for path in object_at(context.definition, "paths"):
        if not path.startswith("x-"):
            yield path


def _iter_operations(context: Context) -> Iterator[_Templated]:
    entries = object_at(context.definition, "paths")
    for path in _iter_paths(context):
        item = as_object(context.resolve(entries[path]))
        expected = tuple(dict.fromkeys(_TEMPLATE.findall(path)))
        base = join_pointer("/paths", path)
        shared = _declared(context, list_at(item, "parameters"), base)
        for method in METHODS:
            operation = item.get(method)
            if isinstance(operation, dict):
                pointer = join_pointer(base, method)
                own = _declared(context, list_at(operation, "parameters"), pointer)
                yield _Templated(pointer, path, expected, {**shared, **own})


def _declared(context: Context, parameters: list[JSONValue], base: str) -> dict[str, str]:
    declared: dict[str, str] = {}
    for index, parameter in enumerate(parameters):
        resolved = as_object(context.resolve(parameter))
        if resolved.get("in") == "path":
            declared[text_at(resolved, "name")] = join_pointer(base, "parameters", index)
    return declared

"""Servers: whether readers learn where the API is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.openapi.json_values import JSONObject
from catalog.openapi.lookups import as_object, list_at, object_at, text_at
from catalog.openapi.pointers import join_pointer
from catalog.openapi.rules.context import Context, Finding
from catalog.openapi.versions import Family

__all__ = ["find_missing", "find_relative", "find_undefined_variables", "find_unlisted_defaults"]

_VARIABLE = re.compile(r"\{([^{}]+)\}")
# A server that begins with a variable may well be absolute.
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|\{")


def find_missing(context: Context) -> Iterator[Finding]:
    """Yield the definition when it names no server, and 2.0 without a host."""
    if context.family is Family.V2_0:
        if not text_at(context.definition, "host"):
            yield Finding("", "The definition names no host; a base URL has to be given.")
    elif not list_at(context.definition, "servers") and _has_paths(context):
        yield Finding("", "The definition names no server; a base URL has to be given.")


def find_relative(context: Context) -> Iterator[Finding]:
    """Yield servers whose URL is relative: to an address that an uploaded file does not have."""
    for position, server in enumerate(list_at(context.definition, "servers")):
        url = text_at(as_object(server), "url")
        if url and not _ABSOLUTE.match(url):
            message = f"The server “{url[:80]}” is relative; a base URL has to be given."
            yield Finding(f"/servers/{position}/url", message)


def find_undefined_variables(context: Context) -> Iterator[Finding]:
    """Yield server URLs with a variable that nothing defines. Source: OpenAPI 3.1.1, 4.8.5."""
    for pointer, server in _iter_servers(context):
        variables = object_at(server, "variables")
        for name in dict.fromkeys(_VARIABLE.findall(text_at(server, "url"))):
            if name not in variables:
                message = f"The server variable “{{{name}}}” is not defined."
                yield Finding(join_pointer(pointer, "url"), message)


def find_unlisted_defaults(context: Context) -> Iterator[Finding]:
    """Yield server variables whose default is not among their values.

    Source: OpenAPI 3.1.1, 4.8.6, "the value MUST exist in the enum's values".
    """
    for pointer, server in _iter_servers(context):
        for name, entry in object_at(server, "variables").items():
            variable = as_object(entry)
            allowed = list_at(variable, "enum")
            if allowed and "default" in variable and variable["default"] not in allowed:
                message = f"The default of the server variable “{name}” is none of its values."
                yield Finding(join_pointer(pointer, "variables", name, "default"), message)


def _iter_servers(context: Context) -> Iterator[tuple[str, JSONObject]]:
    for shape in ("definition", "path_item", "operation"):
        for visited in context.of(shape):
            if "servers" in visited.value:
                for position, server in enumerate(list_at(visited.value, "servers")):
                    yield visited.pointer("servers", position), as_object(server)


def _has_paths(context: Context) -> bool:
    return bool(context.definition.get("paths"))

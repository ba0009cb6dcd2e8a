"""Servers: whether readers learn where the API is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.openapi.lookups import as_object, list_at, text_at
from catalog.openapi.rules.context import Context, Finding
from catalog.openapi.versions import Family

__all__ = ["find_missing", "find_relative"]

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


def _has_paths(context: Context) -> bool:
    return bool(context.definition.get("paths"))

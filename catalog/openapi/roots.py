"""Which file of a folder or archive is the definition, where nobody said so."""

from __future__ import annotations

import re

from catalog.openapi.errors import UnreadableDefinition, unreadable
from catalog.openapi.json_values import JSONValue
from catalog.openapi.limits import Limits
from catalog.openapi.parsing import parse_document
from catalog.openapi.sources import SourceFiles

__all__ = ["find_root"]

_SUFFIXES = (".yaml", ".yml", ".json")
# Cheap, so that only what looks like a definition is parsed.
_LOOKS_LIKE_ONE = re.compile(rb"""(?:^|[{,])\s*["']?(?:openapi|swagger)["']?\s*:""", re.MULTILINE)
SHOWN = 5


def find_root(files: SourceFiles, *, limits: Limits) -> str:
    """The name of the only file that is an OpenAPI definition.

    Raises UnreadableDefinition when there is none, or several: they are named then.
    """
    found = [name for name in files.names if _is_definition(name, files, limits)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise unreadable("missing-file", "None of the files is an OpenAPI definition.")
    shown = ", ".join(found[:SHOWN]) + ("…" if len(found) > SHOWN else "")
    raise unreadable("several-definitions", f"Several files are definitions; name one: {shown}.")


def _is_definition(name: str, files: SourceFiles, limits: Limits) -> bool:
    source = files.read(name) if name.lower().endswith(_SUFFIXES) else None
    if source is None or not _LOOKS_LIKE_ONE.search(source):
        return False
    try:
        return _has_version(parse_document(source, limits).value)
    except UnreadableDefinition:
        return False


def _has_version(value: JSONValue) -> bool:
    return isinstance(value, dict) and ("openapi" in value or "swagger" in value)

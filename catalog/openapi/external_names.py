"""File names out of references: relative ones below the root's folder, and nothing else."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

__all__ = ["clean_name", "resolve_name"]

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def resolve_name(base: str, reference: str) -> str | None:
    """The name of the file a reference leads to from the file `base`, percent-decoded.

    None for what is never opened: URLs, drive letters, absolute names, backslashes and whatever
    leaves the folder of the definition.
    """
    name = unquote(reference)
    if _SCHEME.match(name):
        return None
    return clean_name(posixpath.join(posixpath.dirname(base), name))


def clean_name(name: str) -> str | None:
    """A name with "." and ".." worked out; None when it is absolute, leads outside or is odd."""
    if not name or name.startswith("/") or "\\" in name or "\x00" in name or _SCHEME.match(name):
        return None
    cleaned = posixpath.normpath(name)
    return None if cleaned in (".", "..") or cleaned.startswith("../") else cleaned

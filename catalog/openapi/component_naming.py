"""Names for what other files bring into a definition's components."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from catalog.openapi.external_references import Target
from catalog.openapi.json_values import JSONObject
from catalog.openapi.lookups import as_object
from catalog.openapi.pointers import Missing, join_pointer, locate, split_pointer

__all__ = ["ComponentNames"]

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")


class ComponentNames:
    """Gives each target one component; the same files give the same names each time."""

    def __init__(self, definition: JSONObject, sections: Mapping[str, str]) -> None:
        self._pointers: dict[tuple[str, str, str], str] = {}
        self._taken: dict[str, set[str]] = {}
        for section in sections.values():
            entries = locate(definition, split_pointer(section))
            names = () if isinstance(entries, Missing) else as_object(entries)
            self._taken[section] = set(names)

    def find(self, section: str, target: Target) -> str | None:
        """The pointer of a target's component, None when it has none yet."""
        return self._pointers.get((section, target.file, target.pointer))

    def keep(self, section: str, target: Target, name: str) -> None:
        """Make an entry that the definition has already the component of a target."""
        key = (section, target.file, target.pointer)
        self._pointers.setdefault(key, join_pointer(section, name))

    def add(self, section: str, target: Target) -> str:
        """A new component for a target, named after the end of its pointer, else its file."""
        taken = self._taken[section]
        wanted = _wanted_name(target)
        name, number = wanted, 2
        while name in taken:
            name, number = f"{wanted}-{number}", number + 1
        taken.add(name)
        pointer = join_pointer(section, name)
        self._pointers[section, target.file, target.pointer] = pointer
        return pointer


def _wanted_name(target: Target) -> str:
    names = split_pointer(target.pointer)
    stem = posixpath.basename(target.file).partition(".")[0]
    return _NOT_IN_NAMES.sub("_", names[-1] if names else stem).strip("_") or "component"

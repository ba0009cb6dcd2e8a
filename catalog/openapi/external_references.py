"""What a reference in one of a definition's files leads to."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.openapi.documents import Documents
from catalog.openapi.external_names import resolve_name
from catalog.openapi.json_values import JSONValue
from catalog.openapi.pointers import Missing, locate, pointer_of, split_pointer

__all__ = ["BadReferenceError", "Target", "TargetFinder"]

HOPS = 20


@dataclass(frozen=True, slots=True)
class Target:
    """Where a reference leads: a file, a pointer in it, and the value there."""

    file: str
    pointer: str
    value: JSONValue


class BadReferenceError(Exception):
    """A reference that is not followed; the message is a whole sentence, `rule` its kind."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


class TargetFinder:
    """Finds targets among the files of one definition."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def find(self, reference: str, base: str) -> Target:
        """The target of a reference that stands in the file `base`.

        A pointer that the file itself lacks is looked up in the root too, as many writers mean
        it. Raises BadReferenceError when it is refused or leads nowhere.
        """
        name, _, fragment = reference.partition("#")
        file = self._name(reference, name, base) if name else base
        pointer = self._pointer(reference, fragment)
        target = self._locate(file, pointer)
        if target is None and not name:
            target = self._locate(self._documents.root_name, pointer)
        if target is None:
            message = f"The reference “{shorten(reference)}” leads nowhere."
            raise BadReferenceError("dangling-reference", message)
        return target

    def _name(self, reference: str, name: str, base: str) -> str:
        file = resolve_name(base, name)
        if file is None:
            message = (
                f"The reference “{shorten(reference)}” leads out of the definition and is never"
                " followed."
            )
            raise BadReferenceError("external-reference", message)
        if self._documents.find(file) is None:
            fault = self._documents.faults.get(file)
            why = f"cannot be read: {fault.message}" if fault else "is not among the files given."
            message = f"The reference “{shorten(reference)}” leads to a file that {why}"
            raise BadReferenceError("dangling-reference", message)
        return file

    def _pointer(self, reference: str, fragment: str) -> str:
        if fragment in ("", "/"):
            return ""
        pointer = pointer_of(f"#{fragment}")
        if not pointer:
            message = f"The reference “{shorten(reference)}” has no JSON pointer behind “#”."
            raise BadReferenceError("dangling-reference", message)
        return pointer

    def _locate(self, file: str, pointer: str, hops: int = HOPS) -> Target | None:
        """Go down a pointer, through references that stand in its way."""
        parsed = self._documents.find(file)
        if parsed is None:
            return None
        names = split_pointer(pointer)
        value = parsed.value
        for position, name in enumerate(names):
            below = locate(value, [name])
            if isinstance(below, Missing):
                return self._locate_behind(value, names[position:], file=file, hops=hops)
            value = below
        return Target(file, pointer, value)

    def _locate_behind(
        self, value: JSONValue, names: list[str], *, file: str, hops: int
    ) -> Target | None:
        reference = value.get("$ref") if isinstance(value, dict) else None
        if not isinstance(reference, str) or hops <= 0:
            return None
        name, _, fragment = reference.partition("#")
        behind = resolve_name(file, name) if name else file
        pointer = pointer_of(f"#{fragment}") if fragment else ""
        if behind is None or (fragment and not pointer):
            return None
        rest = "".join(f"/{name.replace('~', '~0').replace('/', '~1')}" for name in names)
        return self._locate(behind, pointer + rest, hops - 1)


def shorten(reference: str) -> str:
    """A reference as messages show it."""
    return reference if len(reference) <= 120 else f"{reference[:120]}…"

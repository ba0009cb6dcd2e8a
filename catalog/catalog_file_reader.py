"""Reading a parsed YAML document by its keys, collecting complaints with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from catalog.openapi import join_pointer

__all__ = ["CatalogFileError", "Complaint", "Reader"]


@dataclass(frozen=True, slots=True)
class Complaint:
    """A whole sentence, and the JSON pointer of what it is about ("" is the whole file)."""

    sentence: str
    pointer: str = ""


class CatalogFileError(ValueError):
    """A catalog file that cannot be applied, with everything that is wrong with it."""

    def __init__(self, complaints: list[Complaint]) -> None:
        super().__init__("\n".join(complaint.sentence for complaint in complaints))
        self.complaints = complaints


class Reader:
    """One object of the document, its place in it, and the complaints of the whole document."""

    def __init__(
        self,
        value: Any,
        *,
        place: str,
        pointer: str = "",
        complaints: list[Complaint] | None = None,
    ) -> None:
        self._place = place
        self._pointer = pointer
        self._complaints: list[Complaint] = [] if complaints is None else complaints
        if value is not None and not isinstance(value, dict):
            self.complain(f"{place or 'The file'} is not an object of keys and values.")
        self.members: dict[str, Any] = value if isinstance(value, dict) else {}

    def complain(self, sentence: str, *keys: str | int) -> None:
        """Add a complaint about what lies below these keys; all of them are told at once."""
        self._complaints.append(Complaint(sentence, join_pointer(self._pointer, *keys)))

    def finish(self) -> None:
        """Raise CatalogFileError when there were complaints anywhere."""
        if self._complaints:
            raise CatalogFileError(self._complaints)

    def refuse_unknown(self, *known: str) -> None:
        """Complain of keys that mean nothing: most often a slip of the pen."""
        for key in self.members:
            if key not in known:
                self.complain(
                    f"{self._at(key)} is not a key known here; known: {', '.join(known)}.", key
                )

    def text(
        self, key: str, *, default: str | None = None, pattern: re.Pattern[str] | None = None
    ) -> str:
        """A text; without a default it is required."""
        value = self.members.get(key, default)
        if value is None:
            self.complain(f"{self._at(key)} is missing.")
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.complain(f"{self._at(key)} is not a text.", key)
            return ""
        if pattern is not None and not pattern.fullmatch(str(value)):
            self.complain(
                f'{self._at(key)} is "{value}", which has characters not allowed here.', key
            )
        return str(value)

    def choice(self, key: str, choices: Iterable[str], *, default: str | None = None) -> str:
        """One word of a closed set."""
        value = self.text(key, default=default)
        if value and value not in choices:
            self.complain(
                f'{self._at(key)} is "{value}"; it takes one of {", ".join(choices)}.', key
            )
        return value

    def flag(self, key: str) -> bool:
        """true or false; left out is false."""
        value = self.members.get(key, False)
        if not isinstance(value, bool):
            self.complain(f"{self._at(key)} is neither true nor false.", key)
            return False
        return value

    def items(self, key: str) -> list[Reader]:
        """The objects of a list; left out is empty."""
        value = self.members.get(key) or []
        if not isinstance(value, list):
            self.complain(f"{self._at(key)} is not a list.", key)
            return []
        return [
            self._inner(item, f"{self._at(key)}[{index}]", key, index)
            for index, item in enumerate(value)
        ]

    def texts(self, *keys: str) -> list[str]:
        """A list of texts below one or more keys; left out is empty."""
        value: Any = self.members
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.complain(f"{self._at('.'.join(keys))} is not a list of texts.", *keys)
            return []
        return value

    def mapping(self, key: str) -> dict[str, Any]:
        """An object whose keys are names; left out is empty."""
        return self.member(key).members

    def member(self, *keys: str) -> Reader:
        """The object below one or more keys."""
        value: Any = self.members
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        return self._inner(value, self._at(".".join(keys)), *keys)

    def _inner(self, value: Any, place: str, *keys: str | int) -> Reader:
        pointer = join_pointer(self._pointer, *keys)
        return Reader(value, place=place, pointer=pointer, complaints=self._complaints)

    def _at(self, key: str) -> str:
        return f"{self._place}.{key}" if self._place else key

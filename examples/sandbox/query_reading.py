"""Reading parameters: texts in, values out, faults collected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from examples.sandbox.refusals import Fault
from examples.sandbox.value_checks import (
    REQUIRED,
    FaultList,
    choice_fault,
    find_date,
    text_fault,
)

__all__ = ["QueryReader"]

LONGEST_INTEGER = 9


class QueryReader:
    """Reads the query parameters of one request; names that are not asked for are ignored.

    What cannot be used counts as absent and is a fault. Of a parameter sent twice the first counts.
    """

    def __init__(self, query: Mapping[str, list[str]], faults: FaultList) -> None:
        self._query = query
        self._faults = faults

    def text(self, name: str, *, lengths: tuple[int, int], pattern: str = "") -> str | None:
        """A text within these lengths that matches the pattern."""
        value = self._first(name)
        if value is None:
            return None
        return self._checked(name, value, text_fault(value, lengths=lengths, pattern=pattern))

    def choice(self, name: str, choices: Sequence[str]) -> str | None:
        """One of a few words."""
        value = self._first(name)
        if value is None:
            return None
        return self._checked(name, value, choice_fault(value, choices))

    def required_choice(self, name: str, choices: Sequence[str]) -> str:
        """One of a few words; empty when absent, which is a fault."""
        if self._first(name) is None:
            self._refuse(name, REQUIRED)
        return self.choice(name, choices) or ""

    def choices(self, name: str, choices: Sequence[str]) -> list[str]:
        """Some of a few words, the parameter being repeated for each."""
        values = self._query.get(name, [])
        if any(value not in choices for value in values):
            self._refuse(name, f"Each one of {', '.join(choices)}.")
        elif len(set(values)) < len(values):
            self._refuse(name, "All different.")
        return values

    def listed_choices(self, name: str, choices: Sequence[str]) -> list[str]:
        """Some of a few words with commas between them."""
        values = [value for text in self._query.get(name, []) for value in text.split(",") if value]
        if any(value not in choices for value in values):
            self._refuse(name, f"Each one of {', '.join(choices)}.")
        return values

    def integer(self, name: str, *, bounds: tuple[int, int], default: int) -> int:
        """A whole number within these bounds."""
        text = self._first(name)
        if text is None:
            return default
        lowest, highest = bounds
        readable = text.isascii() and text.isdecimal() and len(text) <= LONGEST_INTEGER
        if not readable or not lowest <= int(text) <= highest:
            self._refuse(name, f"A whole number from {lowest} to {highest}.")
            return default
        return int(text)

    def day(self, name: str) -> date | None:
        """A day such as 2026-11-23."""
        text = self._first(name)
        if text is None:
            return None
        value = find_date(text)
        if value is None:
            self._refuse(name, "A day such as 2026-11-23.")
        return value

    def _first(self, name: str) -> str | None:
        values = self._query.get(name)
        return values[0] if values else None

    def _checked(self, name: str, value: str, sentence: str) -> str | None:
        if not sentence:
            return value
        self._refuse(name, sentence)
        return None

    def _refuse(self, name: str, sentence: str) -> None:
        self._faults.add(Fault(sentence, parameter=name))

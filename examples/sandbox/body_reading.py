"""Reading JSON bodies: members of objects in, values out, faults collected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from examples.sandbox.refusals import Fault
from examples.sandbox.value_checks import REQUIRED, FaultList, choice_fault, text_fault

__all__ = ["BodyReader"]


class BodyReader:
    """Reads one object of a body; members that are not asked for are ignored.

    What cannot be used counts as absent and is a fault. `pointer` says where the object stands.
    """

    def __init__(self, value: Any, faults: FaultList, *, pointer: str = "") -> None:
        self._faults = faults
        self._pointer = pointer
        self._members: dict[str, Any] = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            faults.add(Fault("An object is expected.", pointer=pointer))

    def text(self, name: str, *, lengths: tuple[int, int], pattern: str = "") -> str:
        """A required text within these lengths that matches the pattern."""
        if name not in self._members:
            self.refuse(name, REQUIRED)
            return ""
        value = self._members[name]
        return self._checked(name, value, text_fault(value, lengths=lengths, pattern=pattern))

    def optional_text(self, name: str, *, lengths: tuple[int, int]) -> str | None:
        """A text within these lengths, or null, or nothing."""
        if self._members.get(name) is None:
            return None
        return self.text(name, lengths=lengths)

    def choice(self, name: str, choices: Sequence[str], *, default: str | None = None) -> str:
        """One of a few words; without a default it is required."""
        if name in self._members or default is None:
            value = self._members.get(name)
            sentence = choice_fault(value, choices) if name in self._members else REQUIRED
            return self._checked(name, value, sentence)
        return default

    def choices(self, name: str, choices: Sequence[str]) -> list[str]:
        """At least one of a few words, all different; all of them when left out."""
        if name not in self._members:
            return list(choices)
        values = self._members[name]
        if not isinstance(values, list) or not values:
            self.refuse(name, "A list of at least one is expected.")
            return list(choices)
        if any(value not in choices for value in values):
            self.refuse(name, f"Each one of {', '.join(choices)}.")
        elif len(set(values)) < len(values):
            self.refuse(name, "All different.")
        return values

    def member(self, name: str) -> BodyReader:
        """The required object under this name."""
        return BodyReader(self._members.get(name), self._faults, pointer=f"{self._pointer}/{name}")

    def refuse(self, name: str, sentence: str) -> None:
        """Note a fault of the member under this name."""
        self._faults.add(Fault(sentence, pointer=f"{self._pointer}/{name}"))

    def _checked(self, name: str, value: Any, sentence: str) -> str:
        if not sentence:
            return str(value)
        self.refuse(name, sentence)
        return ""

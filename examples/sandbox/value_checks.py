"""Checks of values that came in; each says in a sentence what is expected, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from examples.sandbox.refusals import Fault, Refusal

__all__ = ["REQUIRED", "FaultList", "build_refusal", "choice_fault", "find_date", "text_fault"]

REQUIRED = "A value is required."
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class FaultList:
    """Collects the faults of one request, so that the answer names all of them at once."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Remember one more fault."""
        self._faults.append(fault)

    def finish(self) -> None:
        """Raise Refusal 422 when there was any fault."""
        if self._faults:
            raise build_refusal(*self._faults)


def build_refusal(*faults: Fault) -> Refusal:
    """The refusal, 422, of a request with these faults."""
    subject = "One value is" if len(faults) == 1 else f"{len(faults)} values are"
    detail = f"{subject} missing or not allowed."
    return Refusal(422, "values-not-allowed", detail, faults=faults)


def text_fault(value: Any, *, lengths: tuple[int, int], pattern: str = "") -> str:
    """What is wrong with a text; the pattern must match all of it."""
    lowest, highest = lengths
    if not isinstance(value, str) or not _is_encodable(value):
        return "A text is expected."
    if not lowest <= len(value) <= highest:
        return f"From {lowest} to {highest:,} characters."
    if pattern and not re.fullmatch(pattern, value):
        return f"It must match {pattern}."
    return ""


def choice_fault(value: Any, choices: Sequence[str]) -> str:
    """What is wrong with a value that must be one of a few."""
    return "" if value in choices else f"One of {', '.join(choices)}."


def find_date(text: str) -> date | None:
    """The day a text such as 2026-11-23 means, None when it means none."""
    if not DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _is_encodable(text: str) -> bool:
    """Whether it is no half of a character, which JSON can write and UTF-8 cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

"""The warning for a member that one object has twice."""

from __future__ import annotations

from catalog.openapi.pointers import split_pointer
from catalog.openapi.problems import Problem, Severity

__all__ = ["duplicate_key"]


def duplicate_key(pointer: str, *, first_line: int, line: int, column: int) -> Problem:
    """Warn that the member at a pointer is given twice; lines and columns count from 1."""
    name = split_pointer(pointer)[-1]
    message = f"“{name}” is given twice, in lines {first_line} and {line}; the last one counts."
    return Problem(Severity.WARNING, "duplicate-key", message, pointer, line, column)

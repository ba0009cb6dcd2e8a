"""What commands print about definitions, and the silence around it."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from catalog.openapi import Problem, Severity

__all__ = ["count_problems", "describe_problem", "number_of", "quiet_logs"]

LOGGERS = ("catalog", "portal")


@contextmanager
def quiet_logs() -> Iterator[None]:
    """Let a command speak for itself: only errors are logged meanwhile."""
    loggers = [logging.getLogger(name) for name in LOGGERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def describe_problem(problem: Problem) -> str:
    """A problem in a line: "error: This is wrong. (line 3, column 1)"."""
    place = f"line {problem.line}, column {problem.column}" if problem.line else problem.pointer
    shown = f" ({place})" if place else ""
    return f"{problem.severity}: {problem.message}{shown}"


def count_problems(problems: Iterable[Problem]) -> str:
    """How many there are of each kind that matters: "2 errors, 1 warning"."""
    counts = Counter(problem.severity for problem in problems)
    severities = [Severity.ERROR, *([Severity.WARNING] if counts[Severity.WARNING] else [])]
    return ", ".join(number_of(counts[severity], str(severity)) for severity in severities)


def number_of(count: int, noun: str) -> str:
    """A number with its noun: "1 operation", "2 operations"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"

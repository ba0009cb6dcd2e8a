"""Errors that stop the reading of a definition.

OpenAPIError
└── UnreadableDefinition   nothing in it is safe to publish
"""

from __future__ import annotations

from catalog.openapi.problems import Problem, Severity

__all__ = ["OpenAPIError", "UnreadableDefinition", "unreadable"]


class OpenAPIError(Exception):
    """Base of the errors of this package."""


class UnreadableDefinition(OpenAPIError):
    """The definition cannot be published: not parseable, not OpenAPI, empty or over a limit.

    `problem` says what is wrong and where; trying again with the same bytes cannot help.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def unreadable(
    rule: str,
    message: str,
    *,
    pointer: str = "",
    line: int | None = None,
    column: int | None = None,
) -> UnreadableDefinition:
    """The error for one fault that leaves nothing to publish; positions count from 1."""
    problem = Problem(Severity.ERROR, rule, message, pointer, line, column)
    return UnreadableDefinition(problem)

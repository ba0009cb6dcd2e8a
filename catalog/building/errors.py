"""What goes wrong when a request is built.

BuildingError
└── CannotBuild: sending this would be wrong, so nothing is sent
"""

from __future__ import annotations

from catalog.building.problems import RequestProblem

__all__ = ["BuildingError", "CannotBuild"]


class BuildingError(Exception):
    """Base of all errors of this package."""


class CannotBuild(BuildingError):
    """Sending would reach another operation or smuggle bytes; `problem` says why."""

    def __init__(self, problem: RequestProblem) -> None:
        super().__init__(f"{problem.kind}: {problem.location} {problem.name}")
        self.problem = problem

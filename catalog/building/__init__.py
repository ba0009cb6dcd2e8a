"""Values filled in for an operation become an HTTP request; pure, sends nothing."""

from __future__ import annotations

from catalog.building.building import BuiltRequest, build_request
from catalog.building.credentials import placeholders
from catalog.building.errors import BuildingError, CannotBuild
from catalog.building.field_texts import parse_field_text, parse_schema_text
from catalog.building.problems import ProblemKind, RequestProblem
from catalog.building.urls import template_names
from catalog.building.values import ABSENT, Absent, FilePart, RequestValues
from catalog.building.variables import substitute

__all__ = [
    "ABSENT",
    "Absent",
    "BuildingError",
    "BuiltRequest",
    "CannotBuild",
    "FilePart",
    "ProblemKind",
    "RequestProblem",
    "RequestValues",
    "build_request",
    "parse_field_text",
    "parse_schema_text",
    "placeholders",
    "substitute",
    "template_names",
]

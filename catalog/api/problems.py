"""Problems as the REST API answers them (RFC 9457, section 3)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from rest_framework.response import Response

__all__ = ["CONTENT_TYPE", "build_problem", "problem_response"]

CONTENT_TYPE = "application/problem+json"


def build_problem(status: HTTPStatus, detail: str, **members: Any) -> dict[str, Any]:
    """The members of a problem, with further ones of its own kind."""
    return {"title": status.phrase, "status": status.value, "detail": detail, **members}


def problem_response(status: HTTPStatus, detail: str, **members: Any) -> Response:
    """A problem that is an answer rather than an exception."""
    problem = build_problem(status, detail, **members)
    return Response(problem, status=status, content_type=CONTENT_TYPE)

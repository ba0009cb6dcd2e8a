"""Errors of the REST API as RFC 9457 problems."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.http import Http404, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from catalog.api.problems import CONTENT_TYPE, build_problem

__all__ = ["answer_exception", "answer_problem"]


def answer_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """The one exception handler: title, status, detail, and `errors` by field for wrong input.

    Source: RFC 9457, section 3. An error of our own making stays one and ends as a 500.
    """
    # Django would answer these with a page.
    if isinstance(error, BadRequest | SuspiciousOperation):
        is_too_big = isinstance(error, RequestDataTooBig)
        error = exceptions.ParseError(str(error) or None)
        if is_too_big:
            error.status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    response = exception_handler(error, context)
    if response is None:
        return None
    status = HTTPStatus(response.status_code)
    if isinstance(error, exceptions.ValidationError):
        errors = response.data if isinstance(response.data, dict) else {"body": response.data}
        response.data = build_problem(status, _sentence(response.data), errors=errors)
    else:
        response.data = build_problem(status, _detail(error, response))
    response.content_type = CONTENT_TYPE
    return response


def answer_problem(status: HTTPStatus, detail: str) -> JsonResponse:
    """A problem where no view of the API has answered: an unknown address, a fault of the portal.

    Source: RFC 9457, section 3.
    """
    return JsonResponse(build_problem(status, detail), status=status, content_type=CONTENT_TYPE)


def _detail(error: Exception, response: Response) -> str:
    if isinstance(error, Http404 | PermissionDenied) and error.args:
        return str(error.args[0])
    return str(response.data.get("detail", ""))


def _sentence(data: Any) -> str:
    """The first complaint in words, with the field it is about."""
    if isinstance(data, dict) and data:
        name, inner = next(iter(data.items()))
        rest = _sentence(inner)
        return rest if name == "non_field_errors" else f"{name}: {rest}"
    if isinstance(data, list) and data:
        return _sentence(data[0])
    return str(data)

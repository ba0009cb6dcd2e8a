"""Answers to requests that no view answered: pages for people, problems below /api/."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views import defaults

from portal.problems import answer_problem

__all__ = [
    "answer_bad_request",
    "answer_fault",
    "answer_forbidden",
    "answer_not_found",
    "answer_too_large",
]

API = "/api/"


def answer_bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read."""
    if _is_for_api(request):
        detail = _("The request cannot be read: its address, headers or body are malformed.")
        return answer_problem(HTTPStatus.BAD_REQUEST, detail)
    return defaults.bad_request(request, exception)


def answer_forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the user may not do this."""
    if _is_for_api(request):
        return answer_problem(HTTPStatus.FORBIDDEN, _("Your account has no right to do this."))
    return defaults.permission_denied(request, exception)


def answer_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such address."""
    if _is_for_api(request):
        path = request.path.replace("\0", "%00")
        detail = _("There is nothing at %(path)s.") % {"path": path}
        return answer_problem(HTTPStatus.NOT_FOUND, detail)
    return defaults.page_not_found(request, exception)


def answer_fault(request: HttpRequest) -> HttpResponse:
    """500: the fault is in the portal."""
    if _is_for_api(request):
        detail = _("The fault is in the portal and was logged.")
        return answer_problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail)
    return defaults.server_error(request)


def answer_too_large(request: HttpRequest, sentence: str) -> HttpResponse:
    """413: the sentence says the size and the limit."""
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if _is_for_api(request):
        return answer_problem(status, sentence)
    return HttpResponse(render_to_string("413.html", {"sentence": sentence}), status=status)


def _is_for_api(request: HttpRequest) -> bool:
    return request.path.startswith(API)

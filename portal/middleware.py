"""What happens around every request."""

from __future__ import annotations

import math
import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from portal.error_pages import answer_too_large

__all__ = ["HeadMiddleware", "RequestLimitsMiddleware", "RequestLogMiddleware"]

logger = structlog.get_logger(__name__)

BYTES_A_TENTH_MB = 100_000
QUIET_PATHS = ("/static/", "/livez", "/readyz")


class HeadMiddleware:
    """Answers HEAD with the headers of GET and no body.

    Web servers take the body of such an answer for a fault of the application. A file that was
    opened for it is closed with the response. Source: RFC 9110, 9.3.2.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        if request.method != "HEAD":
            return response
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = ()
        elif isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response


class RequestLogMiddleware:
    """Logs each request with an id that all events of it carry; never a query string or body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=uuid.uuid4().hex[:12])
        started = time.monotonic()
        response = self._get_response(request)
        if not request.path.startswith(QUIET_PATHS):
            logger.info(
                "request_answered",
                method=request.method,
                path=request.path,
                status=response.status_code,
                total_ms=round((time.monotonic() - started) * 1000, 1),
            )
        return response


class RequestLimitsMiddleware:
    """Refuses what no view should have to read: bodies over the limits, NUL in a path.

    Stands before everything that reads forms, so that the answer is a sentence and not a fault.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """413 for too large a body or form; Http404 for NUL, which PostgreSQL cannot look up."""
        if "\0" in request.path:
            raise Http404
        if getattr(view, "csrf_exempt", False):
            return None  # a view of the REST API: its parsers have limits of their own
        sentence = _describe_length(request) or _describe_form(request)
        return answer_too_large(request, sentence) if sentence else None


def _describe_length(request: HttpRequest) -> str:
    """What is wrong with the length the client announced; without one there is no body."""
    announced = request.META.get("CONTENT_LENGTH") or ""
    length = int(announced) if announced.isdecimal() else 0
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if length <= limit:
        return ""
    return _("The body has %(size)s MB; the portal takes at most %(limit)s MB.") % {
        "size": _megabytes(length),
        "limit": _megabytes(limit),
    }


def _describe_form(request: HttpRequest) -> str:
    """What is wrong with the number of a form's fields or files, which shows when it is read."""
    try:
        request.POST  # noqa: B018  reading it checks it
    except TooManyFieldsSent:
        limit = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        message = _("The form has more than %(limit)s fields, which is the most the portal takes.")
    except TooManyFilesSent:
        limit = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        message = _("The form has more than %(limit)s files, which is the most the portal takes.")
    except (RequestDataTooBig, UnreadablePostError):
        return ""
    else:
        return ""
    return message % {"limit": f"{limit:,}"}


def _megabytes(size: int) -> str:
    """Rounded up to a tenth, so that what is over a limit never looks as if it were not."""
    return f"{math.ceil(size / BYTES_A_TENTH_MB) / 10:g}"

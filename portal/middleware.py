"""What happens around every request."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

__all__ = ["RequestLogMiddleware"]

logger = structlog.get_logger(__name__)

QUIET_PATHS = ("/static/", "/livez", "/readyz")


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

"""Refusals of the REST API that REST framework has no exception for.

APIException (REST framework's)
├── BodyTooLarge: 413
├── LengthRequired: 411
└── BrokenBody: 400, the connection ended before the body did
"""

from __future__ import annotations

from http import HTTPStatus

from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException

__all__ = ["BodyTooLarge", "BrokenBody", "LengthRequired"]


class BodyTooLarge(APIException):
    """A body beyond its limit."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def __init__(self, limit_bytes: int) -> None:
        message = _("The body is larger than %(limit)s bytes.")
        super().__init__(message % {"limit": f"{limit_bytes:,}"})


class LengthRequired(APIException):
    """A body in chunks, behind a web server that does not pass them on."""

    status_code = HTTPStatus.LENGTH_REQUIRED

    def __init__(self) -> None:
        super().__init__(_("Send the body with a Content-Length."))


class BrokenBody(APIException):
    """A body that ended early."""

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self) -> None:
        super().__init__(_("The connection ended before the body did."))

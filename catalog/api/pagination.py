"""Pages of long lists."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.response import Response

__all__ = ["ListPagination"]


_NUMBER = re.compile(r"[0-9]{1,1000}")
# What every database counts to.
MOST = 2_147_483_647


class ListPagination(LimitOffsetPagination):
    """`{"count", "next", "results"}`, 200 a page; `next` is an absolute URL or null."""

    default_limit = 200
    max_limit = 200

    def get_limit(self, request: Request) -> int:
        """How many results the page holds, 200 at most; raises ValidationError."""
        return min(_read_number(request, "limit", self.default_limit, lowest=1), self.max_limit)

    def get_offset(self, request: Request) -> int:
        """How many results come before the page; raises ValidationError."""
        return _read_number(request, "offset", 0, lowest=0, highest=MOST)

    def get_paginated_response(self, data: Any) -> Response:
        """The page with the number of all results and the address of the next page."""
        page = {"count": self.count, "next": self.get_next_link(), "results": data}
        return Response(page)


def _read_number(
    request: Request, name: str, default: int, *, lowest: int, highest: int | None = None
) -> int:
    text = request.query_params.get(name)
    if text is None:
        return default
    number = min(int(text), MOST + 1) if _NUMBER.fullmatch(text) else -1
    if number < lowest or (highest is not None and number > highest):
        message = _("Must be a whole number, %(lowest)s or more, and at most %(highest)s.")
        bounds = {"lowest": lowest, "highest": MOST if highest is None else highest}
        raise ValidationError({name: [message % bounds]})
    return number

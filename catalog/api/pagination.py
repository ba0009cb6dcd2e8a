"""Pages of long lists."""

from __future__ import annotations

from typing import Any

from rest_framework.pagination import LimitOffsetPagination
from rest_framework.response import Response

__all__ = ["ListPagination"]


class ListPagination(LimitOffsetPagination):
    """`{"count", "next", "results"}`, 200 a page; `next` is an absolute URL or null."""

    default_limit = 200
    max_limit = 200

    def get_paginated_response(self, data: Any) -> Response:
        """The page with the number of all results and the address of the next page."""
        page = {"count": self.count, "next": self.get_next_link(), "results": data}
        return Response(page)

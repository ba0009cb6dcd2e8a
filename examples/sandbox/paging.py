"""Pages of lists, told apart by a cursor that only we can read."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from examples.sandbox.query_reading import QueryReader
from examples.sandbox.refusals import Fault
from examples.sandbox.value_checks import FaultList

__all__ = ["Paging", "read_paging"]

LARGEST_PAGE = 100
USUAL_PAGE = 20
PREFIX = "after:"


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page is wanted: `limit` items after the first `offset`."""

    offset: int
    limit: int

    def cut(self, items: Sequence[Any]) -> dict[str, Any]:
        """The page of these items as the definition describes pages."""
        end = self.offset + self.limit
        return {
            "items": list(items[self.offset : end]),
            "next_cursor": _write_cursor(end) if end < len(items) else None,
            "total": len(items),
        }


def read_paging(query: QueryReader, faults: FaultList) -> Paging:
    """`limit` and `cursor` of a query; an unknown cursor is a fault."""
    limit = query.integer("limit", bounds=(1, LARGEST_PAGE), default=USUAL_PAGE)
    cursor = query.text("cursor", lengths=(0, 200))
    offset = _find_offset(cursor) if cursor else 0
    if offset is None:
        faults.add(Fault("A next_cursor of ours. Leave it out to start again.", parameter="cursor"))
    return Paging(offset or 0, limit)


def _write_cursor(offset: int) -> str:
    return base64.urlsafe_b64encode(f"{PREFIX}{offset}".encode()).decode().rstrip("=")


def _find_offset(cursor: str) -> int | None:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    digits = text.removeprefix(PREFIX)
    return int(digits) if text != digits and digits.isdecimal() and len(digits) < 10 else None

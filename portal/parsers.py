"""Reading bodies of the REST API."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import IO, Any

import orjson
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

__all__ = ["StrictJSONParser"]

DEEPEST = 200


class StrictJSONParser(BaseParser):
    """JSON that means one thing: UTF-8, at most 200 levels deep, no member twice in an object.

    Readers differ in which of two equal members they take, so that a body could name one
    environment to whoever checks it and another to the portal.
    Source: RFC 8259, section 4.
    """

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The value; raises ParseError saying what is wrong and where."""
        source = stream.read()
        try:
            value = orjson.loads(source)  # refuses great depth instead of running out of stack
        except orjson.JSONDecodeError as error:
            raise ParseError(_describe(error)) from error
        if _is_too_deep(value):
            raise ParseError(_too_deep())
        return json.loads(source, object_pairs_hook=_read_members)


def _describe(error: orjson.JSONDecodeError) -> str:
    if "limit" in error.msg:
        return _too_deep()
    return _("The body is not JSON: %(reason)s (line %(line)d, column %(column)d).") % {
        "reason": error.msg,
        "line": error.lineno,
        "column": error.colno,
    }


def _too_deep() -> str:
    return _("The JSON is nested deeper than %(limit)d levels.") % {"limit": DEEPEST}


def _is_too_deep(value: Any) -> bool:
    level = [value]
    for _depth in range(DEEPEST):
        inside = (inner for outer in level for inner in _contents(outer))
        level = [inner for inner in inside if isinstance(inner, dict | list)]
        if not level:
            return False
    return True


def _contents(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _read_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        counts = Counter(name for name, _value in pairs)
        name = next(name for name, count in counts.items() if count > 1)
        raise ParseError(
            _("“%(name)s” stands twice in the same object; send it once.") % {"name": name}
        )
    return members

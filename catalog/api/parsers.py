"""JSON bodies, read more strictly than REST framework does."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from catalog.api.bodies import read_body

__all__ = ["StrictJSONParser"]

# A request body of 10 MB, which is what egress sends at most, in base64 and with the rest.
LIMIT_BYTES = 15_000_000
LIMIT_LEVELS = 100


class StrictJSONParser(BaseParser):
    """JSON that means one thing, of bounded size and depth, that can be written as UTF-8 again.

    Readers differ in which of two equal members they take, so that a body could name one
    environment to whoever checks it and another to the portal: such a body is refused.

    Without the bound on depth a small body ends in a RecursionError; a lone surrogate is a string
    that nothing can send or store. REST framework's own parser is no base of it: to its kind the
    framework gives bodies of 2.5 MB at most. Source: RFC 8259, 4, 8.2 and 9.
    """

    media_type = "application/json"

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The value; raises ParseError and BodyTooLarge."""
        content = (
            read_body(stream, limit_bytes=LIMIT_BYTES)
            if isinstance(stream, HttpRequest)
            else bytes(stream.read())  # Django read it before us, within its own limit
        )
        try:
            value = json.loads(
                content.decode("utf-8-sig"),
                parse_constant=_refuse_constant,
                object_pairs_hook=_read_members,
            )
        except RecursionError as error:
            raise _too_deep() from error
        except ValueError as error:
            raise ParseError(_("The body is not JSON: %(reason)s.") % {"reason": error}) from error
        if _is_too_deep(value):
            raise _too_deep()
        if rb"\u" in content and not _is_unicode(value):
            raise ParseError(_("The body holds half of a surrogate pair, which is no character."))
        return value


def _read_members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        counts = Counter(name for name, _value in pairs)
        name = next(name for name, count in counts.items() if count > 1)
        raise ParseError(
            _("“%(name)s” stands twice in the same object; send it once.") % {"name": name}
        )
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")


def _is_too_deep(value: Any) -> bool:
    level = [value]
    for _depth in range(LIMIT_LEVELS):
        level = [
            child
            for node in level
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
        ]
    return any(isinstance(node, dict | list) for node in level)


def _is_unicode(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _too_deep() -> ParseError:
    message = _("Objects and arrays are nested more than %(levels)s levels deep.")
    return ParseError(message % {"levels": LIMIT_LEVELS})

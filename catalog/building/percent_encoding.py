"""Percent-encoding for each place of a request (RFC 3986, RFC 6570 and WHATWG URL)."""

from __future__ import annotations

import re
from urllib.parse import quote, quote_plus

from catalog.openapi import Location

__all__ = ["encode_form_text", "encode_literal", "encode_text"]

# Reserved characters that may stand in each location when `allowReserved` lets them through; what
# is missing would end the component: "/?#[]" a path segment, "#" the query, ";,"  a cookie.
ALLOWED_RESERVED = {
    Location.PATH: "!$&'()*+,;=:@",
    Location.QUERY: "!$&'()*+,;=:@/?[]",
    Location.COOKIE: "!$&'()*+=:@/?#[]",
}
LITERAL_RESERVED = "!$&'()*+,;=:@/?"
STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def encode_text(text: str, *, location: Location, allow_reserved: bool) -> str:
    """Encode everything that is not unreserved, or not reserved either when that is allowed.

    With `allow_reserved`, triples that are encoded already stay as they are.
    Source: RFC 6570, 3.2.1; OpenAPI 3.2.0, Parameter Object, `allowReserved`.
    """
    if not allow_reserved:
        return quote(text, safe="")
    return quote(STRAY_PERCENT.sub("%25", text), safe=ALLOWED_RESERVED[location] + "%")


def encode_literal(text: str) -> str:
    """Encode what may not stand in a URL at all: for text that a definition's author wrote."""
    return quote(STRAY_PERCENT.sub("%25", text), safe=LITERAL_RESERVED + "%")


def encode_form_text(text: str) -> str:
    """Encode a name or value of `application/x-www-form-urlencoded` content, space as "+".

    Source: WHATWG URL, 5.2, application/x-www-form-urlencoded serializing.
    """
    return quote_plus(text, safe="*").replace("~", "%7E")

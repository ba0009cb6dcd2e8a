"""Values as text: how numbers, booleans and nested values are written outside JSON."""

from __future__ import annotations

import json

from catalog.openapi import JSONValue

__all__ = ["is_unicode", "render_json_text", "render_text"]


def is_unicode(text: str) -> bool:
    """Whether a text can be written as UTF-8 at all: JSON may hold lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def render_json_text(value: JSONValue) -> str:
    """JSON without white space, characters outside ASCII as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def render_text(value: JSONValue) -> str:
    """One value as parameters, form fields and text bodies hold it.

    Strings stand as they are, null is empty, everything else is as JSON writes it; arrays and
    objects inside others have no style of their own and become JSON.
    Source: OpenAPI 3.2.0, Appendix B.
    """
    if value is None:
        return ""
    return value if isinstance(value, str) else render_json_text(value)

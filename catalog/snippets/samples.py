"""A request to show as code, and what its body is to a programming language."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from catalog.openapi import JSONValue

__all__ = ["BODY_FILE", "SampleRequest", "find_body_json", "find_body_text"]

# The name samples give a body that cannot stand in source text.
BODY_FILE = "request-body.bin"
# Linux takes no longer argument than 131,072 bytes, and nobody reads so much.
LONGEST_TEXT = 64_000
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class SampleRequest:
    """The request a sample sends: absolute URL, headers in order, body or None."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None

    def header(self, name: str) -> str:
        """The value of a header, "" when it is not sent."""
        lowered = name.lower()
        return next((value for other, value in self.headers if other.lower() == lowered), "")


def find_body_text(request: SampleRequest) -> str | None:
    """The body as text that can be shown and copied, None when it is binary or too long.

    Carriage returns count as binary: terminals and editors change them.
    """
    if len(request.body or b"") > LONGEST_TEXT:
        return None
    try:
        text = (request.body or b"").decode()
    except UnicodeDecodeError:
        return None
    return None if CONTROL.search(text) else text


def find_body_json(request: SampleRequest) -> JSONValue:
    """The value of a JSON object or array as body, None for every other body."""
    text = find_body_text(request)
    content_type = request.header("Content-Type").partition(";")[0].strip().lower()
    if text is None or not content_type.endswith(("/json", "+json")):
        return None
    try:
        value: JSONValue = json.loads(text)
        # Python reads NaN and Infinity, which no JSON may hold.
        json.dumps(value, allow_nan=False)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict | list) else None

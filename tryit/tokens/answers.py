"""Reading a login's answer: its body, a value at a declared place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import assert_never

from catalog.openapi.json_values import JSONValue
from catalog.token_settings import ValueLocation, ValuePlace

__all__ = ["Answer", "read_answer"]


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as token sources look at it.

    `body` is the parsed JSON, else the text (stripped), else None for bytes that are neither.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: JSONValue = field(repr=False)

    @property
    def is_success(self) -> bool:
        """Any 2xx is one: some logins answer 201."""
        return 200 <= self.status < 300

    def find_header(self, name: str) -> str | None:
        """The first header of that name."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def find_text(self, place: ValuePlace) -> str | None:
        """The text at a declared place; None when none is there."""
        match place.location:
            case ValueLocation.BODY:
                value = self.find_in_body(place.at)
            case ValueLocation.HEADER:
                value = self.find_header(place.at)
            case ValueLocation.COOKIE:
                value = self._find_cookie(place.at)
            case _:
                assert_never(place.location)
        return value.strip() or None if isinstance(value, str) else None

    def find_in_body(self, pointer: str) -> JSONValue:
        """What a JSON pointer finds in the body; None when it leads nowhere (RFC 6901)."""
        value = self.body
        for part in pointer.split("/")[1:]:
            value = _step(value, part.replace("~1", "/").replace("~0", "~"))
        return value

    def _find_cookie(self, name: str) -> str | None:
        for key, value in self.headers:
            if key.lower() != "set-cookie":
                continue
            try:
                cookie = SimpleCookie(value).get(name)
            except CookieError:
                continue
            if cookie is not None:
                return cookie.value
        return None


def read_answer(status: int, headers: Sequence[tuple[str, str]], body: bytes) -> Answer:
    """Read a response whatever its content type says: many logins state a wrong one."""
    return Answer(status, tuple(headers), _read_body(body))


def _read_body(body: bytes) -> JSONValue:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    try:
        value: JSONValue = json.loads(text)
    except (ValueError, RecursionError):
        return text.strip()
    return value


def _step(value: JSONValue, part: str) -> JSONValue:
    if isinstance(value, dict):
        return value.get(part)
    if isinstance(value, list) and part.isascii() and part.isdigit():
        position = int(part[:9])
        return value[position] if position < len(value) else None
    return None

"""Reading a login's answer."""

from __future__ import annotations

import pytest

from catalog.openapi.json_values import JSONValue
from catalog.token_settings import ValueLocation, ValuePlace
from tryit.tokens.answers import Answer, read_answer


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"token": "abc"}', {"token": "abc"}),
        (b'\xef\xbb\xbf{"token": "abc"}', {"token": "abc"}),
        (b'"abc"', "abc"),
        (b" abc\n", "abc"),
        (b"", ""),
        (b"\xff\xfe\x00", None),
        (b"[" * 100_000, "[" * 100_000),
    ],
    ids=["json", "byte-order-mark", "json-text", "text", "empty", "bytes", "too-deep"],
)
def test_a_body_is_json_else_text(body: bytes, expected: JSONValue) -> None:
    assert read_answer(200, (), body).body == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [(199, False), (200, True), (201, True), (204, True), (300, False), (401, False)],
)
def test_any_2xx_is_a_success(status: int, expected: bool) -> None:
    assert read_answer(status, (), b"").is_success is expected


@pytest.mark.parametrize(
    ("pointer", "expected"),
    [
        ("/data/token", "nested"),
        ("/list/1", "second"),
        ("/list/2", None),
        ("/list/x", None),
        ("/list/-", None),
        ("/a~1b", "slash"),
        ("/a~0b", "tilde"),
        ("/data/token/more", None),
        ("/missing", None),
    ],
)
def test_a_pointer_leads_into_the_body(pointer: str, expected: str | None) -> None:
    body: JSONValue = {
        "data": {"token": "nested"},
        "list": ["first", "second"],
        "a/b": "slash",
        "a~b": "tilde",
    }

    assert Answer(200, (), body).find_in_body(pointer) == expected


def test_headers_are_found_in_any_case() -> None:
    answer = Answer(200, (("X-Token", "abc"), ("x-token", "def")), None)

    assert answer.find_header("x-TOKEN") == "abc"
    assert answer.find_header("X-Other") is None


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (ValuePlace(ValueLocation.BODY, "/token"), "from-body"),
        (ValuePlace(ValueLocation.BODY, "/number"), None),
        (ValuePlace(ValueLocation.BODY, "/blank"), None),
        (ValuePlace(ValueLocation.HEADER, "authorization"), "Bearer from-header"),
        (ValuePlace(ValueLocation.COOKIE, "session"), "from-cookie"),
        (ValuePlace(ValueLocation.COOKIE, "other"), None),
    ],
    ids=["body", "number", "blank", "header", "cookie", "no-such-cookie"],
)
def test_a_declared_place_is_looked_up(place: ValuePlace, expected: str | None) -> None:
    headers = (
        ("Authorization", "Bearer from-header"),
        ("Set-Cookie", "not/a-name=1"),
        ("Set-Cookie", "theme=dark; Path=/"),
        ("Set-Cookie", "session=from-cookie; Path=/; HttpOnly"),
    )
    body: JSONValue = {"token": " from-body ", "number": 1, "blank": " "}

    assert Answer(200, headers, body).find_text(place) == expected

"""Reading JSON bodies."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rest_framework.exceptions import ParseError

from portal.parsers import StrictJSONParser


def parse(source: bytes) -> Any:
    return StrictJSONParser().parse(io.BytesIO(source))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            b'{"a": [1, 1.5, true, null, "x"]}', {"a": [1, 1.5, True, None, "x"]}, id="all"
        ),
        pytest.param(b"123456789012345678901234567890", 123456789012345678901234567890, id="big"),
        pytest.param('"å"'.encode(), "å", id="UTF-8"),
        pytest.param(b'{"a": {"b": 1}, "c": {"b": 2}}', {"a": {"b": 1}, "c": {"b": 2}}, id="same"),
    ],
)
def test_json_is_read_exactly(source: bytes, expected: Any) -> None:
    assert parse(source) == expected


@pytest.mark.parametrize("depth", [1, 200])
def test_usual_depth_is_read(depth: int) -> None:
    assert parse(b"[" * depth + b"1" + b"]" * depth) is not None


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(b"[" * 201 + b"]" * 201, id="one too deep"),
        pytest.param(b"[" * 1000 + b"]" * 1000, id="deep"),
        pytest.param(b"[" * 100_000, id="bomb"),
        pytest.param(b'{"a":' * 100_000 + b"1" + b"}" * 100_000, id="objects"),
    ],
)
def test_too_deep_json_is_refused_with_the_limit(source: bytes) -> None:
    with pytest.raises(ParseError, match="nested deeper than 200 levels"):
        parse(source)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(b'{"environment": "sandbox", "environment": "production"}', id="outermost"),
        pytest.param(b'{"a": [{"environment": 1, "\\u0065nvironment": 1}]}', id="escaped"),
    ],
)
def test_member_that_stands_twice_is_named(source: bytes) -> None:
    with pytest.raises(ParseError, match="“environment” stands twice"):
        parse(source)


@pytest.mark.parametrize(
    "source", [b"", b" ", b"{", b"1" * 5000, b"{'a': 1}", b"NaN", b"\xff", b'"\\ud800"', b"[1,]"]
)
def test_what_is_no_json_is_refused_with_its_place(source: bytes) -> None:
    with pytest.raises(ParseError, match=r"The body is not JSON: .* \(line 1, column \d+\)"):
        parse(source)

"""Bytes into JSON values."""

from __future__ import annotations

import codecs

import pytest

from catalog.openapi.errors import UnreadableDefinition
from catalog.openapi.json_values import JSONValue
from catalog.openapi.limits import Limits
from catalog.openapi.parsing import ParsedDocument, parse_document
from catalog.openapi.problems import Problem, Severity


def parse(source: str | bytes, limits: Limits | None = None) -> ParsedDocument:
    encoded = source.encode() if isinstance(source, str) else source
    return parse_document(encoded, limits or Limits())


def refusal(source: str | bytes, limits: Limits | None = None) -> Problem:
    with pytest.raises(UnreadableDefinition) as raised:
        parse(source, limits)
    return raised.value.problem


@pytest.mark.parametrize(
    ("source", "format_", "value"),
    [
        pytest.param('{"a": 1}', "json", {"a": 1}, id="json"),
        pytest.param("  \n[1]", "json", [1], id="json-after-space"),
        pytest.param("a: 1", "yaml", {"a": 1}, id="yaml"),
        pytest.param("{a: 1}", "yaml", {"a": 1}, id="yaml-braces"),
        pytest.param("a: 1\r\nb:\r\n  - c\r\n", "yaml", {"a": 1, "b": ["c"]}, id="crlf"),
        pytest.param("", "yaml", None, id="empty"),
        pytest.param("# nothing\n", "yaml", None, id="comment-only"),
    ],
)
def test_format_is_told_by_the_content(source: str, format_: str, value: JSONValue) -> None:
    parsed = parse(source)

    assert (parsed.format, parsed.value) == (format_, value)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(codecs.BOM_UTF8 + "a: ø".encode(), id="utf-8"),
        pytest.param(codecs.BOM_UTF16_LE + "a: ø".encode("utf-16-le"), id="utf-16-le"),
        pytest.param(codecs.BOM_UTF16_BE + "a: ø".encode("utf-16-be"), id="utf-16-be"),
        pytest.param(codecs.BOM_UTF32_LE + "a: ø".encode("utf-32-le"), id="utf-32-le"),
        pytest.param(codecs.BOM_UTF32_BE + "a: ø".encode("utf-32-be"), id="utf-32-be"),
    ],
)
def test_byte_order_mark_tells_the_encoding(source: bytes) -> None:
    assert parse(source).value == {"a": "ø"}


def test_json_with_a_byte_order_mark_is_json() -> None:
    assert parse(codecs.BOM_UTF8 + b'{"a": 1}').format == "json"


def test_invalid_utf_8_is_refused_with_its_place() -> None:
    problem = refusal(b"a: 1\nb: \xff")

    assert (problem.rule, problem.line, problem.column) == ("encoding", 2, 4)
    assert problem.message == "The file is not valid UTF-8 text."


def test_braces_that_are_no_json_are_read_as_yaml_with_a_warning() -> None:
    parsed = parse("{'a': 1,}")

    assert parsed.value == {"a": 1}
    assert [(one.rule, one.severity) for one in parsed.problems] == [
        ("json-syntax", Severity.WARNING)
    ]


def test_fault_of_json_is_told_with_line_and_column() -> None:
    problem = refusal('{\n  "a": [1,\n  "b": 2\n}')

    assert (problem.rule, problem.line) == ("syntax", 3)
    assert problem.message.startswith("The JSON cannot be read: ")


@pytest.mark.parametrize(
    ("source", "line", "column", "message"),
    [
        pytest.param(
            "a: b: c",
            1,
            5,
            "The YAML cannot be read: mapping values are not allowed in this context.",
            id="two-colons",
        ),
        pytest.param(
            "a:\n\tb: 1",
            2,
            1,
            "The YAML cannot be read: a tab indents this line, where YAML takes spaces only.",
            id="tab",
        ),
        pytest.param(
            "a: @b",
            1,
            4,
            "The YAML cannot be read: found character that cannot start any token.",
            id="stray-character",
        ),
        pytest.param(
            "a: 1\nb: \x07",
            2,
            4,
            "The YAML cannot be read: the character U+0007 is not allowed.",
            id="control-character",
        ),
        pytest.param("? [a]\n: b", 1, 3, "A key must be a text.", id="array-as-key"),
    ],
)
def test_fault_of_yaml_is_told_with_line_and_column(
    source: str, line: int, column: int, message: str
) -> None:
    problem = refusal(source)

    assert (problem.line, problem.column, problem.message) == (line, column, message)


def test_file_beyond_the_limit_is_refused_before_it_is_read() -> None:
    problem = refusal(b"\xff" * 11, Limits(source_bytes=10))

    assert (problem.rule, problem.message) == ("too-large", "The file is larger than 10 bytes.")


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("[" * 4 + "]" * 4, id="json"),
        pytest.param("[" * 10_000, id="json-beyond-the-parser"),
        pytest.param("- - - - 1", id="yaml"),
        pytest.param("{a: " * 10_000, id="yaml-braces"),
        pytest.param("a: &a [[1]]\nb: [[*a]]", id="yaml-by-an-alias"),
    ],
)
def test_deep_nesting_is_refused(source: str) -> None:
    assert refusal(source, Limits(nesting=3)).rule == "too-deep"


@pytest.mark.parametrize("source", ["[[[1]]]", "- - - 1", "a: &a [[1]]\nb: *a"])
def test_nesting_up_to_the_limit_is_read(source: str) -> None:
    assert parse(source, Limits(nesting=3)).problems == ()


@pytest.mark.parametrize("source", ["[1, 2, 3]", "- 1\n- 2\n- 3", "[{}, []]\n#"])
def test_too_many_values_are_refused(source: str) -> None:
    message = "The definition has more than 2 values."

    assert refusal(source, Limits(nodes=2)).message == message

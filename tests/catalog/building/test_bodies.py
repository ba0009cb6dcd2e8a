"""Bodies: content type and bytes by media type."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.building import FilePart
from catalog.openapi import JSONValue, MediaType
from tests.catalog.building.operations import (
    build,
    header_of,
    make_operation,
    make_values,
    with_content,
)


@pytest.mark.parametrize(
    ("content_type", "body", "expected"),
    [
        ("application/json", {"a": [1, 1.5, True, None, "é"]}, '{"a":[1,1.5,true,null,"é"]}'),
        ("application/json", "text", '"text"'),
        ("application/json", None, "null"),
        ("application/json", 12345678901234567890, "12345678901234567890"),
        ("application/vnd.api+json; v=1", [], "[]"),
        ("text/json", {}, "{}"),
        ("application/x-ndjson", [{"a": 1}, "b"], '{"a":1}\n"b"\n'),
        ("application/jsonl", {"a": 1}, '{"a":1}\n'),
        ("application/jsonl", "as typed", "as typed"),
        ("application/x-www-form-urlencoded", {"a": "1 2"}, "a=1+2"),
        ("application/x-www-form-urlencoded", "a=as+typed", "a=as+typed"),
        ("application/x-www-form-urlencoded", [1], "[1]"),
        ("application/x-www-form-urlencoded", None, ""),
        ("application/xml", "<a/>", "<a/>"),
        (
            "application/soap+xml",
            {"a": 1},
            '<?xml version="1.0" encoding="UTF-8"?>\n<root><a>1</a></root>',
        ),
        ("text/plain", "é", "é"),
        ("text/plain", True, "true"),
        ("text/csv", ["a"], '["a"]'),
        ("application/yaml", "a: 1\n", "a: 1\n"),
        ("application/yaml", {"a": 1}, '{"a":1}'),
        ("plain/text", "as typed", "as typed"),
        ("application:json", {"a": 1}, '{"a":1}'),
        ("application/octet-stream", "text", "text"),
        ("multipart/form-data; boundary=x", "--x--", "--x--"),
    ],
)
def test_body_is_written_by_its_content_type(
    content_type: str, body: JSONValue, expected: str
) -> None:
    operation = with_content(MediaType(content_type))

    request = build(operation, make_values(body=body, content_type=content_type))

    assert (request.body or b"").decode() == expected
    assert header_of(request, "Content-Type") == content_type


def test_bytes_are_sent_as_they_are() -> None:
    operation = with_content(MediaType("application/json"))

    request = build(operation, make_values(body=b'{"broken": '))

    assert (request.body, header_of(request, "Content-Type")) == (
        b'{"broken": ',
        "application/json",
    )


def test_absent_body_has_no_content_type() -> None:
    request = build(with_content(MediaType("application/json")))

    assert (request.body, request.headers, request.problems) == (None, (("Accept", "*/*"),), ())


def test_missing_required_body_is_a_problem() -> None:
    request = build(with_content(MediaType("application/json"), required=True))

    assert [one.kind for one in request.problems] == ["missing_body"]


def test_empty_body_is_a_body() -> None:
    request = build(with_content(MediaType("text/plain"), required=True), make_values(body=""))

    assert (request.body, request.problems) == (b"", ())


@pytest.mark.parametrize("method", ["GET", "DELETE", "QUERY"])
def test_any_method_may_have_a_body(method: str) -> None:
    request = build(make_operation(method=method), make_values(body={"a": 1}))

    assert (request.method, request.body) == (method, b'{"a":1}')


@pytest.mark.parametrize(
    ("declared", "fields", "expected"),
    [
        (["text/xml", "application/json"], {"body": {}}, "application/json"),
        (["text/xml", "text/plain"], {"body": "a"}, "text/xml"),
        (["$ref"], {"body": "a"}, "$ref"),
        (["*/*"], {"body": {}}, "application/json"),
        (["*/*"], {"body": "a"}, "text/plain"),
        (["*/*"], {"body": b"a"}, "application/octet-stream"),
        (["text/*"], {"body": 1}, "text/plain"),
        (["image/*"], {"body": b"a"}, "application/octet-stream"),
        (
            ["application/json"],
            {"body": {}, "content_type": "application/x-own"},
            "application/x-own",
        ),
        (["*/*"], {"body": {}, "content_type": "*/*"}, "application/json"),
        (["a/b"], {"body": {}, "header": {"content-type": "c/d"}}, "c/d"),
        (["a/b"], {"body": {}, "header": {"Content-Type": "c/d"}, "content_type": "e/f"}, "e/f"),
        ([], {"body": {}}, "application/json"),
    ],
)
def test_content_type_is_chosen(declared: list[str], fields: dict[str, Any], expected: str) -> None:
    operation = with_content(*(MediaType(name) for name in declared))

    request = build(operation, make_values(**fields))

    assert [value for name, value in request.headers if name.lower() == "content-type"] == [
        expected
    ]


def test_files_without_a_media_type_make_a_multipart_form() -> None:
    request = build(make_operation(), make_values(files={"f": (FilePart("a", "", b"x"),)}))

    assert (header_of(request, "Content-Type") or "").startswith("multipart/form-data; boundary=")


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("application/xml; v=2", "two"),
        ("application/xml; v=3", "one"),
        ("application/XML", "one"),
        ("text/xml", "range"),
        ("other/xml", "any"),
    ],
)
def test_most_specific_media_type_describes_the_body(content_type: str, expected: str) -> None:
    described = {
        "*/*": "any",
        "text/*": "range",
        "application/xml; v=1": "one",
        "application/xml; v=2": "two",
    }
    operation = with_content(
        *(MediaType(name, schema={"xml": {"name": root}}) for name, root in described.items())
    )

    request = build(operation, make_values(body=1, content_type=content_type))

    assert (request.body or b"").decode().endswith(f"<{expected}>1</{expected}>")

"""Multipart bodies, byte by byte."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from catalog.building import CannotBuild, FilePart
from catalog.openapi import Encoding, JSONObject, JSONValue, MediaType
from tests.catalog.building.operations import build, header_of, make_values, with_content


def parts_of(
    body: JSONValue,
    *,
    encoding: Mapping[str, Encoding] | None = None,
    schema: JSONObject | None = None,
    files: Mapping[str, tuple[FilePart, ...]] | None = None,
    name: str = "multipart/form-data",
) -> list[bytes]:
    """The parts of a built body, split by the boundary that its header names."""
    operation = with_content(MediaType(name, schema=schema or {}, encoding=encoding or {}))
    request = build(operation, make_values(body=body, files=files or {}))
    content_type = header_of(request, "Content-Type") or ""
    start = f"--{content_type.partition('boundary=')[2]}".encode()
    assert request.body is not None
    assert request.body.endswith(start + b"--\r\n")
    sections = request.body.removesuffix(start + b"--\r\n").split(start + b"\r\n")
    assert sections[0] == b""
    return [section.removesuffix(b"\r\n") for section in sections[1:]]


def test_whole_body_is_as_rfc_2046_says() -> None:
    operation = with_content(MediaType("multipart/form-data"))

    request = build(operation, make_values(body={"a": "1", "b": {"c": 2}}))

    boundary = "portico-4ba5bc407a7be8ebfa7c6583dbf9ae5d04d827f7"
    assert header_of(request, "Content-Type") == f"multipart/form-data; boundary={boundary}"
    assert (request.body or b"").decode() == (
        f"--{boundary}\r\n"
        'Content-Disposition: form-data; name="a"\r\n\r\n1\r\n'
        f"--{boundary}\r\n"
        'Content-Disposition: form-data; name="b"\r\n'
        'Content-Type: application/json\r\n\r\n{"c":2}\r\n'
        f"--{boundary}--\r\n"
    )


def field(name: str, content: str, content_type: str = "") -> bytes:
    head = f'Content-Disposition: form-data; name="{name}"\r\n'
    head += f"Content-Type: {content_type}\r\n" if content_type else ""
    return f"{head}\r\n{content}".encode()


@pytest.mark.parametrize(
    ("encoding", "body", "expected"),
    [
        (
            None,
            {"a": 1, "b": True, "c": None, "d": ""},
            [field("a", "1"), field("b", "true"), field("d", "")],
        ),
        (None, {"a": ["x", None, "y"]}, [field("a", "x"), field("a", "y")]),
        (None, {"a": [{"b": 1}]}, [field("a", '{"b":1}', "application/json")]),
        (None, {"a": [[1, 2]]}, [field("a", "[1,2]", "application/json")]),
        (Encoding(content_type="text/csv"), {"a": "x,y"}, [field("a", "x,y", "text/csv")]),
        (
            Encoding(content_type="application/json"),
            {"a": "x"},
            [field("a", '"x"', "application/json")],
        ),
        (Encoding(content_type="image/*, text/plain"), {"a": "x"}, [field("a", "x", "text/plain")]),
        (Encoding(content_type="image/*"), {"a": "x"}, [field("a", "x")]),
        (
            Encoding(content_type="application/xml"),
            {"a": "<b/>"},
            [field("a", "<b/>", "application/xml")],
        ),
        (Encoding(style="form"), {"a": ["x y", "z"]}, [field("a", "x y"), field("a", "z")]),
        (Encoding(style="pipeDelimited"), {"a": ["x", "z"]}, [field("a", "x|z")]),
        (Encoding(explode=True), {"a": {"k": "v w"}}, [field("k", "v w")]),
    ],
)
def test_fields_become_parts(
    encoding: Encoding | None, body: JSONObject, expected: list[bytes]
) -> None:
    assert parts_of(body, encoding={"a": encoding} if encoding else {}) == expected


def test_part_in_xml_follows_the_schema_of_the_items() -> None:
    schema: JSONObject = {
        "properties": {"a": {"items": {"properties": {"id": {"xml": {"attribute": True}}}}}}
    }

    parts = parts_of(
        {"a": [{"id": 1}]}, encoding={"a": Encoding(content_type="application/xml")}, schema=schema
    )

    xml = '<?xml version="1.0" encoding="UTF-8"?>\n<root id="1"></root>'
    assert parts == [field("a", xml, "application/xml")]


def test_files_follow_the_fields_with_name_and_type() -> None:
    files = {
        "docs": (FilePart("a.txt", "text/plain", b"A"), FilePart("b.bin", "", b"\x00\r\n\xff")),
        "logo": (FilePart("l.png", "", b"P"),),
    }

    parts = parts_of(
        {"x": 1}, files=files, encoding={"logo": Encoding(content_type="image/png, image/jpeg")}
    )

    assert parts == [
        field("x", "1"),
        b'Content-Disposition: form-data; name="docs"; filename="a.txt"\r\n'
        b"Content-Type: text/plain\r\n\r\nA",
        b'Content-Disposition: form-data; name="docs"; filename="b.bin"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n\x00\r\n\xff",
        b'Content-Disposition: form-data; name="logo"; filename="l.png"\r\n'
        b"Content-Type: image/png\r\n\r\nP",
    ]


def test_names_cannot_leave_their_quotes() -> None:
    files = {'a"\r\nX: 1': (FilePart('b"\r\n\r\nc.txt', "text/plain", b"A"),)}

    [part] = parts_of(None, files=files)

    assert part == (
        b'Content-Disposition: form-data; name="a%22%0D%0AX: 1"; '
        b'filename="b%22%0D%0A%0D%0Ac.txt"\r\n'
        b"Content-Type: text/plain\r\n\r\nA"
    )


@pytest.mark.parametrize("content_type", ["text/plain\r\nX: 1", "a/b;\r\nX: 1", "nonsense"])
def test_content_type_of_a_file_that_is_none_is_refused(content_type: str) -> None:
    with pytest.raises(CannotBuild, match="invalid_header: body f"):
        parts_of(None, files={"f": (FilePart("a", content_type, b""),)})


def test_list_gives_unnamed_parts() -> None:
    parts = parts_of([{"a": 1}, "text"], name="multipart/mixed")

    assert parts == [b'Content-Type: application/json\r\n\r\n{"a":1}', b"\r\ntext"]


def test_body_without_parts_is_closed() -> None:
    assert parts_of({}) == []

"""Properties: what is built, read back by an independent parser, gives the values."""

from __future__ import annotations

import json
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl, unquote, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from catalog.building import CannotBuild, FilePart
from catalog.openapi import Location, MediaType, Parameter, Style
from tests.catalog.building.operations import (
    build,
    header_of,
    make_operation,
    make_values,
    path_parameter,
    with_content,
)

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=10)
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | text
)
documents = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4)
)


def without_references(value: str) -> str:
    """Text in which nothing looks like a variable."""
    return value.replace("{{", "{ {")


plain = text.map(without_references)


@given(st.dictionaries(names, plain, max_size=5))
def test_query_of_strings_reads_back(given_query: dict[str, str]) -> None:
    request = build(make_operation(), make_values(query=given_query))

    read = parse_qsl(urlsplit(request.url).query, keep_blank_values=True)
    assert read == list(given_query.items())


@given(st.lists(plain, min_size=1, max_size=5))
def test_exploded_array_reads_back(items: list[str]) -> None:
    request = build(make_operation(), make_values(query={"tag": items}))

    read = parse_qsl(urlsplit(request.url).query, keep_blank_values=True)
    assert read == [("tag", item) for item in items]


@given(st.dictionaries(names, plain, min_size=1, max_size=5))
def test_deep_object_reads_back(members: dict[str, str]) -> None:
    parameter = Parameter("filter", Location.QUERY, style=Style.DEEP_OBJECT)

    request = build(make_operation(parameters=(parameter,)), make_values(query={"filter": members}))

    read = parse_qsl(urlsplit(request.url).query, keep_blank_values=True)
    assert read == [(f"filter[{name}]", value) for name, value in members.items()]


@given(plain.filter(lambda value: value not in ("", ".", "..")))
def test_path_parameter_stays_one_segment_and_reads_back(value: str) -> None:
    operation = make_operation(
        "/a/{id}/b", parameters=(path_parameter("id", style=Style.SIMPLE, explode=False),)
    )

    request = build(operation, make_values(path={"id": value}))

    segments = urlsplit(request.url).path.split("/")
    assert [unquote(segment) for segment in segments] == ["", "v1", "a", value, "b"]


@given(documents)
def test_json_body_reads_back(document: object) -> None:
    operation = with_content(MediaType("application/json"))

    request = build(operation, make_values(body=document))

    assert json.loads(request.body or b"") == document


@given(st.dictionaries(names, plain, min_size=1, max_size=5))
def test_urlencoded_body_reads_back(fields: dict[str, str]) -> None:
    operation = with_content(MediaType("application/x-www-form-urlencoded"))

    request = build(operation, make_values(body=fields))

    assert parse_qsl((request.body or b"").decode(), keep_blank_values=True) == list(fields.items())


@given(st.binary(max_size=200))
def test_multipart_file_reads_back_byte_by_byte(content: bytes) -> None:
    operation = with_content(MediaType("multipart/form-data"))
    files = {"upload": (FilePart("a.bin", "", content),)}

    request = build(operation, make_values(files=files))

    head = f"Content-Type: {header_of(request, 'Content-Type')}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + (request.body or b""))
    [part] = message.iter_parts()
    assert (part.get_param("name", header="Content-Disposition"), part.get_filename()) == (
        "upload",
        "a.bin",
    )
    assert content.hex() in (request.body or b"").hex()


@given(st.dictionaries(names, documents, max_size=3), st.dictionaries(names, documents, max_size=3))
def test_building_ends_in_a_request_or_in_cannot_build(
    query: dict[str, object], headers: dict[str, object]
) -> None:
    try:
        request = build(make_operation(), make_values(query=query, header=headers))
    except CannotBuild:
        return
    request.url.encode("ascii")
    assert not any("\r" in value or "\n" in value for _name, value in request.headers)

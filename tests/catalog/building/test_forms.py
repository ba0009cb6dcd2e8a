"""`application/x-www-form-urlencoded` bodies."""

from __future__ import annotations

import pytest

from catalog.building import FilePart
from catalog.openapi import Encoding, JSONObject, MediaType
from tests.catalog.building.operations import build, make_values, with_content

ADDRESS: JSONObject = {
    "streetAddress": "123 Example Dr.",
    "city": "Somewhere",
    "state": "CA",
    "zip": "99999+1234",
}


@pytest.mark.parametrize(
    ("encoding", "body", "expected"),
    [
        ({}, {"a": "1", "b": 2, "c": True, "d": None, "e": ""}, "a=1&b=2&c=true&e="),
        ({}, {"a b": "x y+z~*é&="}, "a+b=x+y%2Bz%7E*%C3%A9%26%3D"),
        ({}, {"a": [1, None, "x"]}, "a=1&a=x"),
        ({}, {"a": []}, ""),
        (
            {},
            {"id": "f81d4fae", "address": ADDRESS},
            "id=f81d4fae&address=%7B%22streetAddress%22%3A%22123+Example+Dr.%22%2C%22city%22%3A%22"
            "Somewhere%22%2C%22state%22%3A%22CA%22%2C%22zip%22%3A%2299999%2B1234%22%7D",
        ),
        (
            {"id": Encoding(content_type="application/json")},
            {"id": "f81d4fae"},
            "id=%22f81d4fae%22",
        ),
        ({"a": Encoding(content_type="text/plain")}, {"a": "x"}, "a=x"),
        ({"a": Encoding(style="form")}, {"a": [1, 2]}, "a=1&a=2"),
        ({"a": Encoding(explode=False)}, {"a": [1, 2]}, "a=1,2"),
        ({"a": Encoding(style="pipeDelimited")}, {"a": [1, 2]}, "a=1%7C2"),
        (
            {"a": Encoding(style="deepObject", explode=True)},
            {"a": {"b": {"c": "x y"}}},
            "a%5Bb%5D%5Bc%5D=x%20y",
        ),
        ({"a": Encoding(style="nonsense")}, {"a": [1, 2]}, "a=1&a=2"),
        ({"a": Encoding(allow_reserved=True)}, {"a": "x/y"}, "a=x/y"),
    ],
)
def test_fields_are_written_by_their_encoding(
    encoding: dict[str, Encoding], body: JSONObject, expected: str
) -> None:
    operation = with_content(MediaType("application/x-www-form-urlencoded", encoding=encoding))

    assert (build(operation, make_values(body=body)).body or b"").decode() == expected


def test_files_become_base64() -> None:
    operation = with_content(MediaType("application/x-www-form-urlencoded"))
    files = {"icon": (FilePart("i.png", "image/png", b"\xff\xfe\xfd"),)}

    request = build(
        operation,
        make_values(
            body={"name": "n"}, files=files, content_type="application/x-www-form-urlencoded"
        ),
    )

    assert request.body == b"name=n&icon=%2F%2F79"

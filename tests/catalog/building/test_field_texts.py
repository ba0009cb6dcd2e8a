"""What the strings of a form mean."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.building import parse_field_text, parse_schema_text
from catalog.openapi import JSONValue, Location, MediaType, Parameter, Resolver

RESOLVER = Resolver({"/components/schemas/Number": {"type": "integer"}})
LOOP: dict[str, Any] = {"anyOf": [{"$ref": "#/components/schemas/Loop"}] * 2}


@pytest.mark.parametrize(
    ("schema", "texts", "expected"),
    [
        ({"type": "string"}, ["42"], "42"),
        ({}, ["42"], "42"),
        (True, ["42"], "42"),
        ({"type": "integer"}, ["42"], 42),
        ({"type": "integer"}, ["-7"], -7),
        ({"type": "integer"}, ["007"], "007"),
        ({"type": "integer"}, ["4.2"], "4.2"),
        ({"type": "integer"}, ["{{id}}"], "{{id}}"),
        ({"type": "integer"}, [""], ""),
        ({"type": "integer"}, ["9" * 5000], "9" * 5000),
        ({"type": "integer"}, ["१"], "१"),
        ({"type": "number"}, ["4.2"], 4.2),
        ({"type": "number"}, ["1.10"], "1.10"),
        ({"type": "number"}, ["1e400"], "1e400"),
        ({"type": "boolean"}, ["true"], True),
        ({"type": "boolean"}, ["false"], False),
        ({"type": "boolean"}, ["yes"], "yes"),
        ({"type": ["integer", "null"]}, ["1"], 1),
        ({"type": ["integer", "string"]}, ["1"], "1"),
        ({"enum": [1, "two", True]}, ["1"], 1),
        ({"enum": [1, "two", True]}, ["true"], True),
        ({"enum": [1, "two", True]}, ["three"], "three"),
        ({"oneOf": [{"type": "integer"}, {"type": "boolean"}]}, ["true"], True),
        ({"anyOf": [{"type": "integer"}, {"type": "string"}]}, ["1"], "1"),
        ({"$ref": "#/components/schemas/Number"}, ["1"], 1),
        ({"allOf": [{"type": "array"}, {"description": "d"}]}, ["1"], ["1"]),
        ({"minimum": 1}, ["1"], 1),
        ({"type": "array", "items": {"type": "integer"}}, ["1", "x"], [1, "x"]),
        ({"type": "array"}, ["a"], ["a"]),
        ({"type": "array"}, [], []),
        ({"type": "array"}, ["[1, 2]"], [1, 2]),
        ({"type": "array"}, ["[1,", "2]"], [1, 2]),
        ({"type": "array"}, ["[1, 2"], ["[1, 2"]),
        ({"type": "string"}, ["two", "lines"], "two\nlines"),
        ({"type": ["array", "string"]}, ["a"], "a"),
        ({"type": ["array", "string"]}, ["a", "b"], ["a", "b"]),
        ({"type": "object"}, ['{"a": 1}'], {"a": 1}),
        ({"type": "object"}, ['{"a":', "1}"], {"a": 1}),
        ({"type": "object"}, ['{"a": '], '{"a": '),
        ({"type": "object"}, ["1"], "1"),
        ({"type": "object"}, [], ""),
    ],
)
def test_texts_are_read_by_the_schema(
    schema: JSONValue, texts: list[str], expected: JSONValue
) -> None:
    value = parse_schema_text(schema, texts, RESOLVER)

    assert (value, type(value)) == (expected, type(expected))


def test_schema_that_refers_to_itself_ends() -> None:
    resolver = Resolver({"/components/schemas/Loop": LOOP})

    assert parse_schema_text(LOOP, ["1"], resolver) == "1"


@pytest.mark.parametrize(
    ("content", "text", "expected"),
    [
        ("application/json", '{"a": 1}', {"a": 1}),
        ("application/json", '"a"', "a"),
        ("application/json", "null", None),
        ("application/json", "{a", "{a"),
        ("application/json", "[" * 100_000, "[" * 100_000),
        ("text/plain", "5", 5),
        (None, "5", 5),
    ],
)
def test_parameter_with_json_content_is_read_as_json(
    content: str | None, text: str, expected: JSONValue
) -> None:
    schema: JSONValue = {"type": "integer"}
    media_type = MediaType(content, schema=schema) if content else None
    parameter = Parameter("p", Location.QUERY, schema=schema, content=media_type)

    assert parse_field_text(parameter, [text], RESOLVER) == expected

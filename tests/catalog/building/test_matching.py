"""Values that break the schema of their parameter."""

from __future__ import annotations

import pytest

from catalog.openapi import JSONValue, Location, MediaType, Parameter
from tests.catalog.building.operations import build, make_operation, make_values


@pytest.mark.parametrize(
    ("schema", "value", "keyword"),
    [
        ({"type": "integer"}, 1, None),
        ({"type": "integer"}, "1", None),
        ({"type": "integer"}, 1.0, None),
        ({"type": "integer"}, "x", "type"),
        ({"type": "integer"}, 1.5, "type"),
        ({"type": "integer"}, True, "type"),
        ({"type": "integer"}, "{{id}}", None),
        ({"type": "number"}, 1, None),
        ({"type": "string"}, 1, None),
        ({"type": "string"}, [], "type"),
        ({"type": "string", "maxLength": 2}, 123, "maxLength"),
        ({"type": "string"}, "1", None),
        ({"type": "array"}, ["a"], None),
        ({"type": "array"}, {}, "type"),
        ({"type": "object"}, {}, None),
        ({"type": ["string", "null"]}, None, None),
        ({"type": "string"}, None, "type"),
        ({"type": "boolean"}, "true", None),
        ({}, "x", None),
        (True, "x", None),
        ({"enum": ["a", 1]}, "a", None),
        ({"enum": ["a", 1]}, "1", None),
        ({"enum": ["a", 1]}, "b", "enum"),
        ({"enum": ["a", 1]}, True, "enum"),
        ({"type": "integer", "enum": [1]}, True, "type"),
        ({"type": "boolean", "enum": [1]}, True, "enum"),
        ({"oneOf": [{"enum": ["a"]}, {"type": "null"}]}, "a", None),
        ({"oneOf": [{"type": "integer"}, {"type": "null"}]}, "a", "type"),
        ({"oneOf": [{"type": "integer"}, {"description": "any"}]}, "a", None),
        ({"oneOf": [{"allOf": [{"type": "integer"}, {"title": "t"}]}]}, "a", "type"),
        ({"const": 5}, 6, "const"),
        ({"const": 5}, 5, None),
        ({"minimum": 2}, 1, "minimum"),
        ({"minimum": 2}, 2, None),
        ({"maximum": 2}, 3, "maximum"),
        ({"exclusiveMinimum": 2}, 2, "exclusiveMinimum"),
        ({"exclusiveMaximum": 2}, 2, "exclusiveMaximum"),
        ({"exclusiveMaximum": True, "maximum": "x"}, 2, None),
        ({"type": "integer", "minimum": 2}, "1", "minimum"),
        ({"minLength": 2}, "a", "minLength"),
        ({"maxLength": 2}, "abc", "maxLength"),
        ({"minLength": 2}, "ab", None),
    ],
)
def test_broken_keyword_is_a_problem_and_stops_nothing(
    schema: JSONValue, value: JSONValue, keyword: str | None
) -> None:
    operation = make_operation(parameters=(Parameter("p", Location.HEADER, schema=schema),))

    request = build(operation, make_values(header={"p": value}))

    broken = [one.detail for one in request.problems if one.kind == "does_not_match_schema"]
    assert broken == ([keyword] if keyword else [])


def test_described_content_and_absent_parameters_are_not_judged() -> None:
    parameters = (
        Parameter("a", Location.QUERY, content=MediaType("text/plain", schema={"type": "integer"})),
        Parameter("b", Location.QUERY, schema={"type": "integer"}),
    )

    request = build(make_operation(parameters=parameters), make_values(query={"a": "x"}))

    assert request.problems == ()

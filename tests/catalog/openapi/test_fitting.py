from __future__ import annotations

import pytest

from catalog.openapi.directions import Direction
from catalog.openapi.fitting import Fitting, same_json
from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.references import Resolver

RESOLVER = Resolver(
    {
        "/components/schemas/Tree": {
            "properties": {"child": {"$ref": "#/components/schemas/Tree"}, "id": {"type": "string"}}
        }
    }
)
REQUEST = Direction.REQUEST


@pytest.mark.parametrize(
    ("value", "schema", "fits"),
    [
        (1, {"type": "integer"}, True),
        ("1", {"type": "integer"}, False),
        (None, {"anyOf": [{"type": "string"}, {"type": "null"}]}, True),
        (1, {"const": 1.0}, True),
        (1, {"const": True}, False),
        ("a", {"enum": ["b"]}, False),
        ("abc", {"maxLength": 2}, False),
        (3, {"minimum": 4}, False),
        (True, {"type": "boolean"}, True),
        (1, False, False),
        ([1, 2], {"maxItems": 1}, False),
        ([1, 1], {"uniqueItems": True}, False),
        ([1, True], {"uniqueItems": True}, True),
        (["a", 1], {"prefixItems": [{"type": "string"}], "items": {"type": "integer"}}, True),
        (["a", "b"], {"prefixItems": [{"type": "string"}], "items": {"type": "integer"}}, False),
        ({}, {"minProperties": 1}, False),
        ({}, {"required": ["a", 3]}, False),
        ({}, {"required": ["a"], "properties": {"a": {"readOnly": True}}}, True),
        ({"a": 1}, {"additionalProperties": False}, False),
        ({"a": 1}, {"additionalProperties": False, "patternProperties": {"a": {}}}, True),
        ({"a": 1}, {"properties": {"a": {"type": "string"}}}, False),
        ({"a": 1}, {"additionalProperties": {"type": "integer"}}, True),
        (1, {"anyOf": [{"type": "string"}, {"type": "boolean"}]}, False),
        (1, {"oneOf": [{"type": "integer"}, {"type": "number"}]}, False),
        (1, {"oneOf": [{"type": "integer"}, {"type": "string"}]}, True),
        ({"child": {"child": {"id": 1}}}, {"$ref": "#/components/schemas/Tree"}, False),
        ({"child": {"child": {"id": "a"}}}, {"$ref": "#/components/schemas/Tree"}, True),
    ],
)
def test_values_are_checked_against_their_schema(
    value: JSONValue, schema: JSONValue, fits: bool
) -> None:
    assert Fitting(RESOLVER, REQUEST).fits(value, schema) is fits


def test_what_is_nested_too_deeply_is_taken_on_trust() -> None:
    tree: JSONObject = {"id": 1}
    for _ in range(40):
        tree = {"child": tree}

    assert Fitting(RESOLVER, REQUEST).fits(tree, {"$ref": "#/components/schemas/Tree"})


def test_what_is_beyond_the_budget_is_taken_on_trust() -> None:
    value: list[JSONValue] = [*range(4_000), "not a number"]

    assert Fitting(RESOLVER, REQUEST).fits(value, {"items": {"type": "integer"}})


@pytest.mark.parametrize(
    ("direction", "trimmed"),
    [
        (Direction.REQUEST, {"list": [{"b": 2}], "free": {"a": 1}}),
        (Direction.RESPONSE, {"list": [{"a": 1}], "free": {"a": 1}}),
    ],
)
def test_properties_that_do_not_travel_are_trimmed_at_any_depth(
    direction: Direction, trimmed: JSONObject
) -> None:
    item: JSONObject = {"properties": {"a": {"readOnly": True}, "b": {"writeOnly": True}}}
    schema: JSONObject = {"properties": {"list": {"items": item}}}

    value = Fitting(RESOLVER, direction).trim(
        {"list": [{"a": 1, "b": 2}], "free": {"a": 1}}, schema
    )

    assert value == trimmed


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (1, 1.0, True),
        (1, True, False),
        ([1], [True], False),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        ("a", "b", False),
    ],
)
def test_json_values_are_the_same_by_json_not_by_python(
    first: JSONValue, second: JSONValue, same: bool
) -> None:
    assert same_json(first, second) is same

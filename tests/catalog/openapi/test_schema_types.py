from __future__ import annotations

import pytest

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.schema_types import has_type, type_name, types_of


@pytest.mark.parametrize(
    ("schema", "types"),
    [
        ({"type": "string"}, ("string",)),
        ({"type": ["null", "string"]}, ("string", "null")),
        ({"type": "any"}, ()),
        ({"type": 3}, ()),
        ({}, ()),
        ({"const": 1}, ("integer",)),
        ({"enum": ["a", None, 2]}, ("string", "integer", "null")),
        ({"properties": {}}, ("object",)),
        ({"items": {}}, ("array",)),
        ({"pattern": "a"}, ("string",)),
        ({"minimum": 0}, ("number",)),
    ],
)
def test_types_are_told_by_type_values_or_keywords(
    schema: JSONObject, types: tuple[str, ...]
) -> None:
    assert types_of(schema) == types


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (None, "null"),
        (True, "boolean"),
        (1, "integer"),
        (1.0, "integer"),
        (1.5, "number"),
        ("a", "string"),
        ([], "array"),
        ({}, "object"),
    ],
)
def test_each_value_has_one_type(value: JSONValue, name: str) -> None:
    assert type_name(value) == name


@pytest.mark.parametrize(
    ("value", "types", "fits"),
    [
        (1, ("number",), True),
        (1.5, ("integer",), False),
        ("a", (), True),
        (True, ("integer",), False),
    ],
)
def test_an_integer_is_a_number_too(value: JSONValue, types: tuple[str, ...], fits: bool) -> None:
    assert has_type(value, types) is fits

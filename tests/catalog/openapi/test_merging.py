from __future__ import annotations

import pytest

from catalog.openapi.json_values import JSONObject
from catalog.openapi.merging import merge_schemas


@pytest.mark.parametrize(
    ("first", "second", "merged"),
    [
        ({"title": "A"}, {"title": "B", "format": "f"}, {"title": "A", "format": "f"}),
        ({"required": ["a"]}, {"required": ["b", "a"]}, {"required": ["a", "b"]}),
        ({"required": True}, {"required": ["b"]}, {"required": ["b"]}),
        ({"required": ["a"]}, {"required": True}, {"required": ["a"]}),
        ({"enum": [1, 2]}, {"enum": [2, True]}, {"enum": [2]}),
        ({"enum": [1]}, {"enum": [2]}, {"enum": [1]}),
        ({"enum": []}, {"enum": [2]}, {"enum": [2]}),
        ({"enum": 1}, {"enum": [2]}, {"enum": [2]}),
        ({"minimum": 1}, {"minimum": 2}, {"minimum": 2}),
        ({"maximum": 1}, {"maximum": 2}, {"maximum": 1}),
        ({"maximum": "1"}, {"maximum": 2}, {"maximum": 2}),
        ({"maximum": 1}, {"maximum": True}, {"maximum": 1}),
        ({"readOnly": False}, {"readOnly": True}, {"readOnly": True}),
        ({"type": "object"}, {"type": "object"}, {"type": "object"}),
        ({"type": "number"}, {"type": "integer"}, {"type": "integer"}),
        ({"type": "integer"}, {"type": "number"}, {"type": "integer"}),
        (
            {"type": ["string", "null"]},
            {"type": ["null", "string", "array"]},
            {"type": ["string", "null"]},
        ),
        ({"type": "string"}, {"type": "array"}, {"type": "string"}),
        ({"items": True}, {"items": {"type": "string"}}, {"items": {"type": "string"}}),
        ({"items": {"type": "string"}}, {"items": {}}, {"items": {"type": "string"}}),
        (
            {"items": {"type": "string"}},
            {"items": {"maxLength": 3}},
            {"items": {"allOf": [{"type": "string"}, {"maxLength": 3}]}},
        ),
        (
            {"properties": {"a": {"type": "string"}}},
            {"properties": {"a": {"maxLength": 3}, "b": True}},
            {
                "properties": {
                    "a": {"allOf": [{"type": "string"}, {"maxLength": 3}]},
                    "b": True,
                }
            },
        ),
        (
            {"additionalProperties": False},
            {"additionalProperties": {"type": "string"}},
            {"additionalProperties": {"type": "string"}},
        ),
        ({"oneOf": [1]}, {"oneOf": [2]}, {"oneOf": [1], "allOf": [{"oneOf": [2]}]}),
        ({"pattern": "a"}, {"pattern": "b"}, {"pattern": "a"}),
    ],
)
def test_two_schemas_become_one_that_asks_for_both(
    first: JSONObject, second: JSONObject, merged: JSONObject
) -> None:
    assert merge_schemas([first, second]) == merged


def test_nothing_merges_to_a_schema_that_allows_everything() -> None:
    assert merge_schemas([]) == {}

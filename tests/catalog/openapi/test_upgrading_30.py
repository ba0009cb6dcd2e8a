from __future__ import annotations

import pytest

from catalog.openapi.json_values import JSONObject
from catalog.openapi.upgrading import upgrade_definition
from catalog.openapi.upgrading_30 import upgrade_schema


def upgraded_schema(schema: JSONObject) -> object:
    definition: JSONObject = {
        "openapi": "3.0.3",
        "components": {"schemas": {"A": schema}},
    }
    components = upgrade_definition(definition)["components"]
    assert isinstance(components, dict)
    schemas = components["schemas"]
    assert isinstance(schemas, dict)
    return schemas["A"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(
            {"type": "string", "nullable": True}, {"type": ["string", "null"]}, id="nullable"
        ),
        pytest.param({"type": "string", "nullable": False}, {"type": "string"}, id="not-nullable"),
        pytest.param(
            {"type": "string", "nullable": True, "enum": ["a"]},
            {"type": ["string", "null"], "enum": ["a", None]},
            id="nullable-enum",
        ),
        pytest.param(
            {"type": "string", "nullable": True, "enum": ["a", None]},
            {"type": ["string", "null"], "enum": ["a", None]},
            id="nullable-enum-with-null",
        ),
        pytest.param(
            {"nullable": True, "oneOf": [{"type": "string"}]},
            {"oneOf": [{"type": "string"}, {"type": "null"}]},
            id="nullable-one-of",
        ),
        pytest.param(
            {"nullable": True, "allOf": [{"$ref": "#/components/schemas/B"}], "title": "T"},
            {
                "title": "T",
                "anyOf": [{"allOf": [{"$ref": "#/components/schemas/B"}]}, {"type": "null"}],
            },
            id="nullable-all-of",
        ),
        pytest.param({"nullable": True}, {}, id="nullable-alone"),
        pytest.param(
            {"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}, id="exclusive"
        ),
        pytest.param({"maximum": 9, "exclusiveMaximum": False}, {"maximum": 9}, id="not-exclusive"),
        pytest.param({"exclusiveMaximum": True}, {}, id="exclusive-without-bound"),
        pytest.param({"exclusiveMaximum": 9}, {"exclusiveMaximum": 9}, id="exclusive-of-3.1"),
        pytest.param({"example": None}, {"examples": [None]}, id="example"),
        pytest.param(
            {"items": [{"type": "string", "nullable": True}]},
            {"prefixItems": [{"type": ["string", "null"]}]},
            id="items-as-array",
        ),
        pytest.param(
            {"properties": {"nullable": {"example": 1}}},
            {"properties": {"nullable": {"examples": [1]}}},
            id="property-named-like-a-keyword",
        ),
        pytest.param(
            {"$ref": "#/components/schemas/B", "description": "D", "nullable": True},
            {"$ref": "#/components/schemas/B", "description": "D"},
            id="siblings-of-a-reference",
        ),
    ],
)
def test_schemas_take_the_shape_of_3_1(given: JSONObject, expected: JSONObject) -> None:
    assert upgraded_schema(given) == expected


def test_examples_that_exist_win_over_the_single_example() -> None:
    assert upgrade_schema({"examples": [1], "example": 2}) == {"examples": [1]}


def test_schemas_are_found_wherever_they_stand() -> None:
    nullable: JSONObject = {"type": "string", "nullable": True}
    definition: JSONObject = {
        "openapi": "3.0.0",
        "paths": {
            "/a": {
                "parameters": [{"name": "p", "in": "query", "schema": nullable}],
                "get": {
                    "requestBody": {"content": {"a/b": {"schema": nullable}}},
                    "responses": {
                        "200": {
                            "headers": {"X": {"schema": nullable}},
                            "content": {"a/b": {"schema": nullable, "example": nullable}},
                        }
                    },
                },
            }
        },
    }
    both = {"type": ["string", "null"]}

    assert upgrade_definition(definition)["paths"] == {
        "/a": {
            "parameters": [{"name": "p", "in": "query", "schema": both}],
            "get": {
                "requestBody": {"content": {"a/b": {"schema": both}}},
                "responses": {
                    "200": {
                        "headers": {"X": {"schema": both}},
                        "content": {"a/b": {"schema": both, "example": nullable}},
                    }
                },
            },
        }
    }


def test_siblings_of_a_reference_object_are_dropped_and_those_of_a_path_item_kept() -> None:
    definition: JSONObject = {
        "openapi": "3.0.0",
        "paths": {
            "/a": {
                "$ref": "#/components/pathItems/A",
                "get": {"parameters": [{"$ref": "#/components/parameters/P", "required": True}]},
            }
        },
    }

    assert upgrade_definition(definition)["paths"] == {
        "/a": {
            "$ref": "#/components/pathItems/A",
            "get": {"parameters": [{"$ref": "#/components/parameters/P"}]},
        }
    }


@pytest.mark.parametrize("version", ["3.1.0", "3.2.0", "4.0.0", ""])
def test_other_versions_stay_as_they_are(version: str) -> None:
    definition: JSONObject = {"openapi": version, "components": {"schemas": {"A": {"example": 1}}}}

    assert upgrade_definition(definition) is definition

from __future__ import annotations

import pytest

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.shapes import iter_references, mapping_pointer, rebuild


def mark(value: JSONObject) -> JSONObject:
    return {**value, "seen": True}


def reference(name: str) -> JSONObject:
    return {"$ref": f"#/components/schemas/{name}"}


def test_references_are_found_nearest_first() -> None:
    operation: JSONObject = {
        "responses": {"200": {"content": {"text/plain": {"schema": {"items": reference("Far")}}}}},
        "requestBody": {"$ref": "#/components/requestBodies/Near"},
    }

    assert list(iter_references(operation, "operation")) == [
        ("/components/requestBodies/Near", "request_body"),
        ("/components/schemas/Far", "schema"),
    ]


@pytest.mark.parametrize(
    "schema",
    [
        {"example": reference("A")},
        {"default": reference("A"), "enum": [reference("A")]},
        {"x-extension": reference("A")},
        {"properties": {"$ref": {"type": "string"}}},
        {"$ref": "other.yaml#/A"},
        {"$ref": "#anchor"},
        {"$ref": 3},
        {"discriminator": {"mapping": {"a": 3}}},
        [1, "text", None],
    ],
    ids=[
        *("example", "values", "extension", "property-of-that-name", "external", "anchor"),
        *("no-text", "mapping-without-text", "no-objects"),
    ],
)
def test_what_is_no_reference_is_not_taken_for_one(schema: JSONValue) -> None:
    assert list(iter_references(schema, "schema")) == []


def test_a_discriminator_mapping_refers_by_pointer_or_name() -> None:
    schema: JSONObject = {
        "discriminator": {"mapping": {"dog": "#/components/schemas/Dog", "cat": "Cat"}}
    }

    assert list(iter_references(schema, "schema")) == [
        ("/components/schemas/Dog", "schema"),
        ("/components/schemas/Cat", "schema"),
    ]
    assert mapping_pointer("a/b") == "/components/schemas/a~1b"


def test_callbacks_hold_path_items_under_any_key() -> None:
    callbacks: JSONObject = {"onEvent": {"{$request.body#/url}": {"post": {"parameters": []}}}}

    rebuilt = rebuild({"callbacks": callbacks}, "operation", {"path_item": mark})

    assert rebuilt == {
        "callbacks": {
            "onEvent": {"{$request.body#/url}": {"post": {"parameters": []}, "seen": True}}
        }
    }


def test_objects_of_a_shape_are_changed_innermost_first() -> None:
    schema: JSONObject = {"properties": {"a": {"items": [{"type": "string"}]}}}

    assert rebuild(schema, "schema", {"schema": mark}) == {
        "properties": {"a": {"items": [{"type": "string", "seen": True}], "seen": True}},
        "seen": True,
    }


def test_examples_and_extensions_are_not_changed() -> None:
    media_type: JSONObject = {"example": {"schema": {}}, "x-a": {"schema": {}}, "schema": True}

    assert rebuild(media_type, "media_type", {"schema": mark}) == media_type


def test_nonsense_in_place_of_a_map_is_left_alone() -> None:
    assert rebuild({"properties": [1]}, "schema", {"schema": mark}) == {
        "properties": [1],
        "seen": True,
    }
    assert list(iter_references({"properties": [1], "items": 3}, "schema")) == []


def test_what_is_nested_too_deeply_is_shared_unchanged() -> None:
    schema: JSONObject = {"items": {"items": {"type": "string"}}}

    assert rebuild(schema, "schema", {"schema": mark}, depth=2) == {
        "items": {"items": {"type": "string"}, "seen": True},
        "seen": True,
    }

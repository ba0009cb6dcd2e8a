from __future__ import annotations

from typing import Any

import pytest

from catalog.openapi import Constraint, JSONValue, SchemaNode
from catalog.phrases import Code
from catalog.wording import describe_rules, describe_type

STRING = SchemaNode(types=("string",))
OBJECT = SchemaNode(types=("object",))


def _array(items: SchemaNode | None) -> SchemaNode:
    return SchemaNode(types=("array",), items=items)


@pytest.mark.parametrize(
    ("node", "words"),
    [
        pytest.param(STRING, "string", id="plain"),
        pytest.param(SchemaNode(types=("string",), format="uuid"), "string, uuid", id="format"),
        pytest.param(
            SchemaNode(types=("string",), format="uuid", nullable=True),
            "string, uuid or null",
            id="nullable",
        ),
        pytest.param(SchemaNode(types=("string", "integer")), "string or integer", id="two types"),
        pytest.param(SchemaNode(), "any value", id="no type"),
        pytest.param(SchemaNode(nullable=True), "any value or null", id="only null"),
        pytest.param(_array(None), "array", id="array of anything"),
        pytest.param(_array(STRING), "array of strings", id="array of strings"),
        pytest.param(_array(OBJECT), "array of objects", id="array of objects"),
        pytest.param(_array(SchemaNode()), "array of any values", id="array of any values"),
        pytest.param(_array(_array(OBJECT)), "array of arrays of objects", id="nested arrays"),
        pytest.param(
            _array(SchemaNode(types=("string",), format="date")),
            "array of strings, date",
            id="items with a format",
        ),
        pytest.param(
            SchemaNode(types=("object",), variants=(OBJECT, OBJECT), variant_keyword="oneOf"),
            "object, one of 2 forms",
            id="oneOf",
        ),
        pytest.param(
            SchemaNode(variants=(OBJECT, STRING, OBJECT), variant_keyword="anyOf"),
            "any of 3 forms",
            id="anyOf",
        ),
        pytest.param(
            SchemaNode(variants=(OBJECT, STRING), variant_keyword="oneOf", nullable=True),
            "one of 2 forms or null",
            id="forms or null",
        ),
        pytest.param(
            SchemaNode(types=("string",), format="uuid", read_only=True),
            "string, uuid, read-only",
            id="read-only",
        ),
        pytest.param(
            SchemaNode(types=("string",), write_only=True), "string, write-only", id="write-only"
        ),
        pytest.param(SchemaNode(enum=("a", 1, None)), "string or integer", id="type of enum"),
        pytest.param(SchemaNode(has_const=True, const=True), "boolean", id="type of a boolean"),
        pytest.param(SchemaNode(has_const=True, const=1.5), "number", id="type of a number"),
        pytest.param(SchemaNode(has_const=True, const=[]), "array", id="type of an array"),
        pytest.param(SchemaNode(has_const=True, const={}), "object", id="type of an object"),
        pytest.param(SchemaNode(types=("file",)), "file", id="unknown type"),
        pytest.param(_array(SchemaNode(types=("file",))), "array of file", id="unknown items"),
    ],
)
def test_type_is_told_in_words(node: SchemaNode, words: str) -> None:
    assert describe_type(node) == words


@pytest.mark.parametrize(
    ("constraints", "words"),
    [
        pytest.param({"minimum": 30, "maximum": 730}, "From 30 to 730", id="range"),
        pytest.param({"minimum": 0}, "At least 0", id="minimum"),
        pytest.param({"maximum": 9.5}, "At most 9.5", id="maximum"),
        pytest.param({"exclusiveMinimum": 0}, "More than 0", id="exclusive minimum"),
        pytest.param(
            {"exclusiveMinimum": 0, "maximum": 1}, "More than 0, at most 1", id="mixed bounds"
        ),
        pytest.param({"exclusiveMaximum": 5}, "Less than 5", id="exclusive maximum"),
        pytest.param({"maxLength": 40}, "At most 40 characters", id="longest"),
        pytest.param({"maxLength": 2048}, "At most 2,048 characters", id="grouped digits"),
        pytest.param({"minLength": 1}, "At least 1 character", id="one character"),
        pytest.param({"minLength": 6, "maxLength": 12}, "6 to 12 characters", id="lengths"),
        pytest.param({"minLength": 2, "maxLength": 2}, "Exactly 2 characters", id="exact length"),
        pytest.param({"minLength": 0}, "", id="no least length"),
        pytest.param({"minLength": 0, "maxLength": 5}, "At most 5 characters", id="from nothing"),
        pytest.param({"maxLength": 40.0}, "At most 40 characters", id="whole float"),
        pytest.param({"maxLength": "many"}, "", id="nonsense"),
        pytest.param(
            {"minItems": 1, "maxItems": 5, "uniqueItems": True},
            "1 to 5 items, all different",
            id="items",
        ),
        pytest.param({"uniqueItems": False}, "", id="items may repeat"),
        pytest.param({"maxProperties": 1}, "At most 1 property", id="properties"),
        pytest.param({"multipleOf": 30}, "A multiple of 30", id="multiple"),
        pytest.param({"pattern": "^[A-Z]+$"}, "Matches ^[A-Z]+$", id="pattern"),
        pytest.param({"contentMediaType": "text/csv"}, "Holds text/csv", id="media type"),
        pytest.param({"contentEncoding": "base64"}, "Encoded as base64", id="encoding"),
        pytest.param({"additionalProperties": False}, "No other properties", id="closed object"),
        pytest.param({"minContains": 2}, "minContains: 2", id="without words of its own"),
        pytest.param(
            {"minimum": 30, "maximum": 730, "multipleOf": 30},
            "From 30 to 730, a multiple of 30",
            id="several",
        ),
    ],
)
def test_constraints_are_told_in_words(constraints: dict[str, JSONValue], words: str) -> None:
    node = SchemaNode(constraints=tuple(Constraint(*one) for one in constraints.items()))

    assert "".join(describe_rules(node)) == words


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param({"has_const": True, "const": "poll"}, "Always poll", id="const"),
        pytest.param({"has_const": True, "const": None}, "Always null", id="const null"),
        pytest.param({"has_default": True, "default": 90}, "Default 90", id="default"),
        pytest.param({"has_default": True, "default": ""}, 'Default ""', id="empty default"),
        pytest.param({"examples": ("case-2291",)}, "Example: case-2291", id="example"),
        pytest.param({"examples": ({"a": 1},)}, "", id="example that is an object"),
        pytest.param({"examples": ("x" * 81, "short")}, "Example: short", id="long example"),
        pytest.param(
            {"constraints": (Constraint("maxLength", 40),), "examples": ("case",)},
            "At most 40 characters. Example: case",
            id="sentences",
        ),
    ],
)
def test_values_are_told_after_the_constraints(facts: dict[str, Any], words: str) -> None:
    assert "".join(describe_rules(SchemaNode(**facts))) == words


def test_values_in_rules_are_code() -> None:
    node = SchemaNode(constraints=(Constraint("pattern", "a"),), has_default=True, default=1)

    codes = [part for part in describe_rules(node) if isinstance(part, Code)]

    assert codes == ["a", "1"]

"""Schemas whose keywords contradict or miss one another."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.openapi.json_values import JSONObject
from catalog.openapi.versions import Family
from tests.catalog.openapi.rules.findings import broken, path, pointers, schema

A = "/components/schemas/A"


@pytest.mark.parametrize(
    ("members", "is_told"),
    [
        ({"type": "array"}, True),
        ({"type": "array", "items": {}}, False),
        ({"type": "array", "items": True}, False),
        ({"type": "array", "prefixItems": [{}]}, False),
        ({"type": "array", "allOf": [{"items": {}}]}, False),
        ({"type": ["array", "null"]}, False),
        ({"type": "object"}, False),
    ],
)
def test_array_says_what_it_holds(members: JSONObject, is_told: bool) -> None:
    assert pointers(schema(**members), "array-without-items") == ([A] if is_told else [])


def test_array_parameter_of_2_0_says_what_it_holds() -> None:
    parameter = {"name": "a", "in": "query", "type": "array"}

    assert broken(path("/a", parameters=[parameter]), "array-without-items", Family.V2_0) == [
        ("/paths/~1a/parameters/0", "This array does not say what its items are.")
    ]


def test_repeated_values_of_an_enumeration_are_told() -> None:
    values = ["a", "b", "a", 1, True, "1", {"c": 1}, {"c": 1.0}, None, "a"]

    assert broken(schema(enum=values), "duplicate-enum-value") == [
        (f"{A}/enum/2", "The enumeration has this value already."),
        (f"{A}/enum/9", "The enumeration has this value already."),
    ]


def test_enumeration_that_is_no_array_is_left_to_the_structure() -> None:
    assert pointers(schema(enum="a, a"), "duplicate-enum-value") == []


@pytest.mark.parametrize(
    ("members", "found"),
    [
        ({"minimum": 2, "maximum": 1}, ["minimum"]),
        ({"minimum": 1, "maximum": 1}, []),
        ({"minimum": 1}, []),
        (
            {"minLength": 2, "maxLength": 1.5, "minItems": 3, "maxItems": 0},
            ["minLength", "minItems"],
        ),
        ({"minProperties": 2, "maxProperties": 1}, ["minProperties"]),
        ({"minimum": "2", "maximum": 1}, []),
        ({"minimum": True, "maximum": 0}, []),
    ],
)
def test_least_value_above_the_greatest_is_told(members: JSONObject, found: list[str]) -> None:
    expected = [f"{A}/{name}" for name in found]

    assert pointers(schema(**members), "impossible-range") == expected


def test_range_is_told_in_words() -> None:
    assert broken(schema(minimum=2, maximum=1), "impossible-range")[0][1] == (
        "“minimum” is greater than “maximum”, so no value fits."
    )


def test_required_property_that_is_not_described_is_told() -> None:
    definition = schema(required=["a", "b", 1], properties={"a": {}})

    assert broken(definition, "unlisted-required-property") == [
        (f"{A}/required/1", "The required property “b” is not described.")
    ]


@pytest.mark.parametrize(
    "members",
    [
        pytest.param({"required": ["b"]}, id="no-properties"),
        pytest.param({"required": ["b"], "properties": {}, "allOf": [{}]}, id="whole"),
        pytest.param({"allOf": [{"required": ["b"], "properties": {}}]}, id="part"),
        pytest.param({"if": {"required": ["b"], "properties": {}}}, id="condition"),
    ],
)
def test_part_of_a_composition_may_require_what_another_describes(members: JSONObject) -> None:
    assert pointers(schema(**members), "unlisted-required-property") == []


@pytest.mark.parametrize(
    ("members", "is_told"),
    [
        ({"properties": {"kind": {}}}, False),
        ({"allOf": [{"$ref": "#/components/schemas/B"}]}, False),
        ({"oneOf": [{"properties": {}}, {"anyOf": [{"$ref": "#/components/schemas/B"}]}]}, False),
        ({"properties": {"other": {}}}, True),
        ({"oneOf": [{"$ref": "#/components/schemas/C"}]}, True),
    ],
)
def test_discriminator_needs_its_property(members: Any, is_told: bool) -> None:
    schemas: Any = {
        "A": {**members, "discriminator": {"propertyName": "kind"}},
        "B": {"properties": {"kind": {}}},
        "C": {"type": "object"},
    }
    definition: JSONObject = {"components": {"schemas": schemas}}

    expected = [f"{A}/discriminator"] if is_told else []
    assert pointers(definition, "missing-discriminator-property") == expected


def test_discriminator_of_2_0_is_the_name_itself() -> None:
    definition: JSONObject = {"definitions": {"A": {"discriminator": "kind", "properties": {}}}}

    assert broken(definition, "missing-discriminator-property", Family.V2_0) == [
        ("/definitions/A/discriminator", "No schema here has the discriminator's property “kind”.")
    ]


@pytest.mark.parametrize(
    "variants",
    [
        pytest.param([{"$ref": "#/components/schemas/A"}], id="circle"),
        pytest.param([{}] * 600, id="very-many"),
    ],
)
def test_discriminator_gets_the_benefit_of_the_doubt(variants: Any) -> None:
    definition = schema(discriminator={"propertyName": "kind"}, oneOf=variants)

    assert pointers(definition, "missing-discriminator-property") == []


def test_discriminator_without_a_name_is_left_to_the_structure() -> None:
    assert pointers(schema(discriminator={}), "missing-discriminator-property") == []

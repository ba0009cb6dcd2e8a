from __future__ import annotations

import jsonschema_rs
import pytest

from catalog.openapi.directions import Direction
from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.media_types import Example, MediaType
from catalog.openapi.references import Resolver
from catalog.openapi.sampling import sample_media_type, sample_schema


def at(name: str) -> JSONObject:
    return {"$ref": f"#/components/schemas/{name}"}


def sample(
    schema: JSONValue, *, direction: Direction = Direction.REQUEST, **components: JSONValue
) -> JSONValue:
    resolver = Resolver({f"/components/schemas/{name}": components[name] for name in components})
    return sample_schema(schema, resolver, direction=direction)


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string", "examples": ["a"], "default": "b"}, "a"),
        ({"type": "string", "examples": {"first": "a"}}, "a"),
        ({"type": "string", "example": "a", "enum": ["b", "a"]}, "a"),
        ({"type": "string", "default": "b", "enum": ["a", "b"]}, "b"),
        ({"const": "c"}, "c"),
        ({"enum": ["", None, "a"]}, "a"),
        ({"enum": ["", None]}, ""),
        ({"type": "integer", "examples": ["wrong", 7]}, 7),
        ({"type": "integer", "example": "wrong"}, 1),
        ({"type": "string", "enum": [1]}, 1),
        ({"type": "boolean"}, True),
        ({"type": "number", "minimum": 2}, 2),
        ({"type": "null"}, None),
        ({"type": ["null", "string"]}, "string"),
        ({}, {}),
        (True, {}),
        (None, {}),
    ],
)
def test_named_values_come_first_as_far_as_they_fit(schema: JSONValue, value: JSONValue) -> None:
    assert sample(schema) == value


def test_objects_have_required_properties_first_then_the_others() -> None:
    value = sample(
        {
            "type": "object",
            "required": ["b", "free"],
            "properties": {"a": {"type": "integer"}, "b": {"type": "string"}},
        }
    )

    assert isinstance(value, dict)
    assert list(value.items()) == [("b", "string"), ("free", {}), ("a", 1)]


@pytest.mark.parametrize(
    ("direction", "names"),
    [(Direction.REQUEST, {"secret"}), (Direction.RESPONSE, {"id"})],
)
def test_properties_that_do_not_travel_are_left_out(direction: Direction, names: set[str]) -> None:
    schema: JSONObject = {
        "required": ["id", "secret"],
        "properties": {
            "id": {"type": "string", "readOnly": True},
            "secret": {"type": "string", "writeOnly": True},
        },
    }
    example: JSONObject = {**schema, "example": {"id": "1", "secret": "s"}}

    plain, by_example = sample(schema, direction=direction), sample(example, direction=direction)

    assert isinstance(plain, dict)
    assert isinstance(by_example, dict)
    assert set(plain) == set(by_example) == names


def test_optional_properties_end_after_three_levels_and_required_ones_do_not() -> None:
    leaf: JSONObject = {
        "required": ["must"],
        "properties": {"must": {"type": "integer"}, "may": {"type": "integer"}},
    }
    schema: JSONValue = leaf
    for name in ("c", "b", "a"):
        schema = {"properties": {name: schema}}

    assert sample(schema) == {"a": {"b": {"c": {"must": 1}}}}


def test_circles_end_where_something_is_optional() -> None:
    value = sample(
        at("Tree"),
        Tree={
            "required": ["id", "children"],
            "properties": {
                "id": {"type": "string"},
                "parent": at("Tree"),
                "children": {"type": "array", "items": at("Tree")},
            },
        },
    )

    assert value == {"id": "string", "children": []}


def test_a_form_without_the_circle_is_preferred() -> None:
    value = sample(
        at("Filter"),
        Filter={"oneOf": [{"required": ["and"], "properties": {"and": at("Filter")}}, at("Leaf")]},
        Leaf={"type": "string"},
    )

    assert value == "string"


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"required": ["self"], "properties": {"self": at("Circle")}, "type": "object"}, {}),
        ({"type": "array", "minItems": 1, "items": at("Circle")}, []),
        ({"anyOf": [at("Circle"), at("Circle")]}, None),
        (
            {
                "type": ["object", "null"],
                "required": ["self"],
                "properties": {"self": at("Circle")},
            },
            {"self": None},
        ),
        (False, None),
    ],
    ids=["object", "array", "variants", "nullable", "false"],
)
def test_a_schema_nothing_satisfies_gets_an_empty_value(
    schema: JSONValue, value: JSONValue
) -> None:
    assert sample(at("Circle"), Circle=schema) == value


def test_long_cycles_of_required_properties_do_not_exhaust_the_stack() -> None:
    components: dict[str, JSONValue] = {
        f"/components/schemas/S{n}": {
            "type": "object",
            "required": ["n"],
            "properties": {"n": at(f"S{(n + 1) % 252}")},
        }
        for n in range(252)
    }

    assert sample_schema(at("S0"), Resolver(components), direction=Direction.REQUEST) == {}


def test_a_huge_schema_gets_a_sample_of_bounded_size() -> None:
    wide: JSONObject = {"properties": {f"w{n}": {"type": "string"} for n in range(100_000)}}

    value = sample(wide)

    assert isinstance(value, dict)
    assert 100 < len(value) < 1_000


def test_required_properties_are_found_after_a_wide_optional_part() -> None:
    wide: JSONObject = {"properties": {f"w{n}": {"type": "string"} for n in range(10_000)}}
    value = sample({"properties": {"wide": wide, "last": wide}, "required": ["last"]})

    assert isinstance(value, dict)
    assert "last" in value


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "array", "items": {"type": "integer"}}, [1]),
        ({"type": "array"}, [{}]),
        ({"type": "array", "maxItems": 0}, []),
        ({"type": "array", "minItems": 3, "items": {"type": "boolean"}}, [True, True, True]),
        ({"type": "array", "items": False}, []),
        ({"prefixItems": [{"type": "string"}, {"type": "null"}]}, ["string", None]),
        (
            {"prefixItems": [{"type": "string"}], "items": {"type": "integer"}, "minItems": 3},
            ["string", 1, 1],
        ),
        ({"type": "array", "contains": {"const": "x"}}, ["x"]),
        ({"uniqueItems": True, "minItems": 2, "items": {"enum": ["a", "b"]}}, ["a", "b"]),
        ({"uniqueItems": True, "minItems": 3, "items": {"type": "integer"}}, [1, 2, 3]),
        (
            {"uniqueItems": True, "minItems": 2, "items": {"type": "string"}},
            ["string", "string2"],
        ),
        ({"uniqueItems": True, "minItems": 2, "items": {"type": "boolean"}}, [True, False]),
        (
            {"uniqueItems": True, "minItems": 2}
            | {"items": {"properties": {"a": {"type": "string"}, "b": {"type": "integer"}}}},
            [{"a": "string", "b": 1}, {"a": "string2", "b": 1}],
        ),
        ({"uniqueItems": True, "minItems": 2, "items": {"type": "null"}}, [None, None]),
    ],
)
def test_arrays_have_as_many_items_as_they_must(schema: JSONObject, value: JSONValue) -> None:
    assert sample(schema) == value


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"additionalProperties": {"type": "integer"}}, {"key1": 1}),
        ({"type": "object", "additionalProperties": True}, {}),
        ({"type": "object", "minProperties": 2}, {"key1": {}, "key2": {}}),
        (
            {"additionalProperties": {"type": "integer"}, "propertyNames": {"enum": ["sv"]}},
            {"sv": 1},
        ),
        ({"patternProperties": {"^[a-z]{2}$": {"type": "integer"}}}, {"ab": 1}),
        ({"patternProperties": {"(((": {"type": "integer"}}}, {"key1": 1}),
        ({"properties": {"a": {}, "b": {}}, "maxProperties": 1}, {"a": {}}),
        ({"type": "object", "minProperties": 1, "additionalProperties": False}, {}),
    ],
)
def test_maps_have_as_many_members_as_they_must(schema: JSONObject, value: JSONValue) -> None:
    assert sample(schema) == value


def test_the_first_form_is_merged_with_what_stands_beside() -> None:
    value = sample(
        {
            "properties": {"id": {"type": "string"}},
            "oneOf": [
                {"required": ["a"], "properties": {"a": {"type": "integer"}}},
                {"required": ["b"], "properties": {"b": {"type": "integer"}}},
            ],
        }
    )

    assert value == {"a": 1, "id": "string"}


@pytest.mark.parametrize(
    ("forms", "value"),
    [
        ([{"type": "integer"}, {"type": "number"}], 1.5),
        ([{"type": "integer"}, {"type": ["integer", "string"]}], "string"),
        ([{"type": "integer"}, {"type": "integer"}], 1),
    ],
    ids=["second", "part-of-second", "all-alike"],
)
def test_a_form_that_only_one_schema_accepts_is_preferred(
    forms: list[JSONValue], value: JSONValue
) -> None:
    assert sample({"oneOf": forms}) == value


def test_the_discriminator_names_the_form() -> None:
    value = sample(
        {
            "oneOf": [at("Cat")],
            "anyOf": [at("Cat"), at("Dog")],
            "discriminator": {"propertyName": "kind", "mapping": {"feline": "Cat"}},
        },
        Cat={"properties": {"kind": {"type": "string"}}},
        Dog={"properties": {"kind": {"type": "string"}, "bark": {"type": "boolean"}}},
    )

    assert value == {"kind": "feline"}


def test_a_discriminator_value_the_form_refuses_is_not_written() -> None:
    value = sample(
        {"anyOf": [at("Cat"), at("Dog")], "discriminator": {"propertyName": "kind"}},
        Cat={"properties": {"kind": {"const": "c"}}},
        Dog={"type": "object"},
    )

    assert value == {"kind": "c"}


def test_media_types_give_their_first_inline_example() -> None:
    examples = (Example("far", external_url="https://e.example"), Example("near", value={"a": 1}))

    value = sample_media_type(
        MediaType("application/json", schema={"type": "string"}, examples=examples),
        Resolver({}),
        direction=Direction.REQUEST,
    )

    assert value == {"a": 1}


@pytest.mark.parametrize(
    ("media_type", "value"),
    [
        (MediaType("a/b", schema={"type": "string"}), "string"),
        (MediaType("a/b", item_schema={"type": "integer"}), 1),
        (MediaType("a/b", examples=(Example("far", external_url="https://e.example"),)), {}),
    ],
    ids=["schema", "item-schema", "nothing"],
)
def test_media_types_without_an_example_are_sampled(
    media_type: MediaType, value: JSONValue
) -> None:
    assert sample_media_type(media_type, Resolver({}), direction=Direction.REQUEST) == value


@pytest.mark.parametrize(
    "schema",
    [
        {
            "type": "object",
            "required": ["email", "born", "tags", "amount", "code"],
            "properties": {
                "email": {"type": "string", "format": "email", "minLength": 5},
                "born": {"type": "string", "format": "date"},
                "tags": {"type": "array", "minItems": 2, "uniqueItems": True}
                | {"items": {"type": "string", "maxLength": 9}},
                "amount": {"type": "number", "exclusiveMinimum": 0, "multipleOf": 0.05},
                "code": {"type": "string", "pattern": "^[A-Z]{3}-[0-9]{4,6}$"},
                "nested": {"allOf": [{"required": ["x"]}, {"properties": {"x": {"enum": [3]}}}]},
            },
            "additionalProperties": False,
        },
        {"oneOf": [{"type": "object", "required": ["a"]}, {"type": "array", "minItems": 1}]},
        {"type": "object", "minProperties": 3, "additionalProperties": {"type": "boolean"}},
        {"anyOf": [{"type": "integer", "multipleOf": 7, "minimum": 50}, {"type": "null"}]},
    ],
    ids=["object", "forms", "map", "number-or-null"],
)
def test_samples_are_valid_by_an_independent_validator(schema: JSONObject) -> None:
    value = sample(schema)

    jsonschema_rs.Draft202012Validator(schema, validate_formats=True).validate(value)

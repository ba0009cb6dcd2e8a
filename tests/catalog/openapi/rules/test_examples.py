"""Examples held against their schemas."""

from __future__ import annotations

import time
from typing import Any

import pytest

from catalog.openapi.json_values import JSONObject
from catalog.openapi.rules.context import build_context
from catalog.openapi.rules.example_weights import WeightBudget
from catalog.openapi.versions import Family
from tests.catalog.openapi.rules.findings import broken, path, pointers, schema

RULE = "example-mismatch"
A = "/components/schemas/A"
INTEGER: Any = {"type": "integer"}


def body(media_type: str = "application/json", **members: Any) -> JSONObject:
    return path("/a", post={"requestBody": {"content": {media_type: members}}})


BODY = "/paths/~1a/post/requestBody/content/application~1json"


def test_example_is_told_at_the_value_that_is_wrong() -> None:
    definition = schema(
        type="object",
        properties={"a": {"type": "array", "items": INTEGER}},
        example={"a": [1, "2"]},
    )

    assert broken(definition, RULE) == [
        (
            f"{A}/example/a/1",
            "The example does not match its schema. This must be of type integer.",
        )
    ]


@pytest.mark.parametrize(
    ("keywords", "value", "sentence"),
    [
        ({"maxLength": 1}, "ab", "This text may have 1 characters at most."),
        ({"maximum": 1}, 2, "This number must be 1 or less."),
        ({"exclusiveMaximum": 1}, 1, "This number must be less than 1."),
        ({"multipleOf": 2}, 3, "This number must be a multiple of 2."),
        ({"contains": {"const": 1}}, [2], "No item of this array is of the kind it must contain."),
        ({"oneOf": [{}, {}]}, 1, "These members fit several alternatives at once."),
        ({"anyOf": [INTEGER, {"type": "null"}]}, "a", "This must be of type integer."),
        ({"prefixItems": [{}], "unevaluatedItems": False}, [1, 2], "The rule “unevaluatedItems”"),
    ],
)
def test_fault_of_an_example_is_told_in_words(
    keywords: JSONObject, value: Any, sentence: str
) -> None:
    ((_, message),) = broken(schema(**keywords, example=value), RULE, Family.V3_1)

    assert message.startswith(f"The example does not match its schema. {sentence}")


def test_array_of_2_0_and_3_0_may_be_closed() -> None:
    definition = schema(items=[{}], additionalItems=False, example=[1, 2])

    assert broken(definition, RULE)[0][1].endswith("This array may have 1 items at most.")


def test_one_fault_of_an_example_is_enough() -> None:
    definition = schema(type="array", items=INTEGER, example=["1", "2"])

    assert pointers(definition, RULE) == [f"{A}/example/0"]


def test_examples_of_media_types_follow_references() -> None:
    definition = body(
        schema={"$ref": "#/components/schemas/A"},
        examples={
            "inline": {"value": {"id": "x"}},
            "right": {"value": {"id": 1}},
            "shared": {"$ref": "#/components/examples/Shared"},
            "elsewhere": {"externalValue": "https://example.com"},
            "newer": {"dataValue": {"id": "x"}},
        },
        example={},
    )
    members: Any = {
        "required": ["id"],
        "properties": {"id": {"$ref": "#/components/schemas/Id%20b"}},
    }
    definition["components"] = {
        "schemas": {"A": members, "Id b": INTEGER},
        "examples": {"Shared": {"value": {"id": None}}},
    }

    assert pointers(definition, RULE, Family.V3_1) == [
        f"{BODY}/example",
        f"{BODY}/examples/inline/value/id",
        "/components/examples/Shared/value/id",
        f"{BODY}/examples/newer/dataValue/id",
    ]


@pytest.mark.parametrize(
    ("media_type", "value", "is_told"),
    [
        ("application/vnd.api+json", [], True),
        ("application/json", '{"a": 1}', False),
        ("application/xml", [], False),
    ],
)
def test_only_examples_that_are_json_are_held_against_schemas(
    media_type: str, value: Any, is_told: bool
) -> None:
    definition = body(media_type, schema={"type": "object"}, example=value)

    assert bool(pointers(definition, RULE)) is is_told


def test_examples_of_parameters_and_headers_are_checked() -> None:
    wrong = {"schema": INTEGER, "example": "x"}
    response = {"headers": {"X-Limit": wrong}}
    definition = path(
        "/a",
        parameters=[{"in": "query", "name": "q", **wrong}, {"in": "query", "name": "r"}],
        get={"responses": {"200": response}},
    )

    assert pointers(definition, RULE) == [
        "/paths/~1a/parameters/0/example",
        "/paths/~1a/get/responses/200/headers/X-Limit/example",
    ]


def test_responses_of_2_0_have_examples_by_media_type() -> None:
    examples = {"application/json": [1], "text/csv": [1]}
    response = {"schema": {"$ref": "#/definitions/A"}, "examples": examples}
    definition = path("/a", get={"responses": {"200": response, "201": {"examples": examples}}})
    definition["definitions"] = {"A": {"type": "object", "example": 1}}

    assert pointers(definition, RULE, Family.V2_0) == [
        "/paths/~1a/get/responses/200/examples/application~1json",
        "/definitions/A/example",
    ]


def test_schemas_have_several_examples_since_3_1() -> None:
    definition = schema(type="integer", example="x", examples=[1, "y"])

    assert pointers(definition, RULE, Family.V3_1) == [f"{A}/example", f"{A}/examples/1"]
    assert pointers(definition, RULE, Family.V3_0) == [f"{A}/example"]


@pytest.mark.parametrize(
    "members",
    [
        pytest.param({"type": "string", "nullable": True, "example": None}, id="null"),
        pytest.param({"type": "object", "oneOf": [INTEGER], "example": {"a": None}}, id="inside"),
        pytest.param({"minimum": 0, "exclusiveMinimum": True, "example": 1}, id="exclusive-bound"),
        pytest.param({"$ref": "#/components/schemas/A", "example": "x"}, id="beside-reference"),
        pytest.param({"type": "string", "format": "uuid", "example": "x"}, id="format"),
    ],
)
def test_what_3_0_says_otherwise_is_no_fault(members: JSONObject) -> None:
    assert pointers(schema(**members), RULE, Family.V3_0) == []


def test_null_is_a_fault_since_3_1() -> None:
    assert pointers(schema(type="string", example=None), RULE, Family.V3_1) == [f"{A}/example"]


@pytest.mark.parametrize(
    ("required", "is_told"), [("id", False), ("secret", False), ("name", True), ("other", False)]
)
def test_properties_of_one_direction_may_be_missing(required: str, is_told: bool) -> None:
    properties = {
        "id": {"readOnly": True},
        "secret": {"writeOnly": True},
        "name": {"type": "string"},
    }
    definition = schema(required=[required], properties=properties, example={})

    assert bool(pointers(definition, RULE)) is is_told


@pytest.mark.parametrize(
    "neighbour",
    [
        pytest.param({"$ref": "#/nowhere"}, id="dangling"),
        pytest.param({"properties": {"a": {"$ref": "http://127.0.0.1:9/a.json"}}}, id="remote"),
        pytest.param({"properties": {"a": {"pattern": "("}}}, id="pattern"),
        pytest.param({"type": "file"}, id="type"),
    ],
)
def test_schema_that_cannot_be_compiled_hides_no_other(neighbour: JSONObject) -> None:
    wrong: Any = {"type": "integer", "example": "x"}
    schemas: Any = {"A": wrong, "B": {**neighbour, "example": {}}, "C": wrong}
    definition: JSONObject = {"components": {"schemas": schemas}}

    assert pointers(definition, RULE, Family.V3_1) == [
        f"{A}/example",
        "/components/schemas/C/example",
    ]


def test_definition_that_is_no_resource_is_left_alone() -> None:
    definition = schema(type="integer", example="x")
    definition["$id"] = "http://[broken"

    assert pointers(definition, RULE, Family.V3_1) == []


def exploding(levels: int) -> JSONObject:
    schemas: JSONObject = {
        f"S{level}": {"anyOf": [{"$ref": f"#/components/schemas/S{level + 1}"}] * 2}
        for level in range(levels)
    }
    schemas[f"S{levels}"] = {"type": "string"}
    return {"components": {"schemas": {"A": {**schemas["S0"], "example": 1}, **schemas}}}  # type: ignore[dict-item]  # all of them are objects


@pytest.mark.parametrize(
    "definition",
    [
        pytest.param(exploding(60), id="doubling-references"),
        pytest.param(schema(allOf=[{"$ref": "#/components/schemas/A"}], example=1), id="circle"),
        pytest.param(schema(pattern="^(a+)+$", example="a" * 5000 + "!"), id="pattern"),
        pytest.param(schema(pattern=r"^(?=(a+)+$)\1b", example="a" * 5000), id="lookahead"),
    ],
)
def test_check_of_hostile_schemas_ends(definition: JSONObject) -> None:
    started = time.process_time()

    broken(definition, RULE, Family.V3_1)

    assert time.process_time() - started < 1


def test_examples_beyond_the_budget_count_as_matching() -> None:
    wrong: Any = {"type": "array", "items": INTEGER, "example": ["x"] * 1_500}
    schemas: Any = {f"S{number:02}": wrong for number in range(20)}

    assert len(pointers({"components": {"schemas": schemas}}, RULE)) == 9


def test_budget_is_given_out_once() -> None:
    budget = WeightBudget(build_context({}, Family.V3_1), total=3)

    granted = [budget.grants([1, 2], {"items": {}}) for _ in range(2)]

    assert granted == [True, False]
    assert budget.is_spent


@pytest.mark.parametrize(
    ("value", "keywords", "cost"),
    [
        pytest.param({"a": 1, "b": 2}, {"properties": {"a": {}}}, 2, id="properties"),
        pytest.param({"a": 1, "b": 2}, {"additionalProperties": {}}, 3, id="members"),
        pytest.param({"a": 1}, {"patternProperties": {"^a": {}, "^b": {}}}, 3, id="patterns"),
        pytest.param([1, 2], {"prefixItems": [{}], "items": {}}, 4, id="items"),
        pytest.param(
            1, {"allOf": [{}], "not": {}, "dependentSchemas": {"a": {}}}, 4, id="in-place"
        ),
        pytest.param(1, {"items": {}, "properties": {"a": {}}}, 1, id="of-other-types"),
        pytest.param(1, {"$ref": "#/components/schemas/A"}, 2, id="reference"),
        pytest.param([1], {"items": True}, 1, id="boolean"),
    ],
)
def test_cost_is_the_number_of_pairs(value: Any, keywords: JSONObject, cost: int) -> None:
    context = build_context(schema(type="string"), Family.V3_1)

    assert WeightBudget(context, total=cost).grants(value, keywords)
    assert not WeightBudget(context, total=cost - 1).grants(value, keywords)


@pytest.mark.parametrize(
    "keywords", [{"$ref": "#/nowhere"}, {"$ref": 1}, {"$dynamicRef": "#node"}, {"$id": "a"}]
)
def test_what_cannot_be_followed_is_not_granted(keywords: JSONObject) -> None:
    assert not WeightBudget(build_context({}, Family.V3_1), total=10).grants(1, keywords)

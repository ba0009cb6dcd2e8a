"""Each rule, with what breaks it and what does not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from catalog.openapi.json_values import JSONObject
from catalog.openapi.rules import check_rules
from catalog.openapi.rules.registry import RULES
from catalog.openapi.versions import Family
from tests.catalog.openapi.json_strategies import nonsense_definitions
from tests.catalog.openapi.rules.findings import broken, path, pointers, schema


def test_reference_to_nowhere_is_found() -> None:
    definition: JSONObject = {
        "paths": {"/a": {"$ref": "#/paths/~1b"}, "/c d": {"$ref": "#/paths/~1a%20b"}},
        "components": {
            "schemas": {
                "A": {"items": {"$ref": "#/components/schemas/B"}},
                "C": {"properties": {"c": {"$ref": "#/components/schemas/C"}}},
                "D": {"$ref": "#/components/schemas/C"},
                "E": {"$ref": "#/components/schemas/D/properties/c"},
                "F": {"$ref": "#/components/schemas/D/properties/d"},
                "G": {"example": {"$ref": "#/nothing"}, "$ref": "#anchor"},
                "H": {"$ref": "#/components/schemas/H/x"},
                "I": {"$ref": 0},
            }
        },
    }

    assert broken(definition, "dangling-reference") == [
        ("/paths/~1a/$ref", "The reference “#/paths/~1b” leads nowhere."),
        ("/paths/~1c d/$ref", "The reference “#/paths/~1a%20b” leads nowhere."),
        (
            "/components/schemas/A/items/$ref",
            "The reference “#/components/schemas/B” leads nowhere.",
        ),
        (
            "/components/schemas/F/$ref",
            "The reference “#/components/schemas/D/properties/d” leads nowhere.",
        ),
        ("/components/schemas/H/$ref", "The reference “#/components/schemas/H/x” leads nowhere."),
    ]


def test_template_variables_need_a_path_parameter() -> None:
    definition: JSONObject = {
        "paths": {
            "/{a}/{b}.{c}?{d}": {
                "parameters": [{"name": "a", "in": "path"}, {"$ref": "#/components/parameters/c"}],
                "get": {"parameters": [{"name": "b", "in": "query"}]},
            },
            "x-own": {"get": {}},
        },
        "components": {"parameters": {"c": {"name": "c", "in": "path"}}},
    }

    assert broken(definition, "undeclared-path-parameter") == [
        ("/paths/~1{a}~1{b}.{c}?{d}/get", "“{b}” of the path has no path parameter."),
        ("/paths/~1{a}~1{b}.{c}?{d}/get", "“{d}” of the path has no path parameter."),
    ]


def test_circle_of_references_counts_as_nothing() -> None:
    item: Any = {"get": {"parameters": [{"$ref": "#/components/parameters/a"}]}}
    circle: JSONObject = {"a": {"$ref": "#/components/parameters/a"}}
    definition: JSONObject = {**path("/{a}", **item), "components": {"parameters": circle}}

    assert pointers(definition, "undeclared-path-parameter") == ["/paths/~1{a}/get"]


def test_path_parameters_need_a_template_variable() -> None:
    item: Any = {
        "parameters": [{"name": "b", "in": "path"}],
        "get": {},
        "put": {"parameters": [{"name": "a", "in": "path"}, {"name": "c", "in": "path"}]},
    }

    assert broken(path("/{a}", **item), "unused-path-parameter") == [
        ("/paths/~1{a}/parameters/0", "The path has no “{b}” for this path parameter."),
        ("/paths/~1{a}/put/parameters/1", "The path has no “{c}” for this path parameter."),
    ]


def test_body_and_form_parameters_exclude_each_other_in_2_0() -> None:
    body, form = {"name": "b", "in": "body"}, {"name": "f", "in": "formData"}
    definition = path("/a", parameters=[body], get={"parameters": [form]}, put={"parameters": []})

    rule = "body-and-form-parameters"
    assert pointers(definition, rule, Family.V2_0) == ["/paths/~1a/get"]
    assert pointers(definition, rule, Family.V3_0) == []


def test_operation_ids_are_to_be_unique() -> None:
    definition = path(
        "/a", get={"operationId": "x"}, put={"operationId": "y"}, post={"operationId": "x"}
    )

    assert broken(definition, "duplicate-operation-id") == [
        ("/paths/~1a/post/operationId", "Another operation has the operationId “x” already.")
    ]


def test_operation_needs_a_summary_or_a_description() -> None:
    definition = path("/a", get={"summary": "A"}, put={"description": "B"}, post={"summary": ""})

    assert pointers(definition, "missing-summary") == ["/paths/~1a/post"]


def test_tag_is_told_once_when_it_is_not_declared() -> None:
    definition = path("/a", get={"tags": ["a", "b"]}, put={"tags": ["b", 1]})

    assert broken({"tags": [{"name": "a"}], **definition}, "undeclared-tag") == [
        ("/paths/~1a/get/tags/1", "The tag “b” is not among the tags of the definition.")
    ]


@pytest.mark.parametrize(
    ("schemes", "family"),
    [
        ({"components": {"securitySchemes": {"known": {}}}}, Family.V3_1),
        ({"securityDefinitions": {"known": {}}}, Family.V2_0),
    ],
    ids=["3.1", "2.0"],
)
def test_security_names_schemes_of_the_definition(schemes: Any, family: Family) -> None:
    requirements: Any = [{"known": []}, {}, {"known": [], "other": []}, {"./schemes.yaml#/a": []}]
    definition = {
        "security": [{"top": []}],
        **path("/a", get={"security": requirements}),
        **schemes,
    }

    assert broken(definition, "unknown-security-scheme", family) == [
        ("/security/0/top", "There is no security scheme “top”."),
        ("/paths/~1a/get/security/2/other", "There is no security scheme “other”."),
    ]


@pytest.mark.parametrize(
    ("definition", "family", "found"),
    [
        ({"host": "example.com"}, Family.V2_0, []),
        ({"paths": {}}, Family.V2_0, [""]),
        ({"paths": {"/a": {}}}, Family.V3_0, [""]),
        ({"paths": {"/a": {}}, "servers": [{"url": "https://a"}]}, Family.V3_0, []),
        ({"components": {}}, Family.V3_1, []),
    ],
)
def test_server_is_missed(definition: JSONObject, family: Family, found: list[str]) -> None:
    assert pointers(definition, "missing-server", family) == found


def test_relative_servers_are_told() -> None:
    urls = ["https://a", "{scheme}://a", "/v1", "a/b", ""]
    definition: JSONObject = {"servers": [{"url": url} for url in urls]}

    assert pointers(definition, "relative-server") == ["/servers/2/url", "/servers/3/url"]


@pytest.mark.parametrize(
    ("members", "fits"),
    [
        ({"type": "boolean", "default": "false"}, False),
        ({"type": "boolean", "default": False}, True),
        ({"type": "integer", "default": True}, False),
        ({"type": "integer", "default": 2.0}, True),
        ({"type": "integer", "default": 2.5}, False),
        ({"type": "number", "default": 2}, True),
        ({"type": "number", "default": True}, False),
        ({"type": "string", "default": 1}, False),
        ({"type": "array", "default": {}}, False),
        ({"type": "object", "default": {}}, True),
        ({"type": "array", "default": None}, False),
        ({"type": "array", "default": None, "nullable": True}, True),
        ({"type": ["array", "null"], "default": None}, True),
        ({"type": "file", "default": 1}, True),
        ({"type": "string", "enum": ["a"], "default": "b"}, False),
        ({"type": "string", "enum": ["a", "b"], "default": "b"}, True),
        ({"type": "string", "enum": ["a"], "nullable": True, "default": None}, True),
        ({"type": "string", "enum": [], "default": "b"}, True),
        ({"default": 1}, True),
    ],
)
def test_default_has_the_type_of_its_schema(members: JSONObject, fits: bool) -> None:
    expected = [] if fits else ["/components/schemas/A/default"]

    assert pointers(schema(**members), "default-mismatch", Family.V3_0) == expected
    assert pointers(schema(**members), "unlikely-default", Family.V3_1) == expected
    assert pointers(schema(**members), "default-mismatch", Family.V3_1) == []
    assert pointers(schema(**members), "unlikely-default", Family.V3_0) == []


def test_types_are_named_for_a_default() -> None:
    definition = schema(type=["string", "null"], default=1)

    assert broken(definition, "unlikely-default", Family.V3_1)[0][1] == (
        "The default is not of type string, null."
    )


def test_default_outside_of_its_enumeration_is_told_as_such() -> None:
    definition = schema(type="string", enum=["a"], default="b")

    assert broken(definition, "default-mismatch") == [
        (
            "/components/schemas/A/default",
            "The default is none of the values that the enumeration allows.",
        )
    ]


def test_enumeration_without_values_is_told() -> None:
    assert pointers(schema(enum=[]), "empty-enum") == ["/components/schemas/A/enum"]
    assert pointers(schema(enum=[1]), "empty-enum") == []


def test_items_are_one_schema() -> None:
    assert pointers(schema(items=[{}]), "array-of-items") == ["/components/schemas/A/items"]
    assert pointers(schema(items={}), "array-of-items") == []


def test_patterns_are_checked_but_never_matched() -> None:
    definition = schema(
        pattern="(", properties={"a": {"pattern": "("}, "b": {"pattern": "^(a+)+$"}}
    )

    assert broken({**definition}, "invalid-pattern") == [
        ("/components/schemas/A/pattern", "“(” is not a regular expression."),
        ("/components/schemas/A/properties/a/pattern", "“(” is not a regular expression."),
    ]


def test_each_rule_tells_at_most_the_limit() -> None:
    definition = path("/a", get={}, put={}, post={})

    problems = check_rules(definition, Family.V3_0, limit=2)

    assert [one.rule for one in problems] == [
        "missing-summary",
        "missing-summary",
        "missing-server",
    ]


def test_rules_have_names_of_their_own() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


@given(nonsense_definitions)
def test_rules_never_raise_on_nonsense(definition: JSONObject) -> None:
    for family in Family:
        check_rules(definition, family, limit=10)

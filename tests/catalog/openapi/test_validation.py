"""Structural validation by the Initiative's schemas."""

from __future__ import annotations

import jsonschema_rs
import pytest

from catalog.openapi.json_values import JSONObject
from catalog.openapi.structure_faults import Fault, iter_faults
from catalog.openapi.validation import refuse_retrieval, validate_structure
from catalog.openapi.versions import Family

INFO: JSONObject = {"title": "A", "version": "1"}


def faults(definition: JSONObject, family: Family) -> list[tuple[str, str]]:
    problems = validate_structure(definition, family, limit=100)
    assert {problem.rule for problem in problems} <= {"structure"}
    return [(problem.pointer, problem.message) for problem in problems]


def with_schema(version: str, schema: JSONObject) -> JSONObject:
    return {"openapi": version, "info": INFO, "paths": {}, "components": {"schemas": {"A": schema}}}


@pytest.mark.parametrize(
    ("definition", "family"),
    [
        ({"swagger": "2.0", "info": INFO, "paths": {}}, Family.V2_0),
        ({"openapi": "3.0.3", "info": INFO, "paths": {}}, Family.V3_0),
        (with_schema("3.1.0", {"type": ["string", "null"], "x-a": 1}), Family.V3_1),
        (with_schema("3.2.0", {"xml": {"nodeType": "element"}}), Family.V3_2),
    ],
)
def test_valid_definition_has_no_faults(definition: JSONObject, family: Family) -> None:
    assert faults(definition, family) == []


@pytest.mark.parametrize(
    ("version", "family"), [("3.1.0", Family.V3_1), ("3.2.0", Family.V3_2)], ids=["3.1", "3.2"]
)
def test_schema_objects_are_validated_too(version: str, family: Family) -> None:
    definition = with_schema(version, {"properties": {"a": {"required": ["b", "b"]}}})

    assert faults(definition, family) == [
        (
            "/components/schemas/A/properties/a/required",
            "The items of this array must all be different.",
        )
    ]


def test_schema_objects_of_another_dialect_are_not_validated() -> None:
    dialect: JSONObject = {"jsonSchemaDialect": "http://json-schema.org/draft-07/schema#"}

    assert faults(with_schema("3.1.0", {"type": 1}) | dialect, Family.V3_1) == []


@pytest.mark.parametrize(
    ("schema", "pointer", "message"),
    [
        ({"type": "text"}, "/type", "This must be one of array, boolean, integer, number, object,"),
        ({"maxLength": -1}, "/maxLength", "This number must be 0 or more."),
        ({"minLength": "1"}, "/minLength", "This must be of type integer."),
        ({"const": 1}, "", "“const” is not a member that belongs here."),
        ({"enum": []}, "/enum", "This array needs at least 1 items."),
        ({"discriminator": {}}, "/discriminator", "The member “propertyName” is missing."),
        ({"allOf": [{"x": 1}, {"$ref": "#/a"}]}, "/allOf/0", "“x” is not a member that belongs"),
        ({"items": {"oneOf": [{"type": "any"}]}}, "/items/oneOf/0/type", "This must be one of "),
        ({"multipleOf": 0}, "/multipleOf", "This number must be more than 0."),
        ({"a" * 90: 1}, "", f"“{'a' * 60}…” is not a member that belongs here."),
    ],
)
def test_fault_deep_in_alternatives_is_told_itself(
    schema: JSONObject, pointer: str, message: str
) -> None:
    found = faults(with_schema("3.0.3", schema), Family.V3_0)

    assert found[0][0] == f"/components/schemas/A{pointer}"
    assert found[0][1].startswith(message)


@pytest.mark.parametrize(
    ("definition", "family", "expected"),
    [
        (
            {
                "openapi": "3.1.0",
                "info": INFO | {"license": {"name": "", "url": "", "identifier": ""}},
            },
            Family.V3_1,
            ("/info/license", "These members exclude each other."),
        ),
        (
            {"openapi": "3.0", "info": INFO, "paths": {}},
            Family.V3_0,
            ("/openapi", "This text must match the pattern ^3\\.0\\.\\d(-.+)?$."),
        ),
        (
            {
                "openapi": "3.1.0",
                "info": INFO,
                "paths": {"/a": {"parameters": [{"name": "a", "in": "path", "schema": {}}]}},
            },
            Family.V3_1,
            ("/paths/~1a/parameters/0", "The member “required” is missing."),
        ),
    ],
    ids=["exclusive", "pattern", "required"],
)
def test_fault_is_told_in_a_sentence(
    definition: JSONObject, family: Family, expected: tuple[str, str]
) -> None:
    assert expected in faults(definition, family)


def test_number_of_faults_is_limited() -> None:
    schemas: JSONObject = {f"A{number}": {"type": 1} for number in range(50)}
    definition: JSONObject = {
        "openapi": "3.1.0",
        "info": INFO,
        "components": {"schemas": schemas},
    }

    assert len(validate_structure(definition, Family.V3_1, limit=7)) == 7


def test_schemas_are_never_fetched() -> None:
    with pytest.raises(LookupError, match="is not fetched"):
        refuse_retrieval("https://example.com/schema")


def test_rule_without_a_sentence_of_its_own_is_named() -> None:
    (error,) = jsonschema_rs.validator_for({"unevaluatedItems": False}).iter_errors([2])

    assert list(iter_faults(error)) == [Fault((), "The rule “unevaluatedItems” is broken here.")]


def test_alternatives_that_fit_at_once_are_told() -> None:
    (error,) = jsonschema_rs.validator_for({"oneOf": [{}, {}, {"type": "null"}]}).iter_errors([2])

    assert list(iter_faults(error)) == [
        Fault((), "These members fit several alternatives at once.")
    ]

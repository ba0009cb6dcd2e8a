"""Components that nothing refers to."""

from __future__ import annotations

from typing import Any

from catalog.openapi.json_values import JSONObject
from catalog.openapi.versions import Family
from tests.catalog.openapi.rules.findings import broken, path, pointers

RULE = "unused-component"


def definition_with(components: Any, **operation: Any) -> JSONObject:
    return {**path("/a", get=operation), "components": components}


def reference(section: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{section}/{name}"}


def test_components_without_a_reference_are_told() -> None:
    schemas = {
        "Used": {"items": reference("schemas", "Deep/properties/a")},
        "Deep": {},
        "Un/used": {},
    }
    definition = definition_with(
        {"schemas": schemas, "parameters": {"limit": {}}, "x-own": {"a": {}}},
        responses={"200": {"content": {"a/b": {"schema": reference("schemas", "Used")}}}},
    )

    assert broken(definition, RULE) == [
        ("/components/schemas/Un~1used", "Nothing in the definition refers to “Un/used”."),
        ("/components/parameters/limit", "Nothing in the definition refers to “limit”."),
    ]


def test_schemas_that_a_discriminator_chooses_are_used() -> None:
    mapping = {"a": "A", "b": "#/components/schemas/B", "c": 1}
    schemas = {
        "Base": {"discriminator": {"propertyName": "kind", "mapping": mapping}},
        "A": {},
        "B": {},
        "Child": {"allOf": [reference("schemas", "Base"), {}]},
        "Other": {"allOf": [reference("schemas", "A")]},
    }

    assert pointers(definition_with({"schemas": schemas}), RULE) == ["/components/schemas/Other"]


def test_security_schemes_are_used_by_requirements() -> None:
    schemes: Any = {"a": {}, "b": {}, "c": {}}
    definition = definition_with({"securitySchemes": schemes}, security=[{"a": []}, "c"])

    assert pointers({"security": [{"b": []}], **definition}, RULE) == [
        "/components/securitySchemes/c"
    ]


def test_components_of_2_0_stand_at_the_top() -> None:
    definition: JSONObject = {
        **path("/a", get={"parameters": [{"$ref": "#/parameters/b"}], "security": [{"k": []}]}),
        "parameters": {"b": {}, "c": {}},
        "definitions": {"D": {}},
        "responses": {"E": {}},
        "securityDefinitions": {"k": {}, "l": {}},
    }

    assert pointers(definition, RULE, Family.V2_0) == [
        "/definitions/D",
        "/parameters/c",
        "/responses/E",
        "/securityDefinitions/l",
    ]


def test_library_of_components_is_not_told() -> None:
    assert pointers({"components": {"schemas": {"A": {}}}}, RULE) == []


def test_only_the_first_few_are_told() -> None:
    schemas: Any = {f"S{number}": {} for number in range(30)}

    assert len(pointers(definition_with({"schemas": schemas}), RULE)) == 20

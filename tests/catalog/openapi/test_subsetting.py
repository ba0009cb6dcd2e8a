"""Definitions cut down to some of their operations."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from catalog.openapi.json_values import JSONObject
from catalog.openapi.subsetting import subset_definition

INVOICES = "/paths/~1invoices/get"
COMPANIES = "/paths/~1companies/get"


def schema_use(name: str) -> JSONObject:
    """An operation whose response holds a named schema."""
    reference: JSONObject = {"$ref": f"#/components/schemas/{name}"}
    content: JSONObject = {"application/json": {"schema": reference}}
    return {"responses": {"200": {"description": "OK", "content": content}}}


def make(*, schemas: JSONObject | None = None, **members: Any) -> JSONObject:
    """Two operations, each with a schema of its own, and members that replace the usual ones."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Books", "version": "1"},
        "paths": {
            "/companies": {"get": schema_use("Company")},
            "/invoices": {"get": schema_use("Invoice"), "post": schema_use("Company")},
        },
        "components": {"schemas": schemas or {"Company": {}, "Invoice": {}}},
        **members,
    }


def cut(definition: JSONObject, *operations: str) -> Any:
    """The subset; checks on the way that the definition is not altered."""
    before = copy.deepcopy(definition)
    subset = subset_definition(definition, operations or (INVOICES,))
    assert definition == before
    return subset


def test_subset_holds_the_operation_and_what_it_reaches() -> None:
    assert cut(make()) == {
        "openapi": "3.1.0",
        "info": {"title": "Books", "version": "1"},
        "paths": {"/invoices": {"get": schema_use("Invoice")}},
        "components": {"schemas": {"Invoice": {}}},
    }


def test_keys_stay_in_their_order() -> None:
    schemas: JSONObject = {"Zebra": {}, "Company": {}, "Alpha": {"$ref": "#/components/schemas/B"}}
    schemas |= {"B": {}, "Invoice": {"allOf": [{"$ref": "#/components/schemas/Alpha"}]}}
    definition = make(schemas=schemas, servers=[{"url": "/v1"}])
    definition = {"paths": definition.pop("paths"), **definition}

    subset = cut(definition, INVOICES, COMPANIES)

    assert list(subset) == ["paths", "openapi", "info", "components", "servers"]
    assert list(subset["paths"]) == ["/companies", "/invoices"]
    assert list(subset["components"]["schemas"]) == ["Company", "Alpha", "B", "Invoice"]


def test_references_are_followed_through_components_and_circles() -> None:
    subset = cut(
        make(
            schemas={
                "Invoice": {"properties": {"lines": {"items": {"$ref": "#/components/schemas/L"}}}},
                "L": {"properties": {"invoice": {"$ref": "#/components/schemas/Invoice"}}},
                "Company": {},
            }
        )
    )

    assert list(subset["components"]["schemas"]) == ["Invoice", "L"]


def test_reference_into_a_component_keeps_the_component() -> None:
    schemas: JSONObject = {
        "Invoice": {"$ref": "#/components/schemas/Company/properties/a~1b%20c"},
        "Company": {"properties": {"a/b c": {"$ref": "#/components/schemas/Text"}}},
        "Text": {},
        "Other": {},
    }

    assert list(cut(make(schemas=schemas))["components"]["schemas"]) == [
        "Invoice",
        "Company",
        "Text",
    ]


def test_every_kind_of_component_is_kept_when_it_is_used() -> None:
    kinds = ["parameters", "headers", "examples", "requestBodies", "links", "responses"]
    kinds += ["callbacks", "pathItems", "mediaTypes", "x-own"]
    operation = {"x-uses": [{"$ref": f"#/components/{kind}/Used"} for kind in kinds]}
    components = {kind: {"Unused": {}, "Used": {"x-kind": kind}} for kind in kinds}

    subset = cut(make(paths={"/invoices": {"get": operation}}, components=components))

    assert subset["components"] == {kind: {"Used": {"x-kind": kind}} for kind in kinds}


def test_reference_that_led_nowhere_still_leads_nowhere() -> None:
    subset = cut(make(paths={"/invoices": {"get": schema_use("Gone")}}))

    assert subset["paths"]["/invoices"]["get"] == schema_use("Gone")
    assert "components" not in subset


def test_path_item_keeps_what_it_says_for_all_its_operations() -> None:
    item = {
        "summary": "Invoices",
        "servers": [{"url": "https://invoices.example.com"}],
        "get": {"responses": {}},
        "post": {"responses": {}},
        "parameters": [{"$ref": "#/components/parameters/Page"}],
        "x-owner": "Ledger",
    }
    components = {"parameters": {"Page": {"name": "page", "in": "query"}, "Other": {}}}

    subset = cut(make(paths={"/invoices": item}, components=components))

    del item["post"]
    assert subset["paths"] == {"/invoices": item}
    assert list(subset["paths"]["/invoices"]) == list(item)
    assert subset["components"] == {"parameters": {"Page": {"name": "page", "in": "query"}}}


def test_path_item_that_is_a_reference_is_put_in_place() -> None:
    target = {"get": {"operationId": "a"}, "put": {"operationId": "b"}}
    paths = {"/invoices": {"$ref": "#/components/pathItems/Invoices", "summary": "Mine"}}

    subset = cut(make(paths=paths, components={"pathItems": {"Invoices": target}}))

    assert subset["paths"] == {"/invoices": {"get": {"operationId": "a"}, "summary": "Mine"}}
    assert "components" not in subset


def test_operations_with_methods_of_their_own_can_be_chosen() -> None:
    others: JSONObject = {"LINK": {"summary": "Link"}, "COPY": {"summary": "Copy"}}
    item: JSONObject = {"get": {}, "additionalOperations": others}

    subset = cut(make(paths={"/a": item}), "/paths/~1a/additionalOperations/COPY")

    assert subset["paths"] == {"/a": {"additionalOperations": {"COPY": {"summary": "Copy"}}}}
    assert cut(make(paths={"/a": item}), "/paths/~1a/get")["paths"] == {"/a": {"get": {}}}


def test_webhooks_come_only_when_chosen() -> None:
    definition = make(webhooks={"paid": {"post": schema_use("Company")}})

    assert "webhooks" not in cut(definition)
    subset = cut(definition, "/webhooks/paid/post")
    assert subset["webhooks"] == {"paid": {"post": schema_use("Company")}}
    assert subset["paths"] == {}
    assert list(subset["components"]["schemas"]) == ["Company"]


@pytest.mark.parametrize(
    ("security", "root_security", "kept", "kept_root"),
    [
        pytest.param(None, [{"key": []}], ["key"], [{"key": []}], id="inherited"),
        pytest.param([{"basic": []}], [{"key": []}], ["basic"], None, id="its own"),
        pytest.param([], [{"key": []}], None, None, id="none"),
        pytest.param([{"key": [], "basic": []}, {}], None, ["key", "basic"], None, id="both"),
        pytest.param([{"unknown": []}], None, None, None, id="undeclared"),
    ],
)
def test_only_security_schemes_in_use_are_kept(
    security: Any, root_security: Any, kept: Any, kept_root: Any
) -> None:
    operation = {"responses": {}} if security is None else {"security": security}
    schemes: JSONObject = {"key": {"type": "apiKey"}, "basic": {"type": "http"}, "other": {}}
    members = {"security": root_security} if root_security else {}
    definition = make(
        paths={"/invoices": {"get": operation}},
        components={"securitySchemes": schemes},
        **members,
    )

    subset = cut(definition)

    assert subset.get("security") == kept_root
    if kept is None:
        assert "components" not in subset
    else:
        assert list(subset["components"]["securitySchemes"]) == kept


def test_security_of_callbacks_counts_too() -> None:
    paid: JSONObject = {"{$request.body#/url}": {"post": {"security": [{"hook": []}]}}}
    operation = {"security": [], "callbacks": {"paid": paid}}
    schemes: JSONObject = {"hook": {"type": "http"}, "other": {"type": "http"}}

    subset = cut(
        make(paths={"/invoices": {"get": operation}}, components={"securitySchemes": schemes})
    )

    assert subset["components"] == {"securitySchemes": {"hook": {"type": "http"}}}


def test_only_tags_in_use_and_those_above_them_are_declared() -> None:
    tags: list[Any] = [
        {"name": "Companies"},
        {"name": "Money"},
        {"name": "Invoices", "parent": "Money"},
        "nonsense",
    ]
    paths = {"/invoices": {"get": {"tags": ["Invoices", "Undeclared"]}}, "/companies": {"get": {}}}

    subset = cut(make(paths=paths, tags=tags))

    assert subset["tags"] == [{"name": "Money"}, {"name": "Invoices", "parent": "Money"}]
    assert "tags" not in cut(make(paths=paths, tags=tags), COMPANIES)


def test_tags_that_are_each_other_s_parents_end() -> None:
    tags = [{"name": "A", "parent": "B"}, {"name": "B", "parent": "A"}]

    subset = cut(make(paths={"/invoices": {"get": {"tags": ["A"]}}}, tags=tags))

    assert subset["tags"] == tags


def test_mapped_schemas_of_a_discriminator_are_kept() -> None:
    mapping: JSONObject = {"a": "#/components/schemas/A", "b": "B"}
    discriminator: JSONObject = {"propertyName": "kind", "mapping": mapping}
    schemas: JSONObject = {"Invoice": {"discriminator": discriminator}, "A": {}, "B": {}, "C": {}}

    assert list(cut(make(schemas=schemas))["components"]["schemas"]) == ["Invoice", "A", "B"]


def derived_schemas() -> JSONObject:
    base: JSONObject = {"$ref": "#/components/schemas/Document"}
    return {
        "Document": {"discriminator": {"propertyName": "kind"}},
        "Invoice": {"allOf": [base, {"type": "object"}]},
        "CreditNote": {"allOf": [base]},
        "Reminder": {"allOf": [{"$ref": "#/components/schemas/CreditNote"}]},
        "Company": {},
    }


def test_schemas_that_a_discriminator_may_choose_are_kept() -> None:
    paths = {"/invoices": {"get": schema_use("Document")}}

    subset = cut(make(paths=paths, schemas=derived_schemas()))

    assert list(subset["components"]["schemas"]) == [
        "Document",
        "Invoice",
        "CreditNote",
        "Reminder",
    ]


def test_several_discriminators_and_anchors_are_followed() -> None:
    def derive(base: str) -> JSONObject:
        return {"allOf": [{"$ref": f"#/components/schemas/{base}"}]}

    references: list[Any] = [{"$ref": "#/components/schemas/A"}, {"$ref": "#b"}, {"$ref": "#none"}]
    base: JSONObject = {"discriminator": {"propertyName": "kind"}}
    schemas: JSONObject = {"Invoice": {"prefixItems": references, **base}, "A": base}
    schemas |= {"B": {"$anchor": "b"}, "C": derive("A"), "D": derive("Invoice"), "E": derive("D")}

    subset = cut(make(schemas={**schemas, "Company": {}, "F": derive("Company")}))

    assert list(subset["components"]["schemas"]) == ["Invoice", "A", "B", "C", "D", "E"]


def test_schemas_derived_in_a_circle_end() -> None:
    schemas: JSONObject = {
        "Invoice": {"discriminator": {}, "allOf": [True, {"$ref": "#/components/schemas/Note"}]},
        "Note": {"allOf": [{"$ref": "#/components/schemas/Invoice"}, {"type": "object"}]},
        "Company": True,
    }

    assert list(cut(make(schemas=schemas))["components"]["schemas"]) == ["Invoice", "Note"]


def test_mapping_of_nonsense_is_left_as_it_is() -> None:
    discriminator: JSONObject = {"mapping": {"a": 1, "b": "A%20/b", "c": "gone"}}
    schemas: JSONObject = {"Invoice": {"discriminator": discriminator}, "A%20/b": {}, "Company": {}}

    assert list(cut(make(schemas=schemas))["components"]["schemas"]) == ["Invoice", "A%20/b"]


def test_pointer_to_no_operation_selects_nothing() -> None:
    assert cut(make(), INVOICES, "/paths/~1gone/get", "/paths/~1invoices/put") == cut(make())


def test_derived_schema_does_not_bring_its_siblings() -> None:
    subset = cut(make(schemas=derived_schemas()))

    assert list(subset["components"]["schemas"]) == ["Document", "Invoice"]


@pytest.mark.parametrize(
    ("reference", "target"),
    [
        pytest.param({"$ref": "#node"}, {"$anchor": "node"}, id="anchor"),
        pytest.param({"$dynamicRef": "#node"}, {"$dynamicAnchor": "node"}, id="dynamic anchor"),
        pytest.param({"$ref": "https://e.com/n"}, {"$id": "https://e.com/n"}, id="identifier"),
        pytest.param({"$ref": "#node"}, {"allOf": [{"$anchor": "node"}]}, id="within a list"),
    ],
)
def test_references_by_name_are_followed(reference: JSONObject, target: JSONObject) -> None:
    schemas: JSONObject = {"Invoice": reference, "Node": {"items": target}, "Company": {}}

    assert list(cut(make(schemas=schemas))["components"]["schemas"]) == ["Invoice", "Node"]


def test_links_to_operations_left_out_are_left_out() -> None:
    links: JSONObject = {
        "self": {"operationId": "listInvoices"},
        "company": {"operationId": "listCompanies"},
        "pointer": {"operationRef": "#/paths/~1companies/get"},
        "elsewhere": {"operationRef": "https://example.com/openapi.yaml#/paths/~1a/get"},
        "shared": {"$ref": "#/components/links/Company"},
    }
    paths: JSONObject = {
        "/invoices": {
            "get": {"operationId": "listInvoices", "responses": {"200": {"links": links}}}
        },
        "/companies": {"get": {"operationId": "listCompanies"}},
    }
    components = {"links": {"Company": {"operationId": "listCompanies"}}}

    subset = cut(make(paths=paths, components=components))

    kept = subset["paths"]["/invoices"]["get"]["responses"]["200"]["links"]
    assert list(kept) == ["self", "elsewhere"]
    assert "components" not in subset
    assert cut(make(paths=paths, components=components), INVOICES, COMPANIES)["paths"] == paths


def test_response_that_is_shared_loses_its_dead_links_too() -> None:
    paths = {"/invoices": {"get": {"responses": {"200": {"$ref": "#/components/responses/R"}}}}}
    response = {"description": "OK", "links": {"company": {"operationId": "listCompanies"}}}

    subset = cut(make(paths=paths, components={"responses": {"R": response}}))

    assert subset["components"] == {"responses": {"R": {"description": "OK"}}}


def test_what_stands_in_an_operation_left_out_becomes_a_component() -> None:
    far = "#/paths/~1companies/get/responses/200/content/application~1json/schema"
    inner = {"type": "object", "properties": {"parent": {"$ref": far}}}
    content = {"application/json": {"schema": inner}}
    mapping = {"discriminator": {"propertyName": "k", "mapping": {"c": far}}}
    paths = {
        "/companies": {"get": {"responses": {"200": {"content": content}}}},
        "/invoices": {"get": {"x-first": {"$ref": f"{far}/properties/parent"}, "x-then": mapping}},
    }

    subset = cut(make(paths=paths, components={}))

    name = "paths_1companies_get_responses_200_content_application_1json_schema"
    moved = f"#/components/schemas/{name}"
    assert subset["paths"]["/invoices"]["get"] == {
        "x-first": {"$ref": f"{moved}_properties_parent"},
        "x-then": {"discriminator": {"propertyName": "k", "mapping": {"c": moved}}},
    }
    schemas = subset["components"]["schemas"]
    assert schemas[f"{name}_properties_parent"] == {"$ref": moved}
    assert schemas[name] == {"type": "object", "properties": {"parent": {"$ref": moved}}}
    assert len(schemas) == 2


def test_what_fits_no_component_section_is_kept_aside() -> None:
    paths = {
        "/companies": {"get": {"x-limits": [{"most": 5}]}},
        "/invoices": {"get": {"x-limit": {"$ref": "#/paths/~1companies/get/x-limits/0"}}},
    }

    subset = cut(make(paths=paths, components={}))

    assert subset["x-referred"] == {"paths_1companies_get_x-limits_0": {"most": 5}}
    assert subset["paths"]["/invoices"]["get"]["x-limit"] == {
        "$ref": "#/x-referred/paths_1companies_get_x-limits_0"
    }


def test_moved_parameter_gets_a_name_that_is_free() -> None:
    parameter = {"name": "page", "in": "query"}
    paths = {
        "/a": {"parameters": [parameter]},
        "/invoices": {"get": {"parameters": [{"$ref": "#/paths/~1a/parameters/0"}, taken()]}},
    }
    taken_already = {"parameters": {"paths_1a_parameters_0": {"name": "taken"}}}

    subset = cut(make(paths=paths, components=taken_already))

    assert subset["components"]["parameters"] == {
        "paths_1a_parameters_0": {"name": "taken"},
        "paths_1a_parameters_0-2": parameter,
    }


def taken() -> JSONObject:
    return {"$ref": "#/components/parameters/paths_1a_parameters_0"}


def test_reference_within_a_kept_operation_stays() -> None:
    near = "#/paths/~1invoices/get/responses/200/content/application~1json/schema"
    operation = {**schema_use("Invoice"), "requestBody": {"content": {"a/b": {"$ref": near}}}}

    subset = cut(make(paths={"/invoices": {"get": operation}}))

    assert subset["paths"] == {"/invoices": {"get": operation}}
    assert list(subset["components"]["schemas"]) == ["Invoice"]


def test_extensions_stay_unless_they_hold_what_is_left_out() -> None:
    members = {
        "x-logo": {"url": "logo.svg"},
        "x-used": {"$ref": "#/components/schemas/Company"},
        "x-dropped": {"$ref": "#/components/schemas/Other"},
        "x-webhooks": {"paid": {"post": {}}},
    }
    operation = {"x-see": {"$ref": "#/x-used"}}
    schemas: JSONObject = {"Company": {}, "Other": {}}

    subset = cut(make(paths={"/invoices": {"get": operation}}, schemas=schemas, **members))

    assert [key for key in subset if key.startswith("x-")] == ["x-logo", "x-used"]
    assert list(subset["components"]["schemas"]) == ["Company"]


def swagger() -> JSONObject:
    def use(name: str) -> JSONObject:
        reference: JSONObject = {"$ref": f"#/definitions/{name}"}
        return {
            "tags": [name],
            "parameters": [{"$ref": f"#/parameters/{name}"}],
            "responses": {"200": {"description": "OK", "schema": reference}},
        }

    return {
        "swagger": "2.0",
        "info": {"title": "Books", "version": "1"},
        "host": "api.example.com",
        "consumes": ["application/json"],
        "security": [{"Invoice": []}],
        "securityDefinitions": {"Invoice": {"type": "basic"}, "Company": {"type": "basic"}},
        "tags": [{"name": "Company"}, {"name": "Invoice"}],
        "paths": {"/companies": {"get": use("Company")}, "/invoices": {"get": use("Invoice")}},
        "parameters": {"Company": {"name": "c"}, "Invoice": {"name": "i"}},
        "responses": {"Unused": {"description": "Unused"}},
        "definitions": {"Company": {}, "Invoice": {"$ref": "#/definitions/Base"}, "Base": {}},
    }


def test_definition_of_2_0_stays_one() -> None:
    subset = cut(swagger())

    expected: Any = swagger()
    del expected["paths"]["/companies"], expected["definitions"]["Company"]
    del expected["parameters"]["Company"], expected["securityDefinitions"]["Company"]
    del expected["responses"], expected["tags"][0]
    assert subset == expected
    assert list(subset) == list(expected)


def test_all_operations_are_all_that_is_used() -> None:
    definition = make()
    pointers = (COMPANIES, INVOICES, "/paths/~1invoices/post")

    assert json.dumps(cut(definition, *pointers)) == json.dumps(definition)

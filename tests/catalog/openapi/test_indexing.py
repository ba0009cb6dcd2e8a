from __future__ import annotations

import pytest

from catalog.openapi.indexing import IndexedOperation, index_definition
from catalog.openapi.json_values import JSONObject, JSONValue


def schema(name: str) -> JSONObject:
    return {"$ref": f"#/components/schemas/{name}"}


def answering(value: JSONValue) -> JSONObject:
    return {"responses": {"200": {"content": {"application/json": {"schema": value}}}}}


def index_one(item: JSONObject, **members: JSONValue) -> IndexedOperation:
    (operation,) = index_definition({"paths": {"/a": item}, **members}).operations
    return operation


def test_operations_are_indexed_in_the_definitions_order() -> None:
    definition: JSONObject = {
        "paths": {
            "/companies": {
                "post": {
                    "operationId": "createCompany",
                    "summary": "Create",
                    "tags": ["Companies", 3, "Companies"],
                    "deprecated": True,
                },
                "get": {},
                "x-note": {"get": {}},
            },
            "x-paths": {"get": {}},
            "/nonsense": 3,
        }
    }

    first, second = index_definition(definition).operations

    assert (first.slug, first.method, first.path) == ("create-company", "POST", "/companies")
    assert (first.operation_id, first.summary) == ("createCompany", "Create")
    assert (first.tags, first.deprecated) == (("Companies",), True)
    assert first.pointer == "/paths/~1companies/post"
    assert (second.slug, second.tags, second.deprecated) == ("get-companies", (), False)


def test_query_and_additional_operations_are_indexed() -> None:
    item: JSONObject = {"query": {}, "additionalOperations": {"COPY": {}, "Move": 3}}

    operations = index_definition({"paths": {"/a": item}}).operations

    assert [(one.method, one.pointer) for one in operations] == [
        ("QUERY", "/paths/~1a/query"),
        ("COPY", "/paths/~1a/additionalOperations/COPY"),
    ]


def test_repeated_operation_ids_get_slugs_of_their_own() -> None:
    paths: JSONObject = {
        "/a": {"get": {"operationId": "list"}},
        "/b": {"get": {"operationId": "list"}},
    }

    slugs = [operation.slug for operation in index_definition({"paths": paths}).operations]

    assert slugs == ["list", "get-b"]


def test_a_referenced_path_item_is_resolved_and_adds_to_what_stands_beside() -> None:
    operation = index_one(
        {"$ref": "#/components/pathItems/A", "summary": "Beside"},
        components={"pathItems": {"A": {"get": {"operationId": "far"}, "summary": "Far"}}},
    )

    assert (operation.operation_id, operation.summary) == ("far", "Beside")


def test_prose_of_the_path_item_stands_in_for_the_operations() -> None:
    operation = index_one(
        {"summary": "S", "description": "D", "get": {"description": "Own", "summary": ""}}
    )

    assert operation.summary == "S"
    assert operation.document["description"] == "Own"


def test_path_parameters_come_first_and_yield_to_the_operations() -> None:
    own: JSONObject = {"name": "x-id", "in": "header", "description": "Own"}
    inherited: JSONObject = {"name": "page", "in": "query"}
    operation = index_one(
        {
            "parameters": [{"$ref": "#/components/parameters/Id"}, inherited, 3],
            "get": {"parameters": [own]},
        },
        components={"parameters": {"Id": {"name": "X-ID", "in": "header"}}},
    )

    assert operation.document["parameters"] == [inherited, own]


def test_parameters_of_the_same_name_elsewhere_are_kept() -> None:
    operation = index_one(
        {
            "parameters": [{"name": "ID", "in": "query"}],
            "get": {"parameters": [{"name": "id", "in": "query"}]},
        }
    )

    assert operation.document["parameters"] == [
        {"name": "ID", "in": "query"},
        {"name": "id", "in": "query"},
    ]


@pytest.mark.parametrize(
    ("own", "effective"),
    [
        ({}, [{"root": []}]),
        ({"security": []}, []),
        ({"security": [{"own": []}]}, [{"own": []}]),
    ],
    ids=["inherited", "switched-off", "own"],
)
def test_security_is_the_operations_own_or_the_definitions(
    own: JSONObject, effective: JSONValue
) -> None:
    operation = index_one({"get": own}, security=[{"root": []}])

    assert operation.document["security"] == effective


@pytest.mark.parametrize(
    ("item", "servers"),
    [
        ({"get": {}}, []),
        ({"get": {}, "servers": [{"url": "/path"}, 3]}, [{"url": "/path"}]),
        ({"get": {"servers": [{"url": "/own"}]}, "servers": [{"url": "/path"}]}, [{"url": "/own"}]),
    ],
    ids=["definition", "path-item", "operation"],
)
def test_servers_are_those_of_the_operation_or_path_item_only(
    item: JSONObject, servers: JSONValue
) -> None:
    operation = index_one(item, servers=[{"url": "https://root.example"}])

    assert operation.document["servers"] == servers


def test_an_operation_reaches_what_it_needs_nearest_first() -> None:
    index = index_definition(
        {
            "paths": {"/a": {"get": answering(schema("A"))}, "/b": {"get": answering(schema("B"))}},
            "components": {
                "schemas": {
                    "C": {"type": "string"},
                    "B": {"items": schema("C")},
                    "A": {"properties": {"b": schema("B"), "a": schema("A"), "x": schema("Gone")}},
                    "Unused": {"$ref": "#/components/schemas/C"},
                }
            },
        }
    )

    first, second = index.operations
    assert first.reaches == (
        "/components/schemas/A",
        "/components/schemas/B",
        "/components/schemas/C",
    )
    assert second.reaches == ("/components/schemas/B", "/components/schemas/C")
    assert {component.pointer for component in index.components} == {
        "/components/schemas/A",
        "/components/schemas/B",
        "/components/schemas/C",
        "/components/schemas/Unused",
    }


def test_references_into_paths_are_components_by_their_pointer() -> None:
    pointer = "/paths/~1a~1{id}/get/responses/200/content/application~1json/schema"
    index = index_definition(
        {
            "paths": {
                "/a/{id}": {"get": answering({"type": "string"})},
                "/b": {
                    "get": answering({"$ref": "#" + pointer.replace("{id}", "%7Bid%7D")}),
                },
            }
        }
    )

    assert index.operations[1].reaches == (pointer,)
    assert [(part.pointer, part.document) for part in index.components] == [
        (pointer, {"type": "string"})
    ]


def test_a_long_chain_of_components_costs_one_visit_each() -> None:
    count = 2_000
    schemas: JSONObject = {f"S{n}": {"items": schema(f"S{(n + 1) % count}")} for n in range(count)}

    index = index_definition(
        {"paths": {"/a": {"get": answering(schema("S0"))}}, "components": {"schemas": schemas}}
    )

    assert len(index.operations[0].reaches) == count


def test_a_definition_with_components_only_has_an_index() -> None:
    index = index_definition({"components": {"schemas": {"A": True}}})

    assert index.operations == ()
    assert [(part.pointer, part.document) for part in index.components] == [
        ("/components/schemas/A", True)
    ]

from __future__ import annotations

import pytest

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.upgrading import upgrade_definition


def upgrade(**members: JSONValue) -> JSONObject:
    return upgrade_definition({"swagger": "2.0", **members})


def upgrade_operation(operation: JSONObject, **members: JSONValue) -> JSONValue:
    paths = upgrade(paths={"/a": {"post": operation}}, **members)["paths"]
    assert isinstance(paths, dict)
    item = paths["/a"]
    assert isinstance(item, dict)
    return item["post"]


@pytest.mark.parametrize(
    ("members", "servers"),
    [
        ({}, []),
        ({"basePath": "/v1"}, [{"url": "/v1"}]),
        ({"host": "a.example"}, [{"url": "https://a.example"}]),
        (
            {"host": "a.example:81", "basePath": "/v1", "schemes": ["http", 3, "https"]},
            [{"url": "http://a.example:81/v1"}, {"url": "https://a.example:81/v1"}],
        ),
    ],
    ids=["nothing", "base-path", "host", "all"],
)
def test_host_base_path_and_schemes_become_servers(
    members: JSONObject, servers: list[JSONValue]
) -> None:
    assert upgrade(**members)["servers"] == servers


def test_what_is_the_same_in_both_versions_is_kept() -> None:
    upgraded = upgrade(
        info={"title": "T"}, tags=[{"name": "a"}], security=[{"k": []}], **{"x-a": 1}
    )

    assert upgraded["openapi"] == "3.1.1"
    assert "swagger" not in upgraded
    assert (upgraded["info"], upgraded["tags"]) == ({"title": "T"}, [{"name": "a"}])
    assert (upgraded["security"], upgraded["x-a"]) == ([{"k": []}], 1)


def test_definitions_parameters_and_responses_become_components() -> None:
    upgraded = upgrade(
        definitions={"A": {"type": "string", "x-nullable": True}},
        parameters={
            "Page": {"name": "page", "in": "query", "type": "integer"},
            "Body": {"name": "body", "in": "body", "schema": {}},
            "Nonsense": 3,
        },
        responses={"Gone": {"description": "Gone", "schema": {"$ref": "#/definitions/A"}}},
        produces=["application/json"],
        securityDefinitions={"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
    )

    assert upgraded["components"] == {
        "schemas": {"A": {"type": ["string", "null"]}},
        "parameters": {"Page": {"name": "page", "in": "query", "schema": {"type": "integer"}}},
        "responses": {
            "Gone": {
                "description": "Gone",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}},
            }
        },
        "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"type": "file"}, {"type": "string", "format": "binary"}),
        ({"discriminator": "kind"}, {"discriminator": {"propertyName": "kind"}}),
        ({"$ref": "#/definitions/B", "type": "x"}, {"$ref": "#/components/schemas/B"}),
        ({"$ref": "#/definitions/B/properties/c"}, {"$ref": "#/components/schemas/B/properties/c"}),
        ({"$ref": "other.json#/B"}, {"$ref": "other.json#/B"}),
        ({"example": 1}, {"examples": [1]}),
    ],
    ids=["file", "discriminator", "reference", "deep-reference", "external", "example"],
)
def test_schemas_are_upgraded(given: JSONObject, expected: JSONObject) -> None:
    components = upgrade(definitions={"A": given})["components"]

    assert isinstance(components, dict)
    assert components["schemas"] == {"A": expected}


def test_a_schema_referred_to_outside_definitions_is_kept_under_a_key_of_its_own() -> None:
    pointer = "#/paths/~1a/get/responses/200/schema"
    upgraded = upgrade(
        paths={
            "/a": {
                "get": {
                    "responses": {
                        "200": {"schema": {"type": "string", "x-nullable": True}},
                        "201": {"schema": {"$ref": pointer}},
                        "202": {"schema": {"$ref": "#/nowhere"}},
                        "203": {"schema": {"$ref": pointer}},
                    }
                }
            }
        }
    )

    assert upgraded["x-referred-schemas"] == {
        "/paths/~1a/get/responses/200/schema": {"type": ["string", "null"]},
        "/nowhere": {},
    }
    paths = upgraded["paths"]
    assert isinstance(paths, dict)
    assert paths["/a"]["get"]["responses"]["201"] == {  # type: ignore[index,call-overload]  # known
        "content": {
            "application/json": {
                "schema": {
                    "$ref": "#/x-referred-schemas/~1paths~1~01a~1get~1responses~1200~1schema"
                }
            }
        }
    }


@pytest.mark.parametrize(
    ("parameter", "expected"),
    [
        pytest.param(
            {"name": "q", "in": "query", "type": "string", "maxLength": 3, "description": "D"},
            {"name": "q", "in": "query", "description": "D"}
            | {"schema": {"type": "string", "maxLength": 3}},
            id="primitive",
        ),
        pytest.param(
            {"name": "q", "in": "query", "type": "string", "x-example": "e", "x-nullable": True},
            {"name": "q", "in": "query", "example": "e", "schema": {"type": ["string", "null"]}},
            id="example",
        ),
        pytest.param(
            {"name": "q", "in": "query", "schema": {"type": "integer"}},
            {"name": "q", "in": "query", "schema": {"type": "integer"}},
            id="schema-where-none-belongs",
        ),
        pytest.param(
            {"$ref": "#/parameters/P"}, {"$ref": "#/components/parameters/P"}, id="shared"
        ),
        pytest.param(
            {"name": "q", "in": "query", "type": "array", "items": {"type": "string"}},
            {"name": "q", "in": "query", "style": "form", "explode": False}
            | {"schema": {"type": "array", "items": {"type": "string"}}},
            id="csv-by-default",
        ),
        pytest.param(
            {"name": "q", "in": "query", "type": "array", "collectionFormat": "multi"},
            {"name": "q", "in": "query", "style": "form", "explode": True}
            | {"schema": {"type": "array"}},
            id="multi",
        ),
        pytest.param(
            {"name": "q", "in": "query", "type": "array", "collectionFormat": "ssv"},
            {"name": "q", "in": "query", "style": "spaceDelimited", "explode": False}
            | {"schema": {"type": "array"}},
            id="ssv",
        ),
        pytest.param(
            {"name": "q", "in": "query", "type": "array", "collectionFormat": "pipes"},
            {"name": "q", "in": "query", "style": "pipeDelimited", "explode": False}
            | {"schema": {"type": "array"}},
            id="pipes",
        ),
        pytest.param(
            {"name": "q", "in": "query", "type": "array", "collectionFormat": "tsv"},
            {"name": "q", "in": "query", "style": "form", "explode": False}
            | {"schema": {"type": "array", "x-collection-format": "tsv"}},
            id="tsv",
        ),
        pytest.param(
            {"name": "q", "in": "header", "type": "array", "collectionFormat": "pipes"},
            {"name": "q", "in": "header", "style": "simple", "explode": False}
            | {"schema": {"type": "array", "x-collection-format": "pipes"}},
            id="pipes-in-a-header",
        ),
        pytest.param(
            {"name": "q", "in": "path", "type": "array"}
            | {"items": {"type": "array", "collectionFormat": "ssv"}},
            {"name": "q", "in": "path", "style": "simple", "explode": False}
            | {
                "schema": {
                    "type": "array",
                    "items": {"type": "array", "x-collection-format": "ssv"},
                }
            },
            id="nested-arrays",
        ),
    ],
)
def test_parameters_get_a_schema_and_a_style(parameter: JSONObject, expected: JSONObject) -> None:
    operation = upgrade_operation(
        {"parameters": [parameter]}, parameters={"P": {"name": "p", "in": "query"}}
    )

    assert operation == {"parameters": [expected], "responses": {}}


def test_parameters_of_a_path_item_are_converted_and_its_body_is_inherited() -> None:
    body: JSONObject = {"name": "b", "in": "body", "schema": {"type": "string"}}
    page: JSONObject = {"name": "page", "in": "query", "type": "integer"}
    upgraded = upgrade(paths={"/a": {"parameters": [page, body], "post": {}, "x-a": 1}, "x-b": 2})

    assert upgraded["paths"] == {
        "/a": {
            "parameters": [{"name": "page", "in": "query", "schema": {"type": "integer"}}],
            "post": {
                "requestBody": {"content": {"application/json": {"schema": {"type": "string"}}}},
                "responses": {},
            },
            "x-a": 1,
        },
        "x-b": 2,
    }


@pytest.mark.parametrize(
    ("parameters", "members", "body"),
    [
        pytest.param(
            [{"in": "body", "name": "b", "required": True, "description": "D", "schema": {}}],
            {"consumes": ["text/xml", "application/json"]},
            {
                "required": True,
                "description": "D",
                "content": {"text/xml": {"schema": {}}, "application/json": {"schema": {}}},
            },
            id="body",
        ),
        pytest.param(
            [{"in": "body", "name": "b", "schema": {}, "x-example": 1, "x-examples": {"a/b": 2}}],
            {"consumes": ["a/b", "a/c"]},
            {"content": {"a/b": {"schema": {}, "example": 2}, "a/c": {"schema": {}, "example": 1}}},
            id="body-examples",
        ),
        pytest.param(
            [{"$ref": "#/parameters/Body"}],
            {"parameters": {"Body": {"in": "body", "name": "b", "schema": {}}}},
            {"content": {"application/json": {"schema": {}}}},
            id="shared-body",
        ),
        pytest.param(
            [
                {"in": "formData", "name": "a", "type": "string", "required": True}
                | {"description": "D", "x-example": "e"},
                {"in": "formData", "name": "b", "type": "array", "items": {"type": "string"}},
            ],
            {},
            {
                "required": True,
                "content": {
                    "application/x-www-form-urlencoded": {
                        "schema": {
                            "type": "object",
                            "properties": {
                                "a": {"type": "string", "description": "D", "examples": ["e"]},
                                "b": {"type": "array", "items": {"type": "string"}},
                            },
                            "required": ["a"],
                        },
                        "encoding": {"b": {"style": "form", "explode": False}},
                    }
                },
            },
            id="form",
        ),
        pytest.param(
            [{"in": "formData", "name": "a", "type": "file"}],
            {"consumes": ["application/x-www-form-urlencoded"]},
            {
                "required": False,
                "content": {
                    "multipart/form-data": {
                        "schema": {
                            "type": "object",
                            "properties": {"a": {"type": "string", "format": "binary"}},
                        }
                    }
                },
            },
            id="file",
        ),
        pytest.param(
            [{"in": "formData", "name": "a"}],
            {"consumes": ["application/json", "multipart/form-data; charset=utf-8"]},
            {
                "required": False,
                "content": {
                    "multipart/form-data; charset=utf-8": {
                        "schema": {"type": "object", "properties": {"a": {}}}
                    }
                },
            },
            id="declared-multipart",
        ),
    ],
)
def test_body_and_form_parameters_become_a_request_body(
    parameters: list[JSONValue], members: JSONObject, body: JSONObject
) -> None:
    operation = upgrade_operation({"parameters": parameters}, **members)

    assert operation == {"requestBody": body, "responses": {}}


@pytest.mark.parametrize(
    "parameter",
    [
        {"$ref": "#/parameters/Nowhere", "in": "query"},
        {"$ref": "#/parameters/Loop"},
        {"$ref": "elsewhere.json"},
        {"in": "formData"},
    ],
    ids=["nowhere", "loop", "external", "field-without-name"],
)
def test_a_parameter_that_cannot_be_read_makes_no_body(parameter: JSONObject) -> None:
    operation = upgrade_operation(
        {"parameters": [parameter]}, parameters={"Loop": {"$ref": "#/parameters/Loop"}}
    )

    assert isinstance(operation, dict)
    assert "requestBody" not in operation


def test_a_reference_to_an_operations_parameter_is_written_out() -> None:
    upgraded = upgrade(
        paths={
            "/a": {
                "get": {"parameters": [{"name": "q", "in": "query", "type": "string"}]},
                "put": {"parameters": [{"$ref": "#/paths/~1a/get/parameters/0"}]},
            }
        }
    )

    paths = upgraded["paths"]
    assert isinstance(paths, dict)
    assert paths["/a"]["put"] == {  # type: ignore[index,call-overload]  # its shape is known
        "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}],
        "responses": {},
    }


@pytest.mark.parametrize(
    ("response", "produces", "expected"),
    [
        pytest.param({"description": "D"}, ["a/b"], {"description": "D"}, id="no-content"),
        pytest.param(
            {"schema": {}},
            ["a/b", 3, "a/c"],
            {"content": {"a/b": {"schema": {}}, "a/c": {"schema": {}}}},
            id="all-that-is-produced",
        ),
        pytest.param(
            {"schema": {}}, [], {"content": {"application/json": {"schema": {}}}}, id="json"
        ),
        pytest.param(
            {"schema": {}, "examples": {"a/b": 1}},
            [],
            {"content": {"a/b": {"schema": {}, "example": 1}}},
            id="by-example",
        ),
        pytest.param(
            {"examples": {"a/b": None}}, [], {"content": {"a/b": {"example": None}}}, id="example"
        ),
        pytest.param(
            {"headers": {"X": {"type": "string", "description": "D"}, "Y": 3}},
            [],
            {"headers": {"X": {"description": "D", "schema": {"type": "string"}}, "Y": 3}},
            id="headers",
        ),
        pytest.param(
            {"$ref": "#/responses/R"}, [], {"$ref": "#/components/responses/R"}, id="shared"
        ),
        pytest.param(3, [], 3, id="nonsense"),
    ],
)
def test_responses_get_content(
    response: JSONValue, produces: list[JSONValue], expected: JSONValue
) -> None:
    operation = upgrade_operation({"produces": produces, "responses": {"200": response}})

    assert operation == {"responses": {"200": expected}}


def test_schemes_of_an_operation_do_not_replace_the_chosen_server() -> None:
    operation = upgrade_operation({"schemes": ["ws"], "summary": "S"}, host="a.example")

    assert operation == {"summary": "S", "responses": {}}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"type": "basic"}, {"type": "http", "scheme": "basic"}),
        (
            {"type": "oauth2", "flow": "accessCode", "tokenUrl": "https://t.example/"}
            | {"authorizationUrl": "https://a.example/", "scopes": {"read": "R"}},
            {
                "type": "oauth2",
                "flows": {
                    "authorizationCode": {
                        "scopes": {"read": "R"},
                        "authorizationUrl": "https://a.example/",
                        "tokenUrl": "https://t.example/",
                    }
                },
            },
        ),
        (
            {"type": "oauth2", "flow": "application", "tokenUrl": "https://t.example/"},
            {
                "type": "oauth2",
                "flows": {"clientCredentials": {"scopes": {}, "tokenUrl": "https://t.example/"}},
            },
        ),
        ({"type": "oauth2", "flow": "own"}, {"type": "oauth2", "flows": {}}),
        (3, {}),
    ],
    ids=["basic", "access-code", "application", "unknown-flow", "nonsense"],
)
def test_security_definitions_become_security_schemes(
    given: JSONValue, expected: JSONObject
) -> None:
    components = upgrade(securityDefinitions={"s": given})["components"]

    assert isinstance(components, dict)
    assert components["securitySchemes"] == {"s": expected}

from __future__ import annotations

import pytest

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.media_types import Encoding, Example, MediaType
from catalog.openapi.operation_reading import read_operation
from catalog.openapi.operations import Header, Operation, RequestBody, Response
from catalog.openapi.parameters import Location, Parameter, Style
from catalog.openapi.references import Resolver
from catalog.openapi.security import (
    SchemeType,
    SecurityRequirement,
    SecurityScheme,
    SecurityUse,
)
from catalog.openapi.security_reading import read_security_scheme


def read(
    document: JSONObject,
    *,
    path: str = "/a",
    components: dict[str, JSONValue] | None = None,
    schemes: JSONObject | None = None,
) -> Operation:
    return read_operation(
        document,
        method="get",
        path=path,
        resolver=Resolver(components or {}),
        security_schemes=schemes or {},
    )


def read_parameter(**members: JSONValue) -> Parameter:
    (parameter,) = read({"parameters": [{"name": "p", "in": "query", **members}]}).parameters
    return parameter


def test_what_an_operation_says_of_itself_is_read() -> None:
    operation = read(
        {
            "operationId": "listA",
            "summary": "S",
            "description": "D",
            "tags": ["t"],
            "deprecated": True,
            "servers": [{"url": "/own"}, 3],
            "externalDocs": {"url": "https://docs.example"},
        }
    )

    assert operation == Operation(
        method="GET",
        path="/a",
        operation_id="listA",
        summary="S",
        description="D",
        tags=("t",),
        deprecated=True,
        servers=({"url": "/own"},),
        external_docs={"url": "https://docs.example"},
    )


@pytest.mark.parametrize(
    ("members", "style", "explode"),
    [
        ({"in": "query"}, Style.FORM, True),
        ({"in": "path"}, Style.SIMPLE, False),
        ({"in": "header"}, Style.SIMPLE, False),
        ({"in": "cookie"}, Style.FORM, True),
        ({"in": "cookie", "style": "cookie"}, Style.COOKIE, True),
        ({"in": "querystring"}, Style.FORM, True),
        ({"in": "query", "explode": False}, Style.FORM, False),
        ({"in": "query", "style": "pipeDelimited"}, Style.PIPE_DELIMITED, False),
        ({"in": "query", "style": "deepObject", "explode": False}, Style.DEEP_OBJECT, True),
        ({"in": "path", "style": "matrix", "explode": True}, Style.MATRIX, True),
        ({"in": "path", "style": "form"}, Style.SIMPLE, False),
        ({"in": "query", "style": 3, "explode": "no"}, Style.FORM, True),
    ],
)
def test_style_and_explode_are_the_effective_ones(
    members: JSONObject, style: Style, explode: bool
) -> None:
    parameter = read_parameter(**members)

    assert (parameter.style, parameter.explode) == (style, explode)


def test_a_parameter_is_read_with_everything_it_says() -> None:
    parameter = read_parameter(
        required=True,
        description="D",
        deprecated=True,
        allowReserved=True,
        allowEmptyValue=True,
        schema={"type": "string"},
        example="e",
    )

    assert parameter == Parameter(
        name="p",
        location=Location.QUERY,
        required=True,
        description="D",
        deprecated=True,
        allow_reserved=True,
        allow_empty_value=True,
        schema={"type": "string"},
        examples=(Example(name="", value="e"),),
    )


def test_a_parameter_with_content_has_its_media_type_instead_of_a_schema() -> None:
    parameter = read_parameter(content={"application/json": {"schema": {"type": "object"}}})

    assert parameter.schema is None
    assert parameter.content == MediaType(name="application/json", schema={"type": "object"})


@pytest.mark.parametrize(
    "given",
    [3, {"in": "query"}, {"name": "p"}, {"name": "p", "in": "body"}, {"$ref": "#/components/x/y"}],
    ids=["no-object", "no-name", "no-location", "unknown-location", "dangling"],
)
def test_what_is_no_parameter_is_left_out(given: JSONValue) -> None:
    assert read({"parameters": [given]}).parameters == ()


def test_references_to_parameters_are_resolved_and_repeated_ones_dropped() -> None:
    shared: JSONObject = {"name": "X-Id", "in": "header", "description": "Shared"}
    operation = read(
        {"parameters": [{"$ref": "#/components/parameters/Id"}, {"name": "x-id", "in": "header"}]},
        components={"/components/parameters/Id": shared},
    )

    assert [parameter.description for parameter in operation.parameters] == ["Shared"]


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/a/{id}", ["id"]),
        ("/a/{from}..{to}.json", ["from", "to"]),
        ("/a/{id}?x={y}", ["id", "y"]),
        ("/a/{id}#{label}", ["id"]),
        ("/a/{id}/{id}", ["id"]),
        ("/a/{}/{b/c}", []),
    ],
)
def test_template_variables_without_a_parameter_become_required_ones(
    path: str, names: list[str]
) -> None:
    parameters = read({}, path=path).parameters

    assert [parameter.name for parameter in parameters] == names
    assert all(parameter.required for parameter in parameters)
    assert all(parameter.schema == {"type": "string"} for parameter in parameters)


def test_a_path_parameter_is_required_whatever_it_says() -> None:
    document: JSONObject = {"parameters": [{"name": "id", "in": "path", "required": False}]}

    (parameter,) = read(document, path="/a/{id}").parameters

    assert parameter.required
    assert parameter.schema == {}


def test_a_request_body_is_read_by_media_type() -> None:
    operation = read(
        {"requestBody": {"$ref": "#/components/requestBodies/B"}},
        components={
            "/components/requestBodies/B": {
                "description": "D",
                "required": True,
                "content": {
                    "multipart/form-data": {
                        "schema": {"type": "object"},
                        "encoding": {
                            "file": {
                                "contentType": "image/png",
                                "style": "form",
                                "explode": False,
                                "allowReserved": True,
                                "headers": {"X": {}},
                            },
                            "other": {},
                        },
                    },
                    "application/jsonl": {"itemSchema": {"type": "integer"}},
                    "x-extension": {},
                },
            }
        },
    )

    assert operation.request_body == RequestBody(
        description="D",
        required=True,
        content=(
            MediaType(
                name="multipart/form-data",
                schema={"type": "object"},
                encoding={
                    "file": Encoding("image/png", "form", False, True, {"X": {}}),
                    "other": Encoding(),
                },
            ),
            MediaType(name="application/jsonl", item_schema={"type": "integer"}),
        ),
    )


@pytest.mark.parametrize("body", [None, 3, {}, {"$ref": "#/gone"}])
def test_what_is_no_request_body_is_none(body: JSONValue) -> None:
    assert read({"requestBody": body}).request_body is None


@pytest.mark.parametrize(
    ("given", "examples"),
    [
        ({"example": None}, (Example("", None),)),
        ({"examples": {"a": {"value": 1, "summary": "S"}}}, (Example("a", 1, "S"),)),
        (
            {"examples": {"a": {"externalValue": "https://e.example", "description": "D"}}},
            (Example("a", None, "", "D", "https://e.example"),),
        ),
        ({"examples": {"a": {"dataValue": {"b": 1}}}}, (Example("a", {"b": 1}),)),
        ({"examples": {"a": {"serializedValue": "b=1"}}}, (Example("a", "b=1"),)),
        ({"examples": {"a": {"id": 1}, "b": 2}}, (Example("a", {"id": 1}), Example("b", 2))),
        ({"examples": [1]}, (Example("", 1),)),
        ({"examples": {"a": {"$ref": "#/components/examples/E"}}}, (Example("a", "far"),)),
    ],
    ids=[
        *("single", "named", "external", "data-value", "serialized", "bare", "list", "reference"),
    ],
)
def test_examples_are_read_in_every_form(given: JSONObject, examples: tuple[Example, ...]) -> None:
    operation = read(
        {"requestBody": {"content": {"a/b": given}}},
        components={"/components/examples/E": {"value": "far"}},
    )

    assert operation.request_body is not None
    assert operation.request_body.content[0].examples == examples


def test_responses_are_read_with_headers_content_and_links() -> None:
    operation = read(
        {
            "responses": {
                "200": {
                    "description": "D",
                    "headers": {
                        "X-Rate": {
                            "description": "R",
                            "required": True,
                            "deprecated": True,
                            "schema": {"type": "integer"},
                        },
                        "X-Json": {"content": {"application/json": {"schema": {}}}},
                    },
                    "content": {"application/json": {"schema": {"type": "array"}}},
                    "links": {"next": {"$ref": "#/components/links/Next"}},
                },
                "4XX": {"summary": "Only a summary"},
                "default": 3,
                "x-extension": {},
            }
        },
        components={"/components/links/Next": {"operationId": "next"}},
    )

    assert operation.responses == (
        Response(
            status_code="200",
            description="D",
            headers=(
                Header("X-Rate", "R", True, True, {"type": "integer"}),
                Header("X-Json", schema={}),
            ),
            content=(MediaType(name="application/json", schema={"type": "array"}),),
            links={"next": {"operationId": "next"}},
        ),
        Response(status_code="4XX", description="Only a summary"),
        Response(status_code="default"),
    )


def test_security_lists_alternatives_of_schemes_used_together() -> None:
    operation = read(
        {"security": [{"a": ["read", 3], "b": []}, {}, 3]},
        schemes={"a": {"type": "oauth2"}, "b": {"type": "http", "scheme": "Bearer"}},
    )

    assert operation.security == (
        SecurityRequirement(
            (
                SecurityUse(SecurityScheme(key="a", type=SchemeType.OAUTH2), ("read",)),
                SecurityUse(SecurityScheme(key="b", type=SchemeType.HTTP, scheme="bearer")),
            )
        ),
        SecurityRequirement(),
    )


def test_a_requirement_outside_a_list_and_an_undeclared_scheme_are_tolerated() -> None:
    operation = read({"security": {"ghost": "read"}})

    ghost = SecurityScheme(key="ghost", type=SchemeType.UNKNOWN)
    assert operation.security == (SecurityRequirement((SecurityUse(ghost),)),)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {"type": "apiKey", "in": "query", "name": "k", "description": "D"},
            SecurityScheme("s", SchemeType.API_KEY, "D", location="query", name="k"),
        ),
        ({"type": "APIKEY"}, SecurityScheme("s", SchemeType.API_KEY)),
        ({"type": "basic"}, SecurityScheme("s", SchemeType.HTTP, scheme="basic")),
        (
            {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            SecurityScheme("s", SchemeType.HTTP, scheme="bearer", bearer_format="JWT"),
        ),
        (
            {"type": "openIdConnect", "openIdConnectUrl": "https://id.example"},
            SecurityScheme(
                "s", SchemeType.OPEN_ID_CONNECT, open_id_connect_url="https://id.example"
            ),
        ),
        (
            {"type": "oauth2", "flows": {"implicit": {}}},
            SecurityScheme("s", SchemeType.OAUTH2, flows={"implicit": {}}),
        ),
        ({"type": "own"}, SecurityScheme("s", SchemeType.UNKNOWN)),
        (3, SecurityScheme("s", SchemeType.UNKNOWN)),
    ],
)
def test_security_schemes_are_read(given: JSONValue, expected: SecurityScheme) -> None:
    assert read_security_scheme("s", given) == expected

"""OpenAPI 2.0 ("Swagger") definitions in the 3.1 shape.

The document is first laid out as OpenAPI 3 lays it out; then references are rewritten and the
schemas upgraded like those of 3.0. Operation-level `schemes` are dropped: they would replace the
server that people chose for an environment.
Source: OpenAPI 2.0; 3.1.1.
"""

from __future__ import annotations

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import as_object, list_at, object_at, text_at
from catalog.openapi.shapes import METHODS
from catalog.openapi.swagger_parameters import convert_header, convert_parameter
from catalog.openapi.swagger_references import rewrite_references
from catalog.openapi.swagger_requests import Requests, convert_requests, shared_parameters
from catalog.openapi.swagger_security import convert_security_scheme

__all__ = ["upgrade_swagger"]

DEFAULT_MEDIA_TYPE = "application/json"
MOVED = frozenset(
    (
        *("openapi", "swagger", "host", "basePath", "schemes", "consumes", "produces", "paths"),
        *("definitions", "parameters", "responses", "securityDefinitions"),
    )
)
OPERATION_MOVED = frozenset(("consumes", "produces", "schemes", "parameters", "responses"))


def upgrade_swagger(definition: JSONObject) -> JSONObject:
    """Turn a 2.0 definition into the 3.1 shape; the input stays as it is."""
    upgraded: JSONObject = {"openapi": "3.1.1"}
    upgraded.update((key, value) for key, value in definition.items() if key not in MOVED)
    upgraded["servers"] = _convert_servers(definition)
    upgraded["paths"] = _convert_paths(definition)
    upgraded["components"] = _convert_components(definition)
    return rewrite_references(upgraded, definition)


def _convert_servers(definition: JSONObject) -> list[JSONValue]:
    host, base = text_at(definition, "host"), text_at(definition, "basePath")
    if not host:
        return [{"url": base}] if base else []
    schemes = [scheme for scheme in list_at(definition, "schemes") if isinstance(scheme, str)]
    return [{"url": f"{scheme}://{host}{base}"} for scheme in schemes or ["https"]]


def _convert_components(definition: JSONObject) -> JSONObject:
    produces = _media_types(definition, {}, "produces")
    responses = object_at(definition, "responses")
    schemes = object_at(definition, "securityDefinitions")
    return {
        "schemas": object_at(definition, "definitions"),
        "parameters": {
            name: convert_parameter(parameter)
            for name, parameter in shared_parameters(definition).items()
        },
        "responses": {name: _convert_response(responses[name], produces) for name in responses},
        "securitySchemes": {
            name: convert_security_scheme(as_object(scheme)) for name, scheme in schemes.items()
        },
    }


def _convert_paths(definition: JSONObject) -> JSONObject:
    paths = object_at(definition, "paths")
    return {
        path: item if path.startswith("x-") else _convert_path_item(as_object(item), definition)
        for path, item in paths.items()
    }


def _convert_path_item(item: JSONObject, definition: JSONObject) -> JSONObject:
    inherited = list_at(item, "parameters")
    converted: JSONObject = {}
    for key, value in item.items():
        if key in METHODS and isinstance(value, dict):
            converted[key] = _convert_operation(value, inherited, definition)
        elif key != "parameters":
            converted[key] = value
    parameters = convert_requests([], Requests(definition, inherited)).parameters
    return {**converted, "parameters": parameters} if parameters else converted


def _convert_operation(
    operation: JSONObject, inherited: list[JSONValue], definition: JSONObject
) -> JSONObject:
    converted = {key: value for key, value in operation.items() if key not in OPERATION_MOVED}
    consumes = _media_types(definition, operation, "consumes")
    requests = Requests(definition, list_at(operation, "parameters"), inherited)
    request = convert_requests(consumes, requests)
    if request.parameters:
        converted["parameters"] = request.parameters
    if request.body is not None:
        converted["requestBody"] = request.body
    produces = _media_types(definition, operation, "produces")
    converted["responses"] = {
        code: _convert_response(response, produces)
        for code, response in object_at(operation, "responses").items()
    }
    return converted


def _media_types(definition: JSONObject, operation: JSONObject, keyword: str) -> list[str]:
    """What the operation consumes or produces: its own list replaces the definition's."""
    holder = operation if keyword in operation else definition
    return [name for name in list_at(holder, keyword) if isinstance(name, str)]


def _convert_response(response: JSONValue, produces: list[str]) -> JSONValue:
    if not isinstance(response, dict) or "$ref" in response:
        return response
    converted = {
        key: value
        for key, value in response.items()
        if key not in ("schema", "examples", "headers")
    }
    headers = object_at(response, "headers")
    if headers:
        converted["headers"] = {name: convert_header(headers[name]) for name in headers}
    content = _response_content(response, produces)
    if content:
        converted["content"] = content
    return converted


def _response_content(response: JSONObject, produces: list[str]) -> JSONObject:
    examples = object_at(response, "examples")
    content: JSONObject = {}
    if "schema" in response:
        for name in produces or list(examples) or [DEFAULT_MEDIA_TYPE]:
            content[name] = {"schema": response["schema"]}
    for name, example in examples.items():
        content[name] = {**object_at(content, name), "example": example}
    return content

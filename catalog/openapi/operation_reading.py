"""Read an indexed operation into the values that pages show and requests are built from."""

from __future__ import annotations

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import as_object, flag_at, iter_objects, list_at, object_at, text_at
from catalog.openapi.media_type_reading import read_content
from catalog.openapi.operations import Header, Operation, RequestBody, Response
from catalog.openapi.overviews import tag_names
from catalog.openapi.parameter_reading import read_parameters
from catalog.openapi.references import Resolver
from catalog.openapi.security_reading import read_requirements

__all__ = ["read_operation"]


def read_operation(
    document: JSONObject,
    *,
    method: str,
    path: str,
    resolver: Resolver,
    security_schemes: JSONObject,
) -> Operation:
    """Read an Operation Object as `index_definition` completed it.

    `security_schemes` are those of the overview. References of parameters, bodies, responses,
    headers and examples are resolved, those in schemas stay. Never raises: what has the wrong type
    counts as absent, a scheme that is not declared is read as UNKNOWN.
    """
    return Operation(
        method=method.upper(),
        path=path,
        operation_id=text_at(document, "operationId"),
        summary=text_at(document, "summary"),
        description=text_at(document, "description"),
        tags=tuple(tag_names(document)),
        deprecated=flag_at(document, "deprecated"),
        parameters=read_parameters(document, path=path, resolver=resolver),
        request_body=_read_body(document, resolver),
        responses=_read_responses(document, resolver),
        security=read_requirements(document.get("security"), security_schemes),
        servers=tuple(iter_objects(list_at(document, "servers"))),
        external_docs=object_at(document, "externalDocs"),
    )


def _read_body(document: JSONObject, resolver: Resolver) -> RequestBody | None:
    given = resolver.resolve(document.get("requestBody"))
    if not isinstance(given, dict) or not given:
        return None
    return RequestBody(
        content=read_content(given, resolver),
        description=text_at(given, "description"),
        required=flag_at(given, "required"),
    )


def _read_responses(document: JSONObject, resolver: Resolver) -> tuple[Response, ...]:
    return tuple(
        _read_response(code, as_object(resolver.resolve(given)), resolver)
        for code, given in object_at(document, "responses").items()
        if not code.startswith("x-")
    )


def _read_response(code: str, given: JSONObject, resolver: Resolver) -> Response:
    links = object_at(given, "links")
    return Response(
        status_code=code,
        description=text_at(given, "description") or text_at(given, "summary"),
        headers=tuple(
            _read_header(name, as_object(resolver.resolve(header)), resolver)
            for name, header in object_at(given, "headers").items()
        ),
        content=read_content(given, resolver),
        links={name: resolver.resolve(link) for name, link in links.items()},
    )


def _read_header(name: str, given: JSONObject, resolver: Resolver) -> Header:
    content = read_content(given, resolver)
    schema: JSONValue = given.get("schema", {})
    return Header(
        name=name,
        description=text_at(given, "description"),
        required=flag_at(given, "required"),
        deprecated=flag_at(given, "deprecated"),
        schema=content[0].schema if content else schema,
    )

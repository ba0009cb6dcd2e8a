"""Bodies of OpenAPI 2.0: `body` and `formData` parameters become a request body."""

from __future__ import annotations

from dataclasses import dataclass, field

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import as_object, flag_at, iter_objects, object_at, text_at
from catalog.openapi.pointers import Missing, locate, pointer_of, split_pointer
from catalog.openapi.swagger_parameters import convert_parameter, convert_style, schema_of

__all__ = ["Request", "Requests", "convert_requests", "shared_parameters"]

BODY_LOCATIONS = ("body", "formData")
DEFAULT_MEDIA_TYPE = "application/json"
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
REFERENCE_HOPS = 20


@dataclass(frozen=True, slots=True)
class Requests:
    """Where an operation's parameters come from: its own list, then the path item's.

    `definition` is the 2.0 document that references are looked up in.
    """

    definition: JSONObject
    own: list[JSONValue]
    inherited: list[JSONValue] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Request:
    """The same in the 3.1 shape. Inherited parameters are only there as far as they are body."""

    parameters: list[JSONValue]
    body: JSONObject | None


def shared_parameters(definition: JSONObject) -> dict[str, JSONObject]:
    """The root's `parameters` that stay parameters, by name; those of a body are left out."""
    shared = object_at(definition, "parameters")
    return {
        name: parameter
        for name, parameter in shared.items()
        if isinstance(parameter, dict) and parameter.get("in") not in BODY_LOCATIONS
    }


def convert_requests(consumes: list[str], requests: Requests) -> Request:
    """Part an operation's 2.0 parameters into parameters and a request body.

    References to the root's parameters stay references, others are written out, as positions in
    parameter lists change here. `consumes` are the media types of the body.
    """
    parameters: list[JSONValue] = []
    own: list[JSONObject] = []
    for given in iter_objects(requests.own):
        parameter = _follow(given, requests.definition)
        own.append(parameter)
        if parameter.get("in") in BODY_LOCATIONS:
            continue
        is_shared = text_at(given, "$ref").startswith("#/parameters/")
        parameters.append(given if is_shared else convert_parameter(parameter))
    return Request(parameters=parameters, body=_convert_body(consumes, own, requests))


def _convert_body(
    consumes: list[str], own: list[JSONObject], requests: Requests
) -> JSONObject | None:
    inherited = [_follow(given, requests.definition) for given in iter_objects(requests.inherited)]
    bodies = [parameter for parameter in own + inherited if parameter.get("in") == "body"]
    if bodies:
        return _from_body(bodies[0], consumes)
    fields: dict[str, JSONObject] = {}
    for parameter in inherited + own:
        if parameter.get("in") == "formData" and text_at(parameter, "name"):
            fields[text_at(parameter, "name")] = parameter
    return _from_fields(fields, consumes) if fields else None


def _from_body(parameter: JSONObject, consumes: list[str]) -> JSONObject:
    moved = ("in", "name", "schema", "x-example", "x-examples")
    body: JSONObject = {key: value for key, value in parameter.items() if key not in moved}
    media_type: JSONObject = {"schema": schema_of(parameter)}
    if "x-example" in parameter:
        media_type["example"] = parameter["x-example"]
    examples = object_at(parameter, "x-examples")
    body["content"] = {
        name: {**media_type, "example": examples[name]} if name in examples else media_type
        for name in consumes or [DEFAULT_MEDIA_TYPE]
    }
    return body


def _from_fields(fields: dict[str, JSONObject], consumes: list[str]) -> JSONObject:
    schema: JSONObject = {
        "type": "object",
        "properties": {name: _field_schema(parameter) for name, parameter in fields.items()},
    }
    required: list[JSONValue] = [name for name in fields if flag_at(fields[name], "required")]
    if required:
        schema["required"] = required
    media_type: JSONObject = {"schema": schema}
    encoding: JSONObject = {
        name: convert_style(parameter)
        for name, parameter in fields.items()
        if parameter.get("type") == "array"
    }
    if encoding:
        media_type["encoding"] = encoding
    names = _form_media_types(fields, consumes)
    return {"required": bool(required), "content": dict.fromkeys(names, media_type)}


def _form_media_types(fields: dict[str, JSONObject], consumes: list[str]) -> list[str]:
    """The declared form media types; a file can only travel in a multipart body."""
    if any(parameter.get("type") == "file" for parameter in fields.values()):
        return [MULTIPART]
    forms = [name for name in consumes if name.split(";")[0].strip() in (URLENCODED, MULTIPART)]
    return forms or [URLENCODED]


def _field_schema(parameter: JSONObject) -> JSONObject:
    schema = dict(as_object(schema_of(parameter)))
    if "description" in parameter:
        schema["description"] = parameter["description"]
    if "x-example" in parameter:
        schema["example"] = parameter["x-example"]
    return schema


def _follow(parameter: JSONObject, definition: JSONObject) -> JSONObject:
    """The Parameter Object behind a chain of references, empty when there is none."""
    found: JSONValue | Missing = parameter
    for _ in range(REFERENCE_HOPS):
        if not isinstance(found, dict):
            return {}
        pointer = pointer_of(text_at(found, "$ref"))
        if not pointer:
            return found if "$ref" not in found else {}
        found = locate(definition, split_pointer(pointer))
    return {}

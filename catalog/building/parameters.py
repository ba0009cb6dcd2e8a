"""Parameters by their location: declared ones and those a person added."""

from __future__ import annotations

from catalog.building.content_types import BodyKind, kind_of
from catalog.building.forms import render_form
from catalog.building.percent_encoding import encode_text
from catalog.building.styles import (
    Pair,
    expand_cookie,
    expand_header,
    expand_path,
    expand_query,
)
from catalog.building.texts import render_json_text, render_text
from catalog.building.values import RequestValues
from catalog.openapi import JSONValue, Location, MediaType, Operation, Parameter, Style

__all__ = [
    "find_parameter",
    "given_parameters",
    "serialize_cookie",
    "serialize_header",
    "serialize_path",
    "serialize_query",
    "serialize_querystring",
]


def find_parameter(operation: Operation, location: Location, name: str) -> Parameter | None:
    """The declared parameter of that name; names of headers know no case."""
    if location is not Location.HEADER:
        return next((one for one in operation.parameters_in(location) if one.name == name), None)
    lowered = name.lower()
    return next(
        (one for one in operation.parameters_in(location) if one.name.lower() == lowered), None
    )


def given_parameters(
    operation: Operation, values: RequestValues, location: Location
) -> list[tuple[Parameter, JSONValue]]:
    """The parameters that have a value: declared ones in their order, then added ones.

    An added one has the default style of its location.
    """
    given = values.given(location)
    declared = operation.parameters_in(location)
    found = [(one, given[one.name]) for one in declared if one.name in given]
    names = {one.name for one in declared}
    return found + [
        (_added(name, location), value) for name, value in given.items() if name not in names
    ]


def serialize_path(parameter: Parameter, value: JSONValue) -> str:
    """The text that replaces the parameter in the path, percent-encoded."""
    if parameter.content is not None:
        return _encode(_render_content(parameter.content, value), Location.PATH)
    return expand_path(parameter, value)


def serialize_query(parameter: Parameter, value: JSONValue) -> tuple[Pair, ...]:
    """The pairs of one query parameter, percent-encoded."""
    if parameter.content is not None:
        text = _render_content(parameter.content, value)
        return ((_encode(parameter.name, Location.QUERY), _encode(text, Location.QUERY)),)
    return expand_query(parameter, value)


def serialize_querystring(parameter: Parameter, value: JSONValue) -> str:
    """The whole query as one parameter gives it.

    Form content is a query already; all else is percent-encoded as a whole. Without a media type
    the text is the query as a person wrote it.
    Source: OpenAPI 3.2.0, Parameter Object, `in: querystring`.
    """
    content = parameter.content
    if content is None:
        text = render_text(value)
        return encode_text(text, location=Location.QUERY, allow_reserved=True)
    if kind_of(content.name) is BodyKind.FORM and isinstance(value, dict):
        return render_form(value, content.encoding, {})
    return _encode(_render_content(content, value), Location.QUERY)


def serialize_header(parameter: Parameter, value: JSONValue) -> str:
    """The value of one header."""
    if parameter.content is not None:
        return _render_content(parameter.content, value)
    return expand_header(parameter, value)


def serialize_cookie(parameter: Parameter, value: JSONValue) -> tuple[Pair, ...]:
    """The pairs of one cookie parameter; described content is percent-encoded like `form`."""
    if parameter.content is not None:
        text = _render_content(parameter.content, value)
        return ((_encode(parameter.name, Location.COOKIE), _encode(text, Location.COOKIE)),)
    return expand_cookie(parameter, value)


def _added(name: str, location: Location) -> Parameter:
    if location in (Location.QUERY, Location.COOKIE):
        return Parameter(name, location)
    return Parameter(name, location, style=Style.SIMPLE, explode=False)


def _render_content(media_type: MediaType, value: JSONValue) -> str:
    if kind_of(media_type.name) is BodyKind.JSON:
        return render_json_text(value)
    return render_text(value)


def _encode(text: str, location: Location) -> str:
    return encode_text(text, location=location, allow_reserved=False)

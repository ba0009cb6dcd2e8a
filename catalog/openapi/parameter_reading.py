"""Read parameters with their defaults filled in (OpenAPI 3.1.1, 4.8.12)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import as_object, flag_at, iter_objects, list_at, text_at
from catalog.openapi.media_type_reading import read_content, read_examples
from catalog.openapi.parameters import Location, Parameter, Style
from catalog.openapi.references import Resolver

__all__ = ["read_parameters", "template_variables"]

LOCATIONS = {location.value: location for location in Location}

# The first is the default; 4.8.12.2 and, for cookies, OpenAPI 3.2.0, 4.12.2.
STYLES = {
    Location.PATH: (Style.SIMPLE, Style.LABEL, Style.MATRIX),
    Location.QUERY: (Style.FORM, Style.SPACE_DELIMITED, Style.PIPE_DELIMITED, Style.DEEP_OBJECT),
    Location.HEADER: (Style.SIMPLE,),
    Location.COOKIE: (Style.FORM, Style.COOKIE),
    Location.QUERYSTRING: (Style.FORM,),
}
EXPLODED = frozenset((Style.FORM, Style.COOKIE))

TEMPLATE_VARIABLE = re.compile(r"\{([^{}/]+)\}")


def read_parameters(
    document: JSONObject, *, path: str, resolver: Resolver
) -> tuple[Parameter, ...]:
    """The operation's parameters in order, each (name, location) once.

    Path parameters are required whatever the definition says. A template variable of the path
    that no parameter describes becomes a required string parameter, at the end.
    """
    parameters: dict[tuple[str, Location], Parameter] = {}
    for given in iter_objects(list_at(document, "parameters")):
        parameter = _read_parameter(as_object(resolver.resolve(given)), resolver)
        if parameter is not None:
            parameters.setdefault(_identity(parameter), parameter)
    for name in template_variables(path):
        missing = _undeclared(name)
        parameters.setdefault(_identity(missing), missing)
    return tuple(parameters.values())


def template_variables(path: str) -> Iterator[str]:
    """Yield the names in braces of a path template; what follows "#" is only a label."""
    for match in TEMPLATE_VARIABLE.finditer(path.split("#", 1)[0]):
        yield match[1]


def _identity(parameter: Parameter) -> tuple[str, Location]:
    """Header names differ not by case, all others do."""
    is_header = parameter.location is Location.HEADER
    return parameter.name.lower() if is_header else parameter.name, parameter.location


def _read_parameter(given: JSONObject, resolver: Resolver) -> Parameter | None:
    name, location = text_at(given, "name"), LOCATIONS.get(text_at(given, "in"))
    if not name or location is None:
        return None
    style = _style(given, location)
    content = read_content(given, resolver)
    return Parameter(
        name=name,
        location=location,
        required=location is Location.PATH or flag_at(given, "required"),
        description=text_at(given, "description"),
        deprecated=flag_at(given, "deprecated"),
        style=style,
        explode=_explode(given, style),
        allow_reserved=flag_at(given, "allowReserved"),
        allow_empty_value=flag_at(given, "allowEmptyValue"),
        schema=_schema(given) if not content else None,
        content=content[0] if content else None,
        examples=read_examples(given, resolver),
    )


def _style(given: JSONObject, location: Location) -> Style:
    """The effective style: one the location does not know counts as the default."""
    allowed = STYLES[location]
    return next((style for style in allowed if style == text_at(given, "style")), allowed[0])


def _explode(given: JSONObject, style: Style) -> bool:
    """Whether values are written apart; a deep object has no other form."""
    if style is Style.DEEP_OBJECT:
        return True
    explode = given.get("explode")
    return explode if isinstance(explode, bool) else style in EXPLODED


def _schema(given: JSONObject) -> JSONValue:
    return given.get("schema", {})


def _undeclared(name: str) -> Parameter:
    return Parameter(
        name=name,
        location=Location.PATH,
        required=True,
        style=Style.SIMPLE,
        explode=False,
        schema={"type": "string"},
    )

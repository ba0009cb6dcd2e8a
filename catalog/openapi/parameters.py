"""Parameters of an operation (OpenAPI 3.1.1, 4.8.12)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from catalog.openapi.json_values import JSONValue
from catalog.openapi.media_types import Example, MediaType

__all__ = ["Location", "Parameter", "Style"]


class Location(StrEnum):
    """Where a parameter stands (`in`); QUERYSTRING is the whole query of OpenAPI 3.2."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"
    QUERYSTRING = "querystring"


class Style(StrEnum):
    """How arrays and objects are written; COOKIE is OpenAPI 3.2's."""

    MATRIX = "matrix"
    LABEL = "label"
    SIMPLE = "simple"
    FORM = "form"
    SPACE_DELIMITED = "spaceDelimited"
    PIPE_DELIMITED = "pipeDelimited"
    DEEP_OBJECT = "deepObject"
    COOKIE = "cookie"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter with its defaults filled in.

    `schema` is the raw Schema Object (references inside it are not followed); None when the
    parameter is described by `content`. `explode` and `style` are the effective ones.
    """

    name: str
    location: Location
    required: bool = False
    description: str = ""
    deprecated: bool = False
    style: Style = Style.FORM
    explode: bool = True
    allow_reserved: bool = False
    allow_empty_value: bool = False
    schema: JSONValue = None
    content: MediaType | None = None
    examples: tuple[Example, ...] = ()

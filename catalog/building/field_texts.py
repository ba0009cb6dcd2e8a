"""What the strings of a form mean, by the schema of the field they were typed into."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from catalog.building.content_types import BodyKind, kind_of
from catalog.building.field_schemas import find_types, items_of, resolve_schema
from catalog.building.texts import render_json_text, render_text
from catalog.openapi import JSONValue, Parameter, Resolver

__all__ = ["parse_field_text", "parse_schema_text"]

INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
# Python refuses to read longer ones, and nobody types them.
MAX_DIGITS = 300


def parse_field_text(parameter: Parameter, texts: Sequence[str], resolver: Resolver) -> JSONValue:
    """The value that the texts of one parameter's field mean.

    A parameter described by JSON content holds JSON when its text parses. Anything that does not
    fit the schema stays the text it was, so that it can be sent as typed. `texts` has one entry
    per row of the field, at least one.
    """
    content = parameter.content
    if content is None:
        return parse_schema_text(parameter.schema, texts, resolver)
    if kind_of(content.name) is BodyKind.JSON:
        return _parse_json("\n".join(texts), (dict, list, str, int, float, bool, type(None)))
    return parse_schema_text(content.schema, texts, resolver)


def parse_schema_text(schema: JSONValue, texts: Sequence[str], resolver: Resolver) -> JSONValue:
    """The value that texts mean by a schema: items for arrays, else lines of one text.

    An array gives a list of what its rows mean, or the array they spell as JSON; an object is
    read as JSON; numbers and booleans are read when nothing is lost, members of an `enum` by how
    they are written. A schema that allows strings leaves the text alone.
    """
    types = find_types(schema, resolver)
    if "array" in types and (len(texts) != 1 or "string" not in types):
        return _parse_rows(schema, texts, resolver)
    return _parse_one("\n".join(texts), schema, resolver)


def _parse_rows(schema: JSONValue, texts: Sequence[str], resolver: Resolver) -> JSONValue:
    if texts and texts[0].lstrip().startswith("["):
        whole = _parse_json("\n".join(texts), (list,))
        if isinstance(whole, list):
            return whole
    items = items_of(schema, resolver)
    return [_parse_one(text, items, resolver) for text in texts]


def _parse_one(text: str, schema: JSONValue, resolver: Resolver) -> JSONValue:
    enum = resolve_schema(schema, resolver).get("enum")
    if isinstance(enum, list):
        return next((member for member in enum if render_text(member) == text), text)
    types = find_types(schema, resolver)
    if "string" in types:
        return text
    if types & {"integer", "number"} and _is_number(text, types):
        return _parse_number(text)
    if "boolean" in types and text in ("true", "false"):
        return text == "true"
    if types & {"object", "array"}:
        return _parse_json(text, (dict, list))
    return text


def _is_number(text: str, types: frozenset[str]) -> bool:
    pattern = NUMBER if "number" in types else INTEGER
    return len(text) <= MAX_DIGITS and pattern.fullmatch(text) is not None


def _parse_number(text: str) -> JSONValue:
    """The number, or the text where a number would be written differently ("1.10")."""
    number: JSONValue = json.loads(text)
    return number if render_json_text(number) == text else text


def _parse_json(text: str, kinds: tuple[type, ...]) -> JSONValue:
    """The JSON value when the text is one of these kinds, else the text."""
    try:
        value: JSONValue = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return value if isinstance(value, kinds) else text

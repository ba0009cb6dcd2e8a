"""Bodies in `application/x-www-form-urlencoded` (OpenAPI 3.2.0, Encoding Object)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping

from catalog.building.content_types import BodyKind, kind_of
from catalog.building.percent_encoding import encode_form_text
from catalog.building.styles import Pair, expand_query
from catalog.building.texts import render_json_text, render_text
from catalog.building.values import FilePart
from catalog.openapi import Encoding, JSONObject, JSONValue, Location, Parameter, Style

__all__ = ["as_query_parameter", "render_form", "render_form_value"]


def render_form(
    fields: JSONObject,
    encoding: Mapping[str, Encoding],
    files: Mapping[str, tuple[FilePart, ...]],
) -> str:
    """Serialize an object as form content, fields in the order given.

    A field with a style in its encoding is written like a query parameter. Else primitives are
    plain text, objects JSON, and an array repeats its field. Null is left out. Files become
    base64, the only form this media type has for bytes.
    """
    pairs: list[Pair] = []
    for name, value in fields.items():
        parameter = as_query_parameter(name, encoding.get(name))
        if parameter is not None:
            pairs.extend(expand_query(parameter, value))
        else:
            pairs.extend(_encode_field(name, value, encoding.get(name, Encoding())))
    for name, parts in files.items():
        pairs.extend(_encode_pair(name, b64encode(part.content).decode()) for part in parts)
    return "&".join(f"{name}={value}" for name, value in pairs)


def as_query_parameter(name: str, encoding: Encoding | None) -> Parameter | None:
    """The query parameter that a field with `style`, `explode` or `allowReserved` stands for.

    None when the encoding gives none of them and the content type rules instead.
    """
    if encoding is None:
        return None
    if encoding.style is None and encoding.explode is None and not encoding.allow_reserved:
        return None
    known = encoding.style in set(Style)
    style = Style(encoding.style) if encoding.style is not None and known else Style.FORM
    explode = style is Style.FORM if encoding.explode is None else encoding.explode
    return Parameter(
        name,
        Location.QUERY,
        style=style,
        explode=explode,
        allow_reserved=encoding.allow_reserved,
    )


def render_form_value(value: JSONValue, content_type: str) -> str:
    """One field's value in the content type its encoding names, "" for the default one."""
    if kind_of(content_type) is BodyKind.JSON:
        return render_json_text(value)
    return render_text(value)


def _encode_field(name: str, value: JSONValue, encoding: Encoding) -> list[Pair]:
    values = value if isinstance(value, list) else [value]
    content_type = encoding.content_type or ""
    return [
        _encode_pair(name, render_form_value(one, content_type))
        for one in values
        if one is not None
    ]


def _encode_pair(name: str, value: str) -> Pair:
    return encode_form_text(name), encode_form_text(value)

"""Parameters by their `style`: RFC 6570's expansions and what OpenAPI adds to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from catalog.building.percent_encoding import encode_text
from catalog.building.texts import render_text
from catalog.openapi import JSONObject, JSONValue, Parameter, Style

__all__ = [
    "Pair",
    "expand_cookie",
    "expand_header",
    "expand_path",
    "expand_query",
    "expand_query_unencoded",
]

Pair: TypeAlias = "tuple[str, str]"
Encode: TypeAlias = "Callable[[str], str]"


@dataclass(frozen=True, slots=True)
class _Expansion:
    """One row of the table in RFC 6570, appendix A.

    `first` opens the text, `separator` joins exploded parts, `is_named` puts the name before each.
    """

    first: str
    separator: str
    is_named: bool = False


SIMPLE = _Expansion("", ",")
LABEL = _Expansion(".", ".")
MATRIX = _Expansion(";", ";", is_named=True)
PATH_EXPANSIONS = {Style.LABEL: LABEL, Style.MATRIX: MATRIX}
DELIMITERS = {Style.SPACE_DELIMITED: " ", Style.PIPE_DELIMITED: "|"}


def expand_path(parameter: Parameter, value: JSONValue) -> str:
    """Serialize one path parameter, percent-encoded; "" when there is nothing to write.

    An unknown style counts as `simple`.
    Source: OpenAPI 3.2.0, Parameter Object, Style Examples; RFC 6570, 3.2.2, 3.2.5 and 3.2.7.
    """
    expansion = PATH_EXPANSIONS.get(parameter.style, SIMPLE)
    return _expand(parameter, value, expansion=expansion, encode=_encoder(parameter))


def expand_header(parameter: Parameter, value: JSONValue) -> str:
    """Serialize one header in `simple` style, without any encoding.

    Source: OpenAPI 3.2.0, Appendix D.
    """
    return _expand(parameter, value, expansion=SIMPLE, encode=str)


def expand_query(parameter: Parameter, value: JSONValue) -> tuple[Pair, ...]:
    """Serialize one query parameter as name-value pairs, percent-encoded and in order.

    Null is an empty value; an empty array or object gives no pair, or an empty value when
    `allowEmptyValue` is set. Combinations that the specification leaves undefined: an exploded
    delimited style is written like `form`, a primitive in `deepObject` too, arrays in
    `deepObject` as `name[]`, and its nesting goes on in further brackets.
    Source: OpenAPI 3.2.0, Parameter Object, Style Examples; RFC 6570, 3.2.8.
    """
    pairs = _expand_pairs(parameter, value, encode=_encoder(parameter))
    if not pairs and parameter.allow_empty_value:
        return ((_encoder(parameter)(parameter.name), ""),)
    return pairs


def expand_query_unencoded(parameter: Parameter, value: JSONValue) -> tuple[Pair, ...]:
    """The same pairs without percent-encoding, as parts of `multipart/form-data` hold them.

    Source: OpenAPI 3.2.0, Encoding Object.
    """
    return _expand_pairs(parameter, value, encode=str)


def expand_cookie(parameter: Parameter, value: JSONValue) -> tuple[Pair, ...]:
    """Serialize one cookie parameter as name-value pairs.

    The style `cookie` encodes nothing, `form` percent-encodes.
    Source: OpenAPI 3.2.0, Appendix D.
    """
    encode = str if parameter.style is Style.COOKIE else _encoder(parameter)
    return _expand_pairs(parameter, value, encode=encode)


def _encoder(parameter: Parameter) -> Encode:
    return partial(
        encode_text, location=parameter.location, allow_reserved=parameter.allow_reserved
    )


def _expand(
    parameter: Parameter, value: JSONValue, *, expansion: _Expansion, encode: Encode
) -> str:
    """Expand a value as RFC 6570, 3.2.1 says, in the styles that give one text."""
    if value is None:
        return ""
    name = encode(parameter.name)
    if not isinstance(value, list | dict):
        return expansion.first + _name_part(name, encode(render_text(value)), expansion)
    if isinstance(value, list):
        members = [encode(render_text(item)) for item in value if item is not None]
        parts = [_name_part(name, member, expansion) for member in members]
    else:
        members = _flatten(value, encode)
        pairs = [(encode(key), encode(render_text(item))) for key, item in _defined(value)]
        parts = [f"{key}={text}" if text or not expansion.is_named else key for key, text in pairs]
    if not members:
        return ""
    if parameter.explode:
        return expansion.first + expansion.separator.join(parts)
    return expansion.first + _name_part(name, ",".join(members), expansion)


def _name_part(name: str, text: str, expansion: _Expansion) -> str:
    if not expansion.is_named:
        return text
    return f"{name}={text}" if text else name


def _expand_pairs(parameter: Parameter, value: JSONValue, *, encode: Encode) -> tuple[Pair, ...]:
    name = encode(parameter.name)
    if not isinstance(value, list | dict):
        return ((name, encode(render_text(value))),)
    if parameter.style is Style.DEEP_OBJECT:
        return tuple((encode(key), encode(text)) for key, text in _deepen(parameter.name, value))
    if parameter.explode:
        return _explode(name, value, encode=encode)
    given = DELIMITERS.get(parameter.style)
    delimiter = "," if given is None else encode(given)
    members = (
        _flatten(value, encode)
        if isinstance(value, dict)
        else [encode(render_text(item)) for item in value if item is not None]
    )
    return ((name, delimiter.join(members)),) if members else ()


def _explode(name: str, value: list[JSONValue] | JSONObject, *, encode: Encode) -> tuple[Pair, ...]:
    if isinstance(value, list):
        return tuple((name, encode(render_text(item))) for item in value if item is not None)
    return tuple((encode(key), encode(render_text(item))) for key, item in _defined(value))


def _deepen(name: str, value: JSONValue) -> list[Pair]:
    """Names in brackets for everything inside a value; items that are no primitives count up."""
    if isinstance(value, dict):
        inner = [(f"{name}[{key}]", item) for key, item in value.items()]
    elif isinstance(value, list):
        has_nested = any(isinstance(item, list | dict) for item in value)
        inner = [
            (f"{name}[{index if has_nested else ''}]", item) for index, item in enumerate(value)
        ]
    else:
        return [(name, render_text(value))]
    return [pair for key, item in inner if item is not None for pair in _deepen(key, item)]


def _flatten(value: JSONObject, encode: Encode) -> list[str]:
    """Keys and values in turn, as an object without `explode` is written."""
    return [encode(text) for key, item in _defined(value) for text in (key, render_text(item))]


def _defined(value: JSONObject) -> list[tuple[str, JSONValue]]:
    """The members that are not null, which RFC 6570, 2.3 calls undefined."""
    return [(key, item) for key, item in value.items() if item is not None]

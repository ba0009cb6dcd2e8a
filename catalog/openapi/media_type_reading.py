"""Read `content` maps, examples and encodings (OpenAPI 3.1.1, 4.8.14, 4.8.15 and 4.8.19)."""

from __future__ import annotations

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import as_object, flag_at, object_at, text_at
from catalog.openapi.media_types import Encoding, Example, MediaType
from catalog.openapi.references import Resolver

__all__ = ["read_content", "read_examples"]

# What tells an Example Object from a bare value that someone put in its place.
EXAMPLE_FIELDS = frozenset(
    ("value", "externalValue", "dataValue", "serializedValue", "summary", "description")
)


def read_content(holder: JSONObject, resolver: Resolver) -> tuple[MediaType, ...]:
    """The media types of a body, response, header or parameter, in the definition's order."""
    return tuple(
        _read_media_type(name, as_object(resolver.resolve(given)), resolver)
        for name, given in object_at(holder, "content").items()
        if not name.startswith("x-")
    )


def _read_media_type(name: str, given: JSONObject, resolver: Resolver) -> MediaType:
    encoding = object_at(given, "encoding")
    return MediaType(
        name=name,
        schema=given.get("schema"),
        item_schema=given.get("itemSchema"),
        examples=read_examples(given, resolver),
        encoding={key: _read_encoding(as_object(value)) for key, value in encoding.items()},
    )


def read_examples(holder: JSONObject, resolver: Resolver) -> tuple[Example, ...]:
    """The named examples, then the single `example` (named "").

    A list of bare values, which belongs into a schema, is taken too, as unnamed examples.
    """
    given = holder.get("examples")
    examples: list[Example] = []
    if isinstance(given, dict):
        examples += [_read_example(name, value, resolver) for name, value in given.items()]
    if isinstance(given, list):
        examples += [Example(name="", value=value) for value in given]
    if "example" in holder:
        examples.append(Example(name="", value=holder["example"]))
    return tuple(examples)


def _read_example(name: str, given: JSONValue, resolver: Resolver) -> Example:
    resolved = resolver.resolve(given)
    if not isinstance(resolved, dict) or EXAMPLE_FIELDS.isdisjoint(resolved):
        return Example(name=name, value=resolved)
    values = (key for key in ("value", "dataValue", "serializedValue") if key in resolved)
    return Example(
        name=name,
        value=resolved.get(next(values, "value")),
        summary=text_at(resolved, "summary"),
        description=text_at(resolved, "description"),
        external_url=text_at(resolved, "externalValue"),
    )


def _read_encoding(given: JSONObject) -> Encoding:
    explode = given.get("explode")
    return Encoding(
        content_type=text_at(given, "contentType") or None,
        style=text_at(given, "style") or None,
        explode=explode if isinstance(explode, bool) else None,
        allow_reserved=flag_at(given, "allowReserved"),
        headers=object_at(given, "headers"),
    )

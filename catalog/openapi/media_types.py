"""Media types, examples and encodings of a body (OpenAPI 3.1.1, 4.8.14, 4.8.15 and 4.8.19)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog.openapi.json_values import JSONObject, JSONValue

__all__ = ["Encoding", "Example", "MediaType"]


@dataclass(frozen=True, slots=True)
class Example:
    """A named example. `external_url` is shown as a link and never fetched."""

    name: str
    value: JSONValue = None
    summary: str = ""
    description: str = ""
    external_url: str = ""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How one property of a form or multipart body is written; None means "by the defaults"."""

    content_type: str | None = None
    style: str | None = None
    explode: bool | None = None
    allow_reserved: bool = False
    headers: JSONObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MediaType:
    """The content for one media type range, `name` as the definition writes it."""

    name: str
    schema: JSONValue = None
    item_schema: JSONValue = None
    examples: tuple[Example, ...] = ()
    encoding: Mapping[str, Encoding] = field(default_factory=dict)

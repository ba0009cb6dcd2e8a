"""Request bodies: which content type, and the bytes."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.building.content_types import (
    BodyKind,
    essence_of,
    find_media_type,
    is_media_type,
    kind_of,
)
from catalog.building.forms import render_form
from catalog.building.multipart import render_multipart, split_into_parts
from catalog.building.texts import render_json_text, render_text
from catalog.building.values import ABSENT, RequestValues
from catalog.building.xml import render_xml
from catalog.openapi import JSONValue, MediaType, Operation, Resolver

__all__ = ["Body", "build_body", "choose_content_type"]


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of a body and the content type that names them."""

    content: bytes
    content_type: str


def build_body(
    operation: Operation, values: RequestValues, *, content_type: str, resolver: Resolver
) -> Body | None:
    """Serialize the body of a request; None when no body was given.

    `content_type` is the one to send (`choose_content_type`). Bytes are sent as they are. A string
    is a JSON string for JSON media types and the text itself for all others.
    """
    body = values.body
    if body is ABSENT and not values.files:
        return None
    if isinstance(body, bytes):
        return Body(body, content_type)
    content = operation.request_body.content if operation.request_body else ()
    media_type = find_media_type(content, content_type) or MediaType(content_type)
    given = None if body is ABSENT else body
    if kind_of(content_type) is BodyKind.MULTIPART and not isinstance(given, str):
        parts = split_into_parts(given, values.files, media_type=media_type, resolver=resolver)
        boundary, rendered = render_multipart(parts)
        return Body(rendered, f"{essence_of(content_type)}; boundary={boundary}")
    text = _render(
        given, values, media_type=media_type, resolver=resolver, content_type=content_type
    )
    return Body(text.encode(), content_type)


def choose_content_type(operation: Operation, values: RequestValues) -> str:
    """The content type of the body: the one chosen, else the definition's, JSON first.

    A range such as `*/*` becomes a type that fits the value.
    """
    chosen = values.content_type or _declared(operation)
    if chosen and "*" not in essence_of(chosen):
        return chosen
    if values.files:
        return "multipart/form-data"
    return _fitting(values, essence_of(chosen).partition("/")[0])


def _declared(operation: Operation) -> str:
    """The operation's first JSON media type, else its first, "" when it has none."""
    content = operation.request_body.content if operation.request_body else ()
    names = [media_type.name for media_type in content]
    json_names = (name for name in names if is_media_type(name) and kind_of(name) is BodyKind.JSON)
    return next(json_names, names[0] if names else "")


def _fitting(values: RequestValues, main_type: str) -> str:
    """A concrete content type within a range, by the kind of value there is."""
    if isinstance(values.body, bytes):
        return "application/octet-stream"
    if main_type == "text" or isinstance(values.body, str):
        return "text/plain"
    return "application/json"


def _render(
    body: JSONValue,
    values: RequestValues,
    *,
    media_type: MediaType,
    resolver: Resolver,
    content_type: str,
) -> str:
    match kind_of(content_type):
        case BodyKind.JSON:
            return render_json_text(body)
        case _ if isinstance(body, str):
            return body
        case BodyKind.LINES:
            items = body if isinstance(body, list) else [body]
            return "".join(f"{render_json_text(item)}\n" for item in items)
        case BodyKind.FORM if isinstance(body, dict) or body is None:
            return render_form(body or {}, media_type.encoding, values.files)
        case BodyKind.XML:
            return render_xml(body, media_type.schema, resolver)
        case _:
            return render_text(body)

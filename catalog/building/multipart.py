"""Bodies in parts: `multipart/form-data` (RFC 7578) and other multipart types (RFC 2046)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog.building.content_types import BodyKind, first_concrete, is_media_type, kind_of
from catalog.building.errors import CannotBuild
from catalog.building.field_schemas import items_of, properties_of
from catalog.building.forms import as_query_parameter, render_form_value
from catalog.building.problems import ProblemKind, RequestProblem
from catalog.building.styles import expand_query_unencoded
from catalog.building.texts import render_json_text, render_text
from catalog.building.values import FilePart
from catalog.building.xml import render_xml
from catalog.openapi import Encoding, JSONObject, JSONValue, MediaType, Resolver

__all__ = ["Part", "render_multipart", "split_into_parts"]

DEFAULT_FILE_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Part:
    """One part; an empty `name` writes no Content-Disposition, an empty type no Content-Type."""

    name: str
    content: bytes
    content_type: str = ""
    file_name: str | None = None


def render_multipart(parts: Iterable[Part]) -> tuple[str, bytes]:
    """Write parts one after another; returns the boundary and the body.

    The boundary is made of the content, so the same parts give the same bytes and no part can
    hold its own boundary. Raises CannotBuild for a part whose content type is none.
    """
    sections = [_render_part(part) for part in parts]
    digest = hashlib.sha256()
    for section in sections:
        digest.update(hashlib.sha256(section).digest())
    boundary = f"portico-{digest.hexdigest()[:40]}"
    delimiter = f"--{boundary}".encode()
    body = b"".join(delimiter + b"\r\n" + section + b"\r\n" for section in sections)
    return boundary, body + delimiter + b"--\r\n"


def split_into_parts(
    body: JSONValue,
    files: Mapping[str, tuple[FilePart, ...]],
    *,
    media_type: MediaType,
    resolver: Resolver,
) -> list[Part]:
    """The parts of a form: fields in the order given, then files.

    Objects are JSON, an array repeats its field, null is left out; `encoding` may say otherwise.
    A list as the body gives unnamed parts, as `multipart/mixed` has them.
    """
    if isinstance(body, list):
        rendered = (_render_value(item, Encoding(), schema={}, resolver=resolver) for item in body)
        return [Part("", *one) for one in rendered]
    fields = body if isinstance(body, dict) else {}
    parts = _field_parts(fields, media_type, resolver)
    for name, uploads in files.items():
        default = first_concrete(media_type.encoding.get(name, Encoding()).content_type or "")
        for upload in uploads:
            content_type = upload.content_type or default or DEFAULT_FILE_TYPE
            parts.append(Part(name, upload.content, content_type, file_name=upload.name))
    return parts


def _field_parts(fields: JSONObject, media_type: MediaType, resolver: Resolver) -> list[Part]:
    properties = properties_of(media_type.schema, resolver)
    parts: list[Part] = []
    for name, value in fields.items():
        encoding = media_type.encoding.get(name, Encoding())
        parameter = as_query_parameter(name, encoding)
        if parameter is not None:
            pairs = expand_query_unencoded(parameter, value)
            parts.extend(Part(key, text.encode()) for key, text in pairs)
            continue
        schema = properties.get(name, {})
        is_list = isinstance(value, list)
        values = value if isinstance(value, list) else [value]
        schema = items_of(schema, resolver) if is_list else schema
        parts.extend(
            Part(name, *_render_value(one, encoding, schema=schema, resolver=resolver))
            for one in values
            if one is not None
        )
    return parts


def _render_value(
    value: JSONValue, encoding: Encoding, *, schema: JSONValue, resolver: Resolver
) -> tuple[bytes, str]:
    """The content of a part and its content type, "" where text/plain goes without saying."""
    content_type = first_concrete(encoding.content_type or "")
    if not content_type:
        if isinstance(value, dict | list):
            return render_json_text(value).encode(), "application/json"
        return render_text(value).encode(), ""
    if kind_of(content_type) is BodyKind.XML and not isinstance(value, str):
        return render_xml(value, schema, resolver).encode(), content_type
    return render_form_value(value, content_type).encode(), content_type


def _render_part(part: Part) -> bytes:
    lines = []
    if part.name:
        disposition = f'Content-Disposition: form-data; name="{_escape(part.name)}"'
        if part.file_name is not None:
            disposition += f'; filename="{_escape(part.file_name)}"'
        lines.append(disposition)
    if part.content_type:
        if not is_media_type(part.content_type):
            raise CannotBuild(RequestProblem(ProblemKind.INVALID_HEADER, "body", part.name))
        lines.append(f"Content-Type: {part.content_type}")
    head = "".join(f"{line}\r\n" for line in lines)
    return head.encode() + b"\r\n" + part.content


def _escape(text: str) -> str:
    """Names within quotes, as browsers write them.

    Source: HTML, 4.10.21.8, multipart/form-data encoding algorithm.
    """
    return text.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")

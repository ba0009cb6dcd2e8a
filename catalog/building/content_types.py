"""Content types: what kind of text or bytes a media type's name stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from catalog.openapi import MediaType

__all__ = [
    "BodyKind",
    "essence_of",
    "find_media_type",
    "first_concrete",
    "is_media_type",
    "kind_of",
]

NAME = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"
MEDIA_TYPE = re.compile(rf"{NAME}/{NAME}([ \t]*;[^\r\n\0]*)?")
LINE_WISE = frozenset(
    {
        "application/jsonl",
        "application/ndjson",
        "application/x-jsonlines",
        "application/x-ndjson",
    }
)


class BodyKind(StrEnum):
    """How a body is written."""

    JSON = "json"
    LINES = "lines"
    XML = "xml"
    FORM = "form"
    MULTIPART = "multipart"
    TEXT = "text"


def essence_of(content_type: str) -> str:
    """Type and subtype in lowercase, without parameters."""
    return content_type.partition(";")[0].strip().lower()


def is_media_type(name: str) -> bool:
    """Whether a name is a media type or range at all; definitions hold many that are none."""
    return MEDIA_TYPE.fullmatch(name) is not None


def kind_of(content_type: str) -> BodyKind:
    """How a body of this content type is written; text for everything not known better."""
    essence = essence_of(content_type)
    if essence in LINE_WISE:
        return BodyKind.LINES
    if essence == "application/x-www-form-urlencoded":
        return BodyKind.FORM
    if essence.startswith("multipart/"):
        return BodyKind.MULTIPART
    if essence.endswith(("/json", "+json")):
        return BodyKind.JSON
    if essence.endswith(("/xml", "+xml")):
        return BodyKind.XML
    return BodyKind.TEXT


def find_media_type(content: Iterable[MediaType], content_type: str) -> MediaType | None:
    """The Media Type Object that describes a content type, the most specific one.

    Source: OpenAPI 3.2.0, Request Body Object, `content`.
    """
    essence = essence_of(content_type)
    wanted = (
        content_type.strip().lower(),
        essence,
        essence.partition("/")[0] + "/*",
        "*/*",
    )
    by_name: dict[str, MediaType] = {}
    for media_type in content:
        by_name.setdefault(essence_of(media_type.name), media_type)
        by_name.setdefault(media_type.name.strip().lower(), media_type)
    return next((by_name[name] for name in wanted if name in by_name), None)


def first_concrete(names: str) -> str:
    """The first media type of a comma-separated list that is not a range, else ""."""
    listed = (name.strip() for name in names.split(","))
    return next((name for name in listed if is_media_type(name) and "*" not in name), "")

"""Texts that YAML took for numbers: `version: 1.10` means "1.10", not 1.1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import as_object, list_at, object_at
from catalog.openapi.parsing import ParsedDocument
from catalog.openapi.pointers import join_pointer, split_pointer
from catalog.openapi.positions import find_written
from catalog.openapi.shapes import METHODS

__all__ = ["keep_written_texts"]

_INFO = ("title", "version", "summary", "description", "termsOfService")
_OPERATION = ("operationId", "summary", "description")


def keep_written_texts(parsed: ParsedDocument, value: JSONObject) -> JSONObject:
    """A definition whose texts have the characters the source gives them.

    Concerns members that OpenAPI defines as strings and that people often leave unquoted: the
    versions, `info`, tags, and what names and describes an operation. Returns the same object
    when there is nothing to do. Source: OpenAPI 3.1.1, 4.8.1, 4.8.2, 4.8.10, 4.8.22.
    """
    pointers = [pointer for pointer, text in _iter_texts(value) if _is_number(text)]
    if not pointers:
        return value
    written = find_written(parsed.text, parsed.format, pointers)
    return _with_texts(value, written)


def _is_number(value: JSONValue) -> bool:
    return isinstance(value, bool | int | float)


def _iter_texts(value: JSONObject) -> Iterator[tuple[str, JSONValue]]:
    yield from _members(value, "", ("openapi", "swagger"))
    yield from _members(value.get("info"), "/info", _INFO)
    for index, tag in enumerate(list_at(value, "tags")):
        yield from _members(tag, f"/tags/{index}", ("name", "description"))
    for parent in ("paths", "webhooks"):
        for path, item in object_at(value, parent).items():
            yield from _iter_operation_texts(as_object(item), join_pointer("", parent, path))


def _iter_operation_texts(item: JSONObject, pointer: str) -> Iterator[tuple[str, JSONValue]]:
    for method in METHODS:
        operation = object_at(item, method)
        below = join_pointer(pointer, method)
        yield from _members(operation, below, _OPERATION)
        for index, tag in enumerate(list_at(operation, "tags")):
            yield join_pointer(below, "tags", index), tag


def _members(
    value: JSONValue, pointer: str, names: tuple[str, ...]
) -> Iterator[tuple[str, JSONValue]]:
    if isinstance(value, dict):
        for name in names:
            if name in value:
                yield join_pointer(pointer, name), value[name]


def _with_texts(value: JSONObject, written: Mapping[str, str]) -> JSONObject:
    changed: JSONValue = value
    for pointer, text in written.items():
        changed = _with_text(changed, split_pointer(pointer), text)
    return as_object(changed)


def _with_text(value: JSONValue, names: list[str], text: str) -> JSONValue:
    """Copy what leads to a text, and nothing else: the value may be shared by aliases."""
    if not names:
        return text
    name, *below = names
    if isinstance(value, list):
        items = list(value)
        items[int(name)] = _with_text(items[int(name)], below, text)
        return items
    members = as_object(value)
    return {**members, name: _with_text(members[name], below, text)}

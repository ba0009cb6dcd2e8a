"""Reading JSON: fast, with duplicate members reported and no integer rounded."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import orjson

from catalog.openapi.duplicates import duplicate_key
from catalog.openapi.errors import UnreadableDefinition, unreadable
from catalog.openapi.json_positions import find_depth, find_in_json
from catalog.openapi.json_values import JSONValue
from catalog.openapi.limits import Limits
from catalog.openapi.locations import Target, build_targets, find_target
from catalog.openapi.pointers import join_pointer
from catalog.openapi.problems import Problem
from catalog.openapi.sizes import check_size, too_deep

__all__ = ["read_json"]

# orjson reads integers beyond 64 bits as floats, which are other numbers.
_DIGITS_AS_ZEROS = bytes.maketrans(b"123456789", b"000000000")
_LONG = b"0" * 19
_ESCAPED_COLON = rb"\u003a"
_DEPTH_MESSAGE = "depth limit"


def read_json(source: bytes, limits: Limits) -> tuple[JSONValue, tuple[Problem, ...]]:
    """Read UTF-8 JSON without a byte order mark: the value, and warnings of duplicate members.

    The last of duplicate members counts. Raises UnreadableDefinition. Costs one pass of orjson
    and one of writing; only documents with duplicates or huge integers take a slower one.
    """
    try:
        value = orjson.loads(source)
    except orjson.JSONDecodeError as error:
        raise _refusal(error, source, limits) from error
    try:
        check_size(value, limits)
    except UnreadableDefinition as error:
        raise _placed(error, source, limits) from error
    if _has_long_integer(source) or _has_duplicates(source, value):
        return _read_exactly(source)
    return value, ()


def _has_long_integer(source: bytes) -> bool:
    """Whether 20 digits stand together, or 19 behind a minus; plain search is the fastest."""
    translated = source.translate(_DIGITS_AS_ZEROS)
    place = translated.find(_LONG)
    while place >= 0:
        if translated[place - 1 : place] == b"-" or translated.startswith(b"0", place + len(_LONG)):
            return True
        place = translated.find(_LONG, place + len(_LONG))
    return False


def _has_duplicates(source: bytes, value: JSONValue) -> bool:
    # A member that was dropped took at least one colon with it, unless escaped ones make up for it.
    if _ESCAPED_COLON in source.lower():
        return True
    return source.count(b":") != orjson.dumps(value).count(b":")


def _refusal(error: orjson.JSONDecodeError, source: bytes, limits: Limits) -> UnreadableDefinition:
    if _DEPTH_MESSAGE in error.msg:
        return _placed(too_deep(limits), source, limits)
    message = f"The JSON cannot be read: {error.msg}."
    return unreadable("syntax", message, line=error.lineno, column=error.colno)


def _placed(error: UnreadableDefinition, source: bytes, limits: Limits) -> UnreadableDefinition:
    """The error with the place of the first bracket that nests too deeply, if that is the fault."""
    if error.problem.rule != "too-deep":
        return error
    place = find_depth(source.decode(), limits.nesting + 1)
    return too_deep(limits, line=place.line, column=place.column)


def _read_exactly(source: bytes) -> tuple[JSONValue, tuple[Problem, ...]]:
    """Read again by the standard library, which is exact about integers and tells duplicates."""
    doubled: dict[int, list[str]] = {}
    kept: list[dict[str, Any]] = []

    def keep(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) != len(pairs):
            counts = Counter(name for name, _ in pairs)
            doubled[id(members)] = [name for name, count in counts.items() if count > 1]
            kept.append(members)  # an id stays taken as long as its object lives
        return members

    text = source.decode()
    value = json.loads(text, object_pairs_hook=keep)
    return value, _duplicates(text, value, doubled)


def _duplicates(text: str, value: JSONValue, doubled: dict[int, list[str]]) -> tuple[Problem, ...]:
    if not doubled:
        return ()
    pointers = list(_iter_doubled(value, doubled))
    root = build_targets(pointers)
    find_in_json(text, root)
    return tuple(_duplicate(pointer, find_target(root, pointer)[0]) for pointer in pointers)


def _duplicate(pointer: str, target: Target) -> Problem:
    first, last = target.locations[0], target.locations[-1]
    return duplicate_key(pointer, first_line=first.line, line=last.line, column=last.column)


def _iter_doubled(value: JSONValue, doubled: dict[int, list[str]]) -> Iterator[str]:
    waiting: list[tuple[str, JSONValue]] = [("", value)]
    while waiting:
        pointer, node = waiting.pop()
        if isinstance(node, dict):
            for name in doubled.get(id(node), ()):
                yield join_pointer(pointer, name)
            waiting.extend((join_pointer(pointer, name), below) for name, below in node.items())
        elif isinstance(node, list):
            waiting.extend((join_pointer(pointer, index), item) for index, item in enumerate(node))

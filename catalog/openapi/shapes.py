"""Which OpenAPI object stands where, so that no walk mistakes an example for one.

A member's shape is the name of an object, or that name with "{}" for a map of such objects. An
array where one object is expected is taken as an array of them, which covers both
`parameters` and the obsolete array form of `items`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import object_at
from catalog.openapi.pointers import join_pointer, pointer_of

__all__ = [
    "ANY_KEY",
    "METHODS",
    "SHAPES",
    "Change",
    "iter_references",
    "mapping_pointer",
    "rebuild",
]

Change: TypeAlias = Callable[[JSONObject], JSONObject]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")

# Deeper than any definition a person wrote, shallow enough for Python's stack.
DEPTH = 150

ANY_KEY = "*"

_PARAMETER = {"schema": "schema", "content": "media_type{}", "examples": "example{}"}

SHAPES: Mapping[str, Mapping[str, str]] = {
    "definition": {
        "paths": "path_item{}",
        "webhooks": "path_item{}",
        "components": "components",
        "definitions": "schema{}",
    },
    "components": {
        "schemas": "schema{}",
        "responses": "response{}",
        "parameters": "parameter{}",
        "examples": "example{}",
        "requestBodies": "request_body{}",
        "headers": "header{}",
        "securitySchemes": "security_scheme{}",
        "links": "link{}",
        "callbacks": "callback{}",
        "pathItems": "path_item{}",
        "mediaTypes": "media_type{}",
    },
    "path_item": {
        **dict.fromkeys(METHODS, "operation"),
        "parameters": "parameter",
        "additionalOperations": "operation{}",
    },
    "operation": {
        "parameters": "parameter",
        "requestBody": "request_body",
        "responses": "response{}",
        "callbacks": "callback{}",
    },
    "callback": {ANY_KEY: "path_item"},
    "parameter": _PARAMETER,
    "header": _PARAMETER,
    "request_body": {"content": "media_type{}"},
    "response": {"headers": "header{}", "content": "media_type{}", "links": "link{}"},
    "media_type": {
        "schema": "schema",
        "itemSchema": "schema",
        "examples": "example{}",
        "encoding": "encoding{}",
    },
    "encoding": {"headers": "header{}"},
    "example": {},
    "link": {},
    "security_scheme": {},
    "schema": {
        **dict.fromkeys(("properties", "patternProperties", "dependentSchemas"), "schema{}"),
        **dict.fromkeys(("$defs", "definitions"), "schema{}"),
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems", "items", "contains"), "schema"),
        **dict.fromkeys(("not", "if", "then", "else", "propertyNames"), "schema"),
        **dict.fromkeys(("additionalProperties", "additionalItems", "contentSchema"), "schema"),
        **dict.fromkeys(("unevaluatedItems", "unevaluatedProperties"), "schema"),
    },
}


def rebuild(
    value: JSONValue, shape: str, changes: Mapping[str, Change], *, depth: int = DEPTH
) -> JSONValue:
    """Copy a value of that shape with the changes applied to its objects, innermost first.

    `changes` are by shape; each takes an object it may keep parts of but must not alter. What is
    no OpenAPI object (examples, extensions), and anything deeper than `depth`, is shared.
    """
    if isinstance(value, list):
        return [rebuild(item, shape, changes, depth=depth - 1) for item in value]
    if not isinstance(value, dict) or depth <= 0:
        return value
    rebuilt = value.copy()
    for key, member in value.items():
        if isinstance(member, (dict, list)) and (child := _child_shape(shape, key)):
            rebuilt[key] = _rebuild_member(member, child, changes, depth=depth - 1)
    change = changes.get(shape)
    return change(rebuilt) if change else rebuilt


def _rebuild_member(
    member: JSONValue, shape: str, changes: Mapping[str, Change], *, depth: int
) -> JSONValue:
    if not shape.endswith("{}"):
        return rebuild(member, shape, changes, depth=depth)
    if not isinstance(member, dict):
        return member
    each = shape[:-2]
    return {name: rebuild(entry, each, changes, depth=depth) for name, entry in member.items()}


def iter_references(value: JSONValue, shape: str) -> Iterator[tuple[str, str]]:
    """Yield (pointer, shape) of everything a value refers to itself, nearest first.

    References are not followed; `discriminator.mapping` counts as references. What stands in an
    example or an extension does not. Costs one visit per object.
    """
    waiting: deque[tuple[JSONValue, str]] = deque([(value, shape)])
    while waiting:
        current, kind = waiting.popleft()
        if isinstance(current, list):
            waiting.extend((item, kind) for item in current)
        if not isinstance(current, dict):
            continue
        if "$ref" in current or "discriminator" in current:
            yield from _own_references(current, kind)
        for key, member in current.items():
            if isinstance(member, (dict, list)) and (child := _child_shape(kind, key)):
                waiting.extend(_iter_children(member, child))


def _own_references(value: JSONObject, shape: str) -> Iterator[tuple[str, str]]:
    reference = value.get("$ref")
    if isinstance(reference, str) and (pointer := pointer_of(reference)):
        yield pointer, shape
    if shape == "schema":
        for target in object_at(object_at(value, "discriminator"), "mapping").values():
            if isinstance(target, str):
                yield mapping_pointer(target), "schema"


def mapping_pointer(target: str) -> str:
    """The schema a `discriminator.mapping` value names, by reference or by bare name."""
    return pointer_of(target) or join_pointer("/components/schemas", target)


def _iter_children(
    member: JSONObject | list[JSONValue], shape: str
) -> Iterable[tuple[JSONValue, str]]:
    if not shape.endswith("{}"):
        return ((member, shape),)
    each = shape[:-2]
    return [(entry, each) for entry in member.values()] if isinstance(member, dict) else ()


def _child_shape(shape: str, key: str) -> str:
    children = SHAPES[shape]
    found = children.get(key, "")
    if found or ANY_KEY not in children or key.startswith("x-") or key == "$ref":
        return found
    return children[ANY_KEY]

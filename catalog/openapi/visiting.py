"""Every OpenAPI object of a definition, with what it is and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.pointers import join_pointer
from catalog.openapi.shapes import ANY_KEY, SHAPES

__all__ = [
    "DEFINITION_SHAPES",
    "Place",
    "Visited",
    "child_shape",
    "is_extension",
    "iter_visited",
    "map_shape",
]

# The way to a value, from its end: (the parent's place, the name), None for the document.
Place: TypeAlias = "tuple[Place, str | int] | None"

# 2.0 keeps its components at the top and its schemas in other members.
DEFINITION_SHAPES: Mapping[str, Mapping[str, str]] = {
    **SHAPES,
    "definition": {
        **SHAPES["definition"],
        "parameters": "parameter{}",
        "responses": "response{}",
        "securityDefinitions": "security_scheme{}",
    },
    "response": {**SHAPES["response"], "schema": "schema"},
    "parameter": {**SHAPES["parameter"], "items": "schema"},
    "header": {**SHAPES["header"], "items": "schema"},
}
_EXTENSIBLE_MAPS = frozenset(("path_item", "response"))


class Visited(NamedTuple):
    """One object: its shape ("operation", "schema"...), itself, and its place.

    A tuple because large definitions have 100,000, and a dataclass is four times as slow to make.
    """

    shape: str
    value: JSONObject
    place: Place

    def pointer(self, *names: str | int) -> str:
        """The JSON pointer of the object, or of something below it."""
        found: list[str | int] = []
        place = self.place
        while place is not None:
            place, name = place
            found.append(name)
        return join_pointer("", *reversed(found), *names)


def iter_visited(definition: JSONObject) -> Iterator[Visited]:
    """Yield the objects of a definition in the order of the document, parents first.

    What stands in examples, defaults, enumerations and extensions is no object of OpenAPI and is
    left out. Does not recurse and follows no reference.
    """
    waiting: list[tuple[JSONValue, str, Place]] = [(definition, "definition", None)]
    while waiting:
        value, shape, place = waiting.pop()
        if isinstance(value, list):
            items = [(item, shape, (place, index)) for index, item in enumerate(value)]
            waiting.extend(reversed(items))
        elif isinstance(value, dict):
            yield Visited(shape, value, place)
            children = list(_iter_children(value, shape, place))
            children.reverse()
            waiting.extend(children)


def _iter_children(
    value: JSONObject, shape: str, place: Place
) -> Iterator[tuple[JSONValue, str, Place]]:
    for key, member in value.items():
        if not isinstance(member, (dict, list)) or not (below := child_shape(shape, key)):
            continue
        each = map_shape(below)
        if not each:
            yield member, below, (place, key)
        elif isinstance(member, dict):
            parent = (place, key)
            for name, entry in member.items():
                if not is_extension(each, name):
                    yield entry, each, (parent, name)


def child_shape(shape: str, key: str) -> str:
    """The shape of a member of an object; "" for what is no OpenAPI object."""
    children = DEFINITION_SHAPES[shape]
    found = children.get(key, "")
    if found or ANY_KEY not in children or key.startswith("x-") or key == "$ref":
        return found
    return children[ANY_KEY]


def map_shape(shape: str) -> str:
    """The shape of the entries of a map, "" when the shape is not a map's."""
    return shape[:-2] if shape.endswith("{}") else ""


def is_extension(shape: str, name: str) -> bool:
    """Whether an entry of a map of such objects is an extension rather than one of them."""
    return shape in _EXTENSIBLE_MAPS and name.startswith("x-")

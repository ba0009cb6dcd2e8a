"""Where examples stand in a definition, each with the schema it illustrates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import as_object, list_at, object_at, text_at
from catalog.openapi.pointers import join_pointer, pointer_of
from catalog.openapi.rules.context import Context
from catalog.openapi.versions import Family
from catalog.openapi.visiting import Visited

__all__ = ["PlacedExample", "iter_examples"]

_VALUE_MEMBERS = ("dataValue", "value")
_BEFORE_3_1 = (Family.V2_0, Family.V3_0)


@dataclass(frozen=True, slots=True)
class PlacedExample:
    """An example value with the pointers of itself and of its schema in the definition."""

    pointer: str
    value: JSONValue
    schema_pointer: str
    schema: JSONValue


def iter_examples(context: Context) -> Iterator[PlacedExample]:
    """Yield the examples of media types, parameters, headers, responses of 2.0 and schemas.

    Left out is what is no JSON value by its nature: an example of another media type, and a text
    beside a JSON media type, which may be the body as it is sent.
    """
    for visited in context.of("media_type"):
        if _is_json(str(visited.place[1]) if visited.place else ""):
            yield from (one for one in _beside_schema(visited, context) if _is_parsed(one))
    for shape in ("parameter", "header"):
        for visited in context.of(shape):
            yield from _beside_schema(visited, context)
    if context.family is Family.V2_0:
        for visited in context.of("response"):
            yield from filter(_is_parsed, _in_response(visited))
    for visited in context.of("schema"):
        yield from _in_schema(visited, context)


def _is_json(media_type: str) -> bool:
    return "json" in media_type.lower()


def _is_parsed(example: PlacedExample) -> bool:
    return not isinstance(example.value, str)


def _beside_schema(visited: Visited, context: Context) -> Iterator[PlacedExample]:
    schema = visited.value.get("schema")
    if schema is None:
        return
    if "example" in visited.value:
        yield _placed(visited.pointer("example"), visited.value["example"], visited)
    for name, entry in object_at(visited.value, "examples").items():
        example = as_object(context.resolve(entry))
        member = next((one for one in _VALUE_MEMBERS if one in example), "")
        if member:
            reference = text_at(as_object(entry), "$ref")
            place = pointer_of(reference) or visited.pointer("examples", name)
            yield _placed(join_pointer(place, member), example[member], visited)


def _in_response(visited: Visited) -> Iterator[PlacedExample]:
    schema = visited.value.get("schema")
    for media_type, value in object_at(visited.value, "examples").items():
        if schema is not None and _is_json(media_type):
            yield _placed(visited.pointer("examples", media_type), value, visited)


def _in_schema(visited: Visited, context: Context) -> Iterator[PlacedExample]:
    schema = visited.value
    is_older = context.family in _BEFORE_3_1
    if is_older and "$ref" in schema:
        return
    names: list[tuple[str | int, ...]] = [("example",)] if "example" in schema else []
    if not is_older and "examples" in schema:
        names += [("examples", index) for index in range(len(list_at(schema, "examples")))]
    for place in names:
        yield PlacedExample(
            visited.pointer(*place), _member(schema, place), visited.pointer(), schema
        )


def _member(schema: JSONObject, place: tuple[str | int, ...]) -> JSONValue:
    if len(place) == 1:
        return schema["example"]
    return list_at(schema, "examples")[int(place[1])]


def _placed(pointer: str, value: JSONValue, visited: Visited) -> PlacedExample:
    """The example; of a schema that is only a reference, the target stands for it."""
    schema = visited.value["schema"]
    target = pointer_of(text_at(as_object(schema), "$ref"))
    return PlacedExample(pointer, value, target or visited.pointer("schema"), schema)

"""Components that nothing refers to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import as_object, iter_objects, list_at, object_at
from catalog.openapi.pointers import join_pointer, pointer_of
from catalog.openapi.rules.context import Context, Finding
from catalog.openapi.shapes import mapping_pointer
from catalog.openapi.versions import Family

__all__ = ["find_unused_components"]

SHOWN = 20
_SWAGGER_SECTIONS = ("definitions", "parameters", "responses", "securityDefinitions")


def find_unused_components(context: Context) -> Iterator[Finding]:
    """Yield components that no reference, mapping or security requirement names, the first few.

    A definition without operations is a library, and schemas that build on one with a
    discriminator are named by values alone; neither is told.
    """
    if not context.of("operation"):
        return
    used = _used_pointers(context) | _used_schemes(context)
    yield from islice(_iter_unused(context, used), SHOWN)


def _iter_unused(context: Context, used: set[str]) -> Iterator[Finding]:
    for section, entries in _iter_sections(context):
        for name, entry in entries.items():
            pointer = join_pointer(section, name)
            if pointer not in used and not _is_variant(context, entry):
                yield Finding(pointer, f"Nothing in the definition refers to “{name}”.")


def _iter_sections(context: Context) -> Iterator[tuple[str, JSONObject]]:
    if context.family is Family.V2_0:
        for name in _SWAGGER_SECTIONS:
            yield f"/{name}", object_at(context.definition, name)
        return
    for name, section in object_at(context.definition, "components").items():
        if not name.startswith("x-"):
            yield join_pointer("/components", name), as_object(section)


def _used_pointers(context: Context) -> set[str]:
    """The components that references lead into; `/components/schemas/A/items` uses A."""
    depth = 3 if context.family is Family.V2_0 else 4
    found: set[str] = set()
    for objects in context.objects.values():
        for visited in objects:
            reference = visited.value.get("$ref")
            if isinstance(reference, str):
                found.add(pointer_of(reference))
            if "discriminator" in visited.value:
                found |= _mapped(visited.value)
    return {"/".join(pointer.split("/")[:depth]) for pointer in found}


def _mapped(schema: JSONObject) -> set[str]:
    mapping = object_at(object_at(schema, "discriminator"), "mapping")
    return {mapping_pointer(target) for target in mapping.values() if isinstance(target, str)}


def _used_schemes(context: Context) -> set[str]:
    is_swagger = context.family is Family.V2_0
    section = "/securityDefinitions" if is_swagger else "/components/securitySchemes"
    return {
        join_pointer(section, name)
        for visited in (*context.of("definition"), *context.of("operation"))
        for requirement in iter_objects(list_at(visited.value, "security"))
        for name in requirement
    }


def _is_variant(context: Context, entry: JSONValue) -> bool:
    parents = list_at(as_object(entry), "allOf")
    return any("discriminator" in as_object(context.resolve(parent)) for parent in parents)

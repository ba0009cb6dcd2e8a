"""References of an OpenAPI 2.0 definition, made to fit its 3.1 shape; schemas upgraded on the way.

Schemas of 2.0 may be referred to anywhere, also where the new layout has something else (such as
"#/paths/~1users/get/responses/200/schema"). Those targets are kept under a top-level key of
their own, named by their old pointer.
"""

from __future__ import annotations

from functools import lru_cache

from catalog.openapi.json_values import JSONObject
from catalog.openapi.lookups import as_object
from catalog.openapi.pointers import Missing, join_pointer, locate, pointer_of, split_pointer
from catalog.openapi.references import reference_to
from catalog.openapi.shapes import Change, rebuild
from catalog.openapi.upgrading_30 import drop_siblings, upgrade_schema

__all__ = ["rewrite_references"]

MOVED = {
    "/definitions/": "/components/schemas/",
    "/parameters/": "/components/parameters/",
    "/responses/": "/components/responses/",
}
REFERRED = "x-referred-schemas"


def rewrite_references(upgraded: JSONObject, definition: JSONObject) -> JSONObject:
    """Rewrite all references of a 2.0 definition already laid out as 3.1.

    `definition` is the 2.0 document, in which schemas outside `definitions` are looked up.
    """
    kept: JSONObject = {}
    waiting: list[str] = []

    def rewrite_schema(schema: JSONObject) -> JSONObject:
        pointer = _reference_of(schema)
        if pointer and _moved(pointer) is None:
            if pointer not in kept:
                kept[pointer] = {}
                waiting.append(pointer)
            return {
                **drop_siblings(schema),
                "$ref": reference_to(join_pointer(f"/{REFERRED}", pointer)),
            }
        return _upgrade_schema(_rewrite(schema))

    changes: dict[str, Change] = dict.fromkeys(("parameter", "response", "header"), _rewrite)
    changes["schema"] = rewrite_schema
    rewritten = as_object(rebuild(upgraded, "definition", changes))
    while waiting:
        pointer = waiting.pop()
        target = locate(definition, split_pointer(pointer))
        if not isinstance(target, Missing):
            kept[pointer] = rebuild(target, "schema", changes)
    return {**rewritten, REFERRED: kept} if kept else rewritten


def _rewrite(value: JSONObject) -> JSONObject:
    pointer = _reference_of(value)
    if not pointer:
        return value
    moved = reference_to(_moved(pointer) or pointer)
    return {"$ref": moved} if len(value) == 1 else {**drop_siblings(value), "$ref": moved}


@lru_cache(maxsize=4096)
def _moved(pointer: str) -> str | None:
    for old, new in MOVED.items():
        if pointer.startswith(old):
            return new + pointer.removeprefix(old)
    return None


def _reference_of(value: JSONObject) -> str:
    reference = value.get("$ref")
    return pointer_of(reference) if isinstance(reference, str) else ""


def _upgrade_schema(schema: JSONObject) -> JSONObject:
    """One Schema Object of 2.0: also `x-nullable`, files and the name-only discriminator."""
    discriminator = schema.get("discriminator")
    if "x-nullable" in schema:
        schema = {**schema, "nullable": schema["x-nullable"]}
        del schema["x-nullable"]
    if schema.get("type") == "file":
        schema = {**schema, "type": "string", "format": "binary"}
    if isinstance(discriminator, str):
        schema = {**schema, "discriminator": {"propertyName": discriminator}}
    return upgrade_schema(schema)

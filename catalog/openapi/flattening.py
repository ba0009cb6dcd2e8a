"""A schema with its references followed and its `allOf` merged, knowing where each part stands."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import as_object, list_at
from catalog.openapi.merging import merge_schemas
from catalog.openapi.pointers import Missing, join_pointer
from catalog.openapi.references import Resolver

__all__ = ["ANNOTATIONS", "PARTS", "USUAL_PARTS", "FlatSchema", "flatten_schema"]

PARTS = 300
# What people write by hand has fewer; flattening so many counts as one step of a budget.
USUAL_PARTS = 10
VALUES = ("example", "examples", "default")
ANNOTATIONS = frozenset(
    (
        *("title", "description", "summary", "deprecated", "readOnly", "writeOnly"),
        *("example", "examples", "default", "$comment", "externalDocs", "xml"),
    )
)
WORDING = ("title", "description", "summary")
NEVER: JSONObject = {"not": {}}


@dataclass(frozen=True, slots=True)
class Part:
    """One schema of a conjunction, without `$ref` and `allOf`.

    `pointer` is where it stands, "" when unknown. `is_own` tells what a schema says itself, or
    the one it merely stands for, from what it takes over; `is_referenced` parts were taken over
    by name.
    """

    keywords: JSONObject
    pointer: str
    is_own: bool
    is_referenced: bool


@dataclass(frozen=True, slots=True)
class FlatSchema:
    """The merged `keywords` of a schema and the `parts` they come from.

    `pointers` are the references that the schema as a whole stands for, first the one written:
    empty for an inline schema and for one that adds to what it refers to. `is_missing` says that
    the last of them leads nowhere.
    """

    keywords: JSONObject
    parts: tuple[Part, ...]
    pointers: tuple[str, ...] = ()
    is_missing: bool = False

    @property
    def cost(self) -> int:
        """How many steps of a budget it took to flatten the schema."""
        return max(1, len(self.parts) - USUAL_PARTS)

    def place_of(self, keyword: str, name: str) -> str:
        """Where a property (or a variant, by position) is written, "" when in several places."""
        holders = [part for part in self.parts if _holds(part.keywords.get(keyword), name)]
        if len(holders) != 1 or not holders[0].pointer:
            return ""
        return join_pointer(holders[0].pointer, keyword, *([name] if name else []))

    def is_own(self, keyword: str) -> bool:
        """Whether the schema says this itself rather than taking it over by `allOf`."""
        return any(part.is_own and keyword in part.keywords for part in self.parts)


def flatten_schema(
    schema: JSONValue, resolver: Resolver, *, pointer: str = "", most: int = PARTS
) -> FlatSchema:
    """Merge a schema with everything it refers to and combines by `allOf`.

    `pointer` is where the schema itself stands, if known. Circles and more than `most` parts are
    cut; the schema `false` becomes {"not": {}}; nonsense becomes {}. Subschemas
    (properties, items, variants) are left as they are.
    """
    collector = _Collector(resolver, most)
    parts = tuple(collector.collect(schema, pointer))
    merged = merge_schemas([part.keywords for part in parts])
    merged.update(_wording(sorted(parts, key=_nearness)))
    _drop_inherited_values(merged, parts)
    return FlatSchema(merged, parts, tuple(collector.whole), collector.is_missing)


def _nearness(part: Part) -> tuple[bool, bool]:
    return part.is_referenced, not part.is_own


def _wording(parts: list[Part]) -> JSONObject:
    """Title and description, each of the first part that has one."""
    words: JSONObject = {}
    for part in parts:
        for word in WORDING:
            if word in part.keywords:
                words.setdefault(word, part.keywords[word])
    return words


class _Collector:
    """Walks one conjunction, breadth first, each component once."""

    def __init__(self, resolver: Resolver, most: int) -> None:
        self._resolver = resolver
        self._most = most
        self._seen: set[str] = set()
        self.whole: list[str] = []
        self.is_missing = False

    def collect(self, schema: JSONValue, pointer: str) -> Iterator[Part]:
        waiting = deque([Part(_keywords_of(schema), pointer, True, False)])
        for _ in range(self._most):
            if not waiting:
                return
            part = waiting.popleft()
            waiting.extend(self._members(part))
            yield replace(part, keywords=_without_combining(part.keywords))

    def _members(self, holder: Part) -> Iterator[Part]:
        """The schemas a part combines: its `allOf` and the target of its `$ref`."""
        is_whole = holder.is_own and _stands_for_one(holder.keywords)
        for position, member in enumerate(list_at(holder.keywords, "allOf")):
            place = _below(holder.pointer, position)
            yield Part(_keywords_of(member), place, is_whole, holder.is_referenced)
        step = self._resolver.step(holder.keywords)
        if step is not None:
            yield from self._target(step, is_whole=is_whole)

    def _target(self, step: tuple[str, JSONValue | Missing], *, is_whole: bool) -> Iterator[Part]:
        pointer, target = step
        if is_whole:
            self.whole.append(pointer)
            self.is_missing = isinstance(target, Missing)
        if pointer in self._seen or isinstance(target, Missing):
            return
        self._seen.add(pointer)
        yield Part(_keywords_of(target), pointer, is_whole, not is_whole)


def _keywords_of(schema: JSONValue) -> JSONObject:
    return NEVER if schema is False else as_object(schema)


def _stands_for_one(keywords: JSONObject) -> bool:
    """Whether a schema adds nothing but annotations to the one schema it refers to."""
    combined = len(list_at(keywords, "allOf")) + (1 if "$ref" in keywords else 0)
    others = (key for key in keywords if key not in ("allOf", "$ref"))
    return combined == 1 and all(key in ANNOTATIONS or key.startswith("x-") for key in others)


def _without_combining(keywords: JSONObject) -> JSONObject:
    combining = ("allOf", "$ref") if isinstance(keywords.get("$ref"), str) else ("allOf",)
    return {key: value for key, value in keywords.items() if key not in combining}


def _below(pointer: str, position: int) -> str:
    return join_pointer(pointer, "allOf", str(position)) if pointer else ""


def _holds(value: JSONValue, name: str) -> bool:
    return name in value if isinstance(value, dict) and name else value is not None


def _drop_inherited_values(merged: JSONObject, parts: tuple[Part, ...]) -> None:
    """An example of a base schema is none of the schema that extends it."""
    speaking = [part for part in parts if not ANNOTATIONS.issuperset(part.keywords)]
    if len(speaking) < 2:
        return
    for keyword in VALUES:
        if not any(part.is_own and keyword in part.keywords for part in parts):
            merged.pop(keyword, None)

"""What the chosen parts of a definition refer to, near and far, in any version of OpenAPI.

A part of the definition is a component with its name, or a member of the document that is an
extension. All `$ref`s count, also those in examples and extensions: whoever resolves them all
must not find one that leads nowhere only because a part was left out.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import list_at, object_at
from catalog.openapi.pointers import (
    Missing,
    join_pointer,
    locate,
    pointer_of,
    split_pointer,
)
from catalog.openapi.references import reference_to
from catalog.openapi.shapes import mapping_pointer

__all__ = ["TOP_SECTIONS", "PartCollector", "iter_references_of"]

# 2.0 keeps its components at the top; some definitions of 3.x have such members too.
TOP_SECTIONS = frozenset(("definitions", "parameters", "responses", "securityDefinitions"))
_ID_KEYWORDS = ("$id", "$anchor", "$dynamicAnchor")


class PartCollector:
    """Takes in values of a definition and keeps the parts that they need.

    `parts` holds them by pointer, as `prepare` returns them. `elsewhere` holds by pointer what is
    referred to inside paths and webhooks, and does not count as there to `has`.
    """

    def __init__(
        self,
        definition: JSONObject,
        *,
        has: Callable[[str], bool],
        prepare: Callable[[str, JSONValue], JSONValue],
    ) -> None:
        self.parts: dict[str, JSONValue] = {}
        self.elsewhere: dict[str, JSONValue] = {}
        self._definition = definition
        self._has = has
        self._prepare = prepare
        self._families: dict[str, list[str]] | None = None
        self._named: dict[str, list[str]] | None = None
        self._expanded: set[str] = set()
        self._waiting: deque[JSONValue] = deque()

    def collect(self, values: Iterable[JSONValue]) -> None:
        """Keep what these values need, directly or through others."""
        self._waiting.extend(values)
        while self._waiting:
            for reference, is_base in iter_references_of(self._waiting.popleft()):
                for pointer in self._pointers_of(reference):
                    self.keep(pointer, is_base=is_base)

    def keep(self, pointer: str, *, is_base: bool = False) -> None:
        """Keep the part that a pointer leads into; what that needs waits for `collect`.

        Where a schema with a discriminator is used, each schema derived from it may turn up; that
        does not go for one that is merely the base of another.
        """
        part = _part_of(pointer)
        if part in self.parts:
            pass
        elif part:
            self._take(part, self.parts)
        elif pointer.startswith(("/paths/", "/webhooks/")) and not self._has(pointer):
            self._take(pointer, self.elsewhere)
        if not is_base and part not in self._expanded and "discriminator" in self._schema(part):
            self._expanded.add(part)
            for derived in self._derived_from(part):
                self.keep(derived, is_base=True)

    def _take(self, pointer: str, kept: dict[str, JSONValue]) -> None:
        value = locate(self._definition, split_pointer(pointer))
        if pointer not in kept and not isinstance(value, Missing):
            kept[pointer] = self._prepare(pointer, value)
            self._waiting.append(kept[pointer])

    def _schema(self, part: str) -> JSONObject:
        value = self.parts.get(part)
        return value if isinstance(value, dict) else {}

    def _pointers_of(self, reference: str) -> list[str]:
        """Where a reference leads: by pointer, else by the names that schemas give themselves."""
        if pointer := pointer_of(reference):
            return [pointer]
        if self._named is None:
            self._named = self._find_named()
        return self._named.get(reference.removesuffix("#"), [])

    def _derived_from(self, base: str) -> Iterator[str]:
        """The schemas that have this one in their `allOf`, directly or through others."""
        if self._families is None:
            self._families = self._find_families()
        waiting, seen = deque([base]), {base}
        while waiting:
            for derived in self._families.get(waiting.popleft(), ()):
                if derived not in seen:
                    seen.add(derived)
                    waiting.append(derived)
                    yield derived

    def _find_families(self) -> dict[str, list[str]]:
        families: dict[str, list[str]] = defaultdict(list)
        for pointer, schema in self._iter_schemas():
            for base in list_at(schema, "allOf"):
                if isinstance(base, dict) and isinstance(reference := base.get("$ref"), str):
                    families[pointer_of(reference)].append(pointer)
        return families

    def _find_named(self) -> dict[str, list[str]]:
        """Components by the identifiers and anchors in them, as references write these."""
        named: dict[str, list[str]] = defaultdict(list)
        for pointer, schema in self._iter_schemas():
            for value in _iter_objects_in(schema):
                for keyword in _ID_KEYWORDS:
                    name = value.get(keyword)
                    if isinstance(name, str):
                        named[name if keyword == "$id" else f"#{name}"].append(pointer)
        return named

    def _iter_schemas(self) -> Iterator[tuple[str, JSONObject]]:
        for section in ("/components/schemas", "/definitions"):
            schemas = locate(self._definition, split_pointer(section))
            for name, schema in (schemas if isinstance(schemas, dict) else {}).items():
                if isinstance(schema, dict):
                    yield join_pointer(section, name), schema


def iter_references_of(value: JSONValue) -> Iterator[tuple[str, bool]]:
    """Yield each reference in a value, and whether it names the base of an `allOf`.

    What `discriminator.mapping` names counts as a reference.
    """
    waiting: deque[tuple[JSONValue, bool]] = deque([(value, False)])
    while waiting:
        current, is_base = waiting.popleft()
        if isinstance(current, list):
            waiting.extend((item, False) for item in current)
        elif isinstance(current, dict):
            for keyword in ("$ref", "$dynamicRef"):
                if isinstance(reference := current.get(keyword), str):
                    yield reference, is_base
            for target in object_at(object_at(current, "discriminator"), "mapping").values():
                if isinstance(target, str):
                    yield reference_to(mapping_pointer(target)), False
            for key, member in current.items():
                if key == "allOf" and isinstance(member, list):
                    waiting.extend((item, True) for item in member)
                elif isinstance(member, dict | list):
                    waiting.append((member, False))


def _iter_objects_in(value: JSONValue) -> Iterator[JSONObject]:
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            yield current
            waiting.extend(current.values())
        elif isinstance(current, list):
            waiting.extend(current)


def _part_of(pointer: str) -> str:
    """The component or extension that a pointer leads into, "" for the rest of the document."""
    names = split_pointer(pointer)
    if names[:1] == ["components"]:
        return join_pointer("", *names[:3]) if len(names) > 2 else ""
    if names and names[0] in TOP_SECTIONS:
        return join_pointer("", *names[:2]) if len(names) > 1 else ""
    return join_pointer("", names[0]) if names and names[0].startswith("x-") else ""

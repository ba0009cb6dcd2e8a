"""Follow `$ref`: the only place that does, with a limit and without ever opening a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.pointers import MISSING, Missing, locate, pointer_of, split_pointer

__all__ = ["Resolved", "Resolver", "reference_to"]

HOPS = 100
# What a fragment may hold unencoded besides letters and digits (RFC 3986, 3.5), and braces,
# which real references leave as they are.
FRAGMENT = "/~!$&'()*+,;=:@?{}"
PROSE = ("summary", "description")
ADDED = frozenset(("properties", "patternProperties", "$defs"))


@lru_cache(maxsize=4096)
def reference_to(pointer: str) -> str:
    """Write the reference to a pointer; the opposite of `pointer_of`."""
    return "#" + quote(pointer, safe=FRAGMENT)


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where a chain of references led.

    `value` is the target ({} when there is none, `is_missing` then), `pointers` the way there:
    the first is what the definition names, the last is where the value stands.
    """

    value: JSONValue
    pointers: tuple[str, ...] = ()
    is_missing: bool = False


class Resolver:
    """Resolves references against the components an operation needs.

    `components` maps JSON pointers without "#", such as "/components/schemas/Company", to what
    stands there; "" stands for a whole definition. A pointer below one of them is found too.
    """

    def __init__(self, components: Mapping[str, JSONValue]) -> None:
        self._components = components

    def follow(self, value: JSONValue) -> Resolved:
        """Follow a Reference Object to the value it stands for; other values stand for themselves.

        A circle of nothing but references, a pointer to nowhere and a reference out of the
        document all count as missing.
        """
        pointers: list[str] = []
        while isinstance(value, dict) and isinstance(reference := value.get("$ref"), str):
            pointer = pointer_of(reference)
            found = self.find(pointer)
            if isinstance(found, Missing) or pointer in pointers or len(pointers) >= HOPS:
                return Resolved({}, (*pointers, pointer), is_missing=True)
            pointers.append(pointer)
            value = found
        return Resolved(value, tuple(pointers))

    def step(self, schema: JSONObject) -> tuple[str, JSONValue | Missing] | None:
        """Follow a schema's `$ref` once: its pointer and what stands there; None without one."""
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return None
        pointer = pointer_of(reference)
        return pointer, self.find(pointer)

    def find(self, pointer: str) -> JSONValue | Missing:
        """What stands at a pointer, MISSING when no component holds it."""
        if pointer in self._components:
            return self._components[pointer]
        names = split_pointer(pointer)
        end = len(pointer)
        for below in range(1, len(names) + 1):
            end = pointer.rfind("/", 0, end)
            holder = pointer[:end]
            if holder in self._components:
                return locate(self._components[holder], names[-below:])
        return MISSING

    def resolve(self, value: JSONValue) -> JSONValue:
        """Replace a reference by its target, with what stands beside the reference.

        Beside a Reference Object only `summary` and `description` count; beside the `$ref` of a
        schema all keywords do and win over the target's, properties being added to its. For a
        schema's exact meaning with `allOf` use `flatten_schema`. An unknown target gives {}.
        Source: OpenAPI 3.1.1, 4.8.23 and 4.8.24.
        """
        resolved = self.follow(value)
        if not resolved.pointers or not isinstance(value, dict):
            return resolved.value
        siblings = {key: member for key, member in value.items() if key != "$ref"}
        if not siblings or not isinstance(resolved.value, dict):
            return resolved.value
        if not is_schema_pointer(resolved.pointers[-1]):
            siblings = {key: siblings[key] for key in PROSE if key in siblings}
        return _overridden(resolved.value, siblings)


def is_schema_pointer(pointer: str) -> bool:
    """Whether a pointer leads to a schema rather than to another reusable object."""
    names = split_pointer(pointer)
    return not (len(names) == 3 and names[0] == "components" and names[1] != "schemas")


def _overridden(target: JSONObject, siblings: JSONObject) -> JSONObject:
    merged = {**target, **siblings}
    for keyword in ADDED:
        below, beside = target.get(keyword), siblings.get(keyword)
        if isinstance(below, dict) and isinstance(beside, dict):
            merged[keyword] = {**below, **beside}
    return merged

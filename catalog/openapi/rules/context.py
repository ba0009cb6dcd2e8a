"""What a rule gets to see, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.pointers import Missing, locate, pointer_of, split_pointer
from catalog.openapi.problems import Severity
from catalog.openapi.versions import Family
from catalog.openapi.visiting import Visited, iter_visited

__all__ = ["Context", "Finding", "Rule", "build_context"]

HOPS = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One break of a rule: where, and a whole sentence."""

    pointer: str
    message: str


@dataclass(frozen=True, slots=True)
class Context:
    """A bundled definition as rules look at it, walked once for all of them."""

    definition: JSONObject
    family: Family
    objects: dict[str, list[Visited]] = field(default_factory=dict)
    _targets: dict[str, JSONValue] = field(default_factory=dict, repr=False)

    def of(self, shape: str) -> list[Visited]:
        """All objects of a shape ("operation", "schema"...), in the order of the document."""
        return self.objects.get(shape, [])

    def resolve(self, value: JSONValue) -> JSONValue:
        """Follow the references of a value inside the definition; {} when they lead nowhere."""
        reference = value.get("$ref") if isinstance(value, dict) else None
        if not isinstance(reference, str):
            return value
        if reference not in self._targets:
            self._targets[reference] = self._follow(reference)
        return self._targets[reference]

    def _follow(self, reference: str) -> JSONValue:
        for _ in range(HOPS):
            found = locate(self.definition, split_pointer(pointer_of(reference) or "/\0"))
            if isinstance(found, Missing):
                break
            further = found.get("$ref") if isinstance(found, dict) else None
            if not isinstance(further, str):
                return found
            reference = further
        return {}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its stable name, how much breaking it matters, and the check itself."""

    name: str
    severity: Severity
    check: Callable[[Context], Iterator[Finding]]


def build_context(definition: JSONObject, family: Family) -> Context:
    """Walk a definition once and sort its objects by shape."""
    context = Context(definition, family)
    for visited in iter_visited(definition):
        context.objects.setdefault(visited.shape, []).append(visited)
    return context

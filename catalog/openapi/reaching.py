"""Which reusable parts of a definition an operation needs, near and far."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.pointers import Missing
from catalog.openapi.references import Resolver
from catalog.openapi.shapes import iter_references

__all__ = ["ReachFinder"]


class ReachFinder:
    """Finds what references lead to; remembers what each target itself refers to.

    Every target is read once, however many operations need it.
    """

    def __init__(self, definition: JSONObject) -> None:
        self._resolver = Resolver({"": definition})
        self._found: dict[str, JSONValue | Missing] = {}
        self._direct: dict[str, tuple[tuple[str, str], ...]] = {}

    def reach(self, value: JSONValue, shape: str) -> dict[str, JSONValue]:
        """What a value of that shape needs, directly or through others, nearest first.

        The keys are pointers. References that lead nowhere or out of the definition are left out.
        """
        return self.close(iter_references(value, shape))

    def close(self, references: Iterable[tuple[str, str]]) -> dict[str, JSONValue]:
        """The same from (pointer, shape) pairs, these being part of the result."""
        waiting = deque(references)
        found: dict[str, JSONValue] = {}
        while waiting:
            pointer, shape = waiting.popleft()
            value = self._find(pointer)
            if pointer in found or isinstance(value, Missing):
                continue
            found[pointer] = value
            waiting.extend(self._references_of(pointer, value, shape))
        return found

    def _find(self, pointer: str) -> JSONValue | Missing:
        if pointer not in self._found:
            self._found[pointer] = self._resolver.find(pointer)
        return self._found[pointer]

    def _references_of(
        self, pointer: str, value: JSONValue, shape: str
    ) -> tuple[tuple[str, str], ...]:
        if pointer not in self._direct:
            self._direct[pointer] = tuple(dict.fromkeys(iter_references(value, shape)))
        return self._direct[pointer]

"""Which reusable parts of a definition an operation needs, near and far."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.pointers import MISSING
from catalog.openapi.references import Resolver
from catalog.openapi.shapes import iter_references

__all__ = ["ReachFinder"]


class ReachFinder:
    """Finds what references lead to; remembers what each target itself refers to.

    Every target is read once, however many operations need it.
    """

    def __init__(self, definition: JSONObject) -> None:
        self._resolver = Resolver({"": definition})
        self._shapes: dict[str, str] = {}
        self._found: dict[str, Any] = {}
        self._direct: dict[str, tuple[str, ...]] = {}

    def reach(self, value: JSONValue, shape: str) -> dict[str, JSONValue]:
        """What a value of that shape needs, directly or through others, nearest first.

        The keys are pointers. References that lead nowhere or out of the definition are left out.
        """
        return self.close(iter_references(value, shape))

    def close(self, references: Iterable[tuple[str, str]]) -> dict[str, JSONValue]:
        """The same from (pointer, shape) pairs, these being part of the result.

        Goes level by level, with one operation on the whole of each: an operation of a large
        definition may reach a thousand components by ten thousand ways.
        """
        reached: dict[str, None] = {}
        level = self._note(references)
        while level:
            reached.update(dict.fromkeys(level))
            below = dict.fromkeys(chain.from_iterable(map(self._references_of, level)))
            level = tuple(pointer for pointer in below if pointer not in reached)
        return {pointer: self._found[pointer] for pointer in reached}

    def _references_of(self, pointer: str) -> tuple[str, ...]:
        known = self._direct.get(pointer)
        if known is None:
            references = iter_references(self._found[pointer], self._shapes[pointer])
            known = self._direct[pointer] = self._note(references)
        return known

    def _note(self, references: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        """The pointers that lead somewhere, each once; the first shape of each is its shape."""
        pointers: dict[str, None] = {}
        for pointer, shape in references:
            if pointer not in self._shapes:
                self._shapes[pointer] = shape
                self._found[pointer] = self._resolver.find(pointer)
            pointers[pointer] = None
        return tuple(one for one in pointers if self._found[one] is not MISSING)

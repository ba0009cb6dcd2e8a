"""Where the values of a JSON text stand: a descent that skips what is not asked for."""

from __future__ import annotations

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]  # typeshed leaves it out

from catalog.openapi.locations import Location, Target

__all__ = ["find_depth", "find_in_json"]

_BRACKET_OR_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}
_SPACE = re.compile(r"[ \t\n\r]*")
# Numbers as texts: quicker, and any length goes.
_SCAN = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode


def find_in_json(text: str, root: Target) -> None:
    """Fill in the locations of a tree of targets from a valid JSON text.

    Values that no target lies in are passed over by the C scanner, so that the cost is about one
    more parse. Recurses as deep as the pointers go.
    """
    search = _Search(text)
    search.visit(root, _skip_space(text, 0))
    search.place()


def find_depth(text: str, depth: int) -> Location:
    """Where the first object or array begins that has `depth` of them around and with it.

    The text may break off or be wrong behind that place.
    """
    level = 0
    for match in _BRACKET_OR_TEXT.finditer(text):
        level += _STEPS.get(match[0], 0)
        if level == depth:
            offset = match.start()
            return Location(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
    return Location(1, 1)


def _skip_space(text: str, offset: int) -> int:
    match = _SPACE.match(text, offset)
    return match.end() if match else offset


class _Search:
    """One descent: offsets first, lines and columns for all of them afterwards."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[tuple[int, Target, int, str | None]] = []

    def visit(self, target: Target, offset: int) -> int:
        """Search the value at an offset for the target's children; the offset behind it."""
        match self._text[offset]:
            case "{" if target.children:
                return self._visit_object(target, offset + 1)
            case "[" if target.children:
                return self._visit_array(target, offset + 1)
        return int(_SCAN(self._text, offset)[1])

    def place(self) -> None:
        """Turn offsets into lines and columns, counting line ends once."""
        line, start, counted = 1, 0, 0
        places: dict[int, tuple[int, int]] = {}
        for offset in sorted({found[0] for found in self._found}):
            line += self._text.count("\n", counted, offset)
            start = max(start, self._text.rfind("\n", counted, offset) + 1)
            counted = offset
            places[offset] = (line, offset - start + 1)
        for offset, target, index, written in self._found:
            line, column = places[offset]
            target.locations[index] = Location(line, column, written)

    def _visit_object(self, target: Target, offset: int) -> int:
        text = self._text
        offset = _skip_space(text, offset)
        while text[offset] != "}":
            key_offset = offset
            name, offset = scanstring(text, offset + 1, True)
            offset = _skip_space(text, _skip_space(text, offset) + 1)
            offset = self._visit_child(target.children.get(name), key_offset, offset)
            offset = self._next(offset)
        return offset + 1

    def _visit_array(self, target: Target, offset: int) -> int:
        offset = _skip_space(self._text, offset)
        index = 0
        while self._text[offset] != "]":
            offset = self._visit_child(target.children.get(str(index)), offset, offset)
            offset = self._next(offset)
            index += 1
        return offset + 1

    def _visit_child(self, child: Target | None, shown: int, offset: int) -> int:
        if child is None:
            return int(_SCAN(self._text, offset)[1])
        index = len(child.locations)
        child.locations.append(Location(0, 0))
        end = self.visit(child, offset)
        is_scalar = self._text[offset] not in "{["
        self._found.append((shown, child, index, self._text[offset:end] if is_scalar else None))
        return end

    def _next(self, offset: int) -> int:
        offset = _skip_space(self._text, offset)
        return _skip_space(self._text, offset + 1) if self._text[offset] == "," else offset

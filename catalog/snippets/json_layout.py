"""JSON text laid out for reading: only white space changes, numbers and keys stay as written."""

from __future__ import annotations

import re

__all__ = ["indent_json"]

LEXEME = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+')
INDENT = "  "
CLOSING = {"{": "}", "[": "]"}


def indent_json(text: str) -> str:
    """Put each member of valid JSON on a line of its own, two spaces deeper per level."""
    lexemes = LEXEME.findall(text)
    parts: list[str] = []
    depth = 0
    for position, lexeme in enumerate(lexemes):
        previous = lexemes[position - 1] if position else ""
        if lexeme in "}]":
            depth -= 1
            parts.append(lexeme if CLOSING.get(previous) == lexeme else _line(depth) + lexeme)
            continue
        parts.append(_line(depth) + lexeme if previous in ("{", "[", ",") else lexeme)
        if lexeme == ":":
            parts.append(" ")
        depth += lexeme in "{["
    return "".join(parts)


def _line(depth: int) -> str:
    return "\n" + INDENT * depth

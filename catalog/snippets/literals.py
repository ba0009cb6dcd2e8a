"""Literals and indentation that JavaScript and Python samples share."""

from __future__ import annotations

import json
from textwrap import indent

__all__ = ["indent_rest", "string_literal"]


def string_literal(text: str) -> str:
    """A text as a literal in double quotes that both languages read alike."""
    return json.dumps(text, ensure_ascii=False)


def indent_rest(text: str, spaces: int) -> str:
    """Move all lines but the first to the right; only for text without line breaks in literals."""
    first, separator, rest = text.partition("\n")
    return first + separator + indent(rest, " " * spaces)

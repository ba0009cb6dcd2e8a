"""Invent a string that a regular expression matches, without ever running the expression.

Definitions are untrusted and a pattern of 26 characters can hang Python's `re` for seconds, so
patterns are read by a small parser of our own and written out under a budget. It knows what
patterns of real definitions consist of: literals, classes, groups, alternatives, quantifiers and
anchors (ECMA-262, 22.2.1). Anything else gives no sample.
"""

from __future__ import annotations

from catalog.openapi.pattern_parsing import (
    Chars,
    Choice,
    Node,
    Repeat,
    Sequence,
    UnsupportedPattern,
    parse_pattern,
)

__all__ = ["sample_pattern"]

STEPS = 5_000
OPTIONS = 3


def sample_pattern(
    pattern: str, *, min_length: int = 0, max_length: int | None = None
) -> str | None:
    """A string the pattern matches, of a length within the bounds where that is possible.

    None when the pattern is beyond the parser, or when no string within the bounds was found.
    """
    try:
        tree = parse_pattern(pattern)
        for option in range(OPTIONS):
            text = _write_to_length(tree, option, min_length)
            if len(text) >= min_length and (max_length is None or len(text) <= max_length):
                return text
    except UnsupportedPattern:
        return None
    return None


def _write_to_length(tree: Node, option: int, min_length: int) -> str:
    shortest = _Writer(option, spare=0).write(tree)
    if len(shortest) >= min_length:
        return shortest
    return _Writer(option, spare=min_length - len(shortest)).write(tree)


class _Writer:
    """Writes one string: the given option of each choice, `spare` characters beyond the least."""

    def __init__(self, option: int, *, spare: int) -> None:
        self._option = option
        self._spare = spare
        self._steps = STEPS

    def write(self, node: Node, turn: int = 0) -> str:
        """Write a node; `turn` counts its repetitions and picks the character of a class."""
        self._steps -= 1
        if self._steps <= 0:
            raise UnsupportedPattern
        match node:
            case Chars(choices):
                return choices[turn % len(choices)]
            case Sequence(members):
                return "".join(self.write(member) for member in members)
            case Choice(options):
                return self.write(options[min(self._option, len(options) - 1)])
            case _:
                return self._repeat(node)

    def _repeat(self, node: Repeat) -> str:
        if node.minimum > STEPS:
            raise UnsupportedPattern
        written = [self.write(node.node, turn) for turn in range(node.minimum)]
        while self._spare > 0 and (node.maximum is None or len(written) < node.maximum):
            more = self.write(node.node, len(written))
            self._spare -= len(more)
            written.append(more)
        return "".join(written)

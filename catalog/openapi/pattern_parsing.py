"""Parse the regular expressions of schemas, as far as samples need it (ECMA-262, 22.2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from catalog.openapi.pattern_classes import (
    ANY,
    PatternText,
    UnsupportedPattern,
    read_class,
    read_escape,
)

__all__ = ["Chars", "Choice", "Node", "Repeat", "Sequence", "UnsupportedPattern", "parse_pattern"]

GROUP_DEPTH = 20
PATTERN_LENGTH = 2_000
ZERO_WIDTH_ESCAPES = "bAzZ"


@dataclass(frozen=True, slots=True)
class Chars:
    """One character out of these, never none."""

    choices: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    members: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of these."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A node several times; no maximum is None."""

    node: Node
    minimum: int
    maximum: int | None


Node: TypeAlias = "Chars | Sequence | Choice | Repeat"

NOTHING = Sequence(())


def parse_pattern(pattern: str) -> Node:
    """Read a pattern into a tree. Raises UnsupportedPattern for what the parser does not know.

    Anchors and negative lookarounds become nothing: a sample written without them nearly always
    satisfies them.
    """
    if len(pattern) > PATTERN_LENGTH:
        raise UnsupportedPattern
    text = PatternText(pattern)
    node = _read_choice(text, depth=0)
    if not text.at_end:
        raise UnsupportedPattern
    return node


def _read_choice(text: PatternText, *, depth: int) -> Node:
    if depth > GROUP_DEPTH:
        raise UnsupportedPattern
    options = [_read_sequence(text, depth=depth)]
    while text.take("|"):
        options.append(_read_sequence(text, depth=depth))
    return options[0] if len(options) == 1 else Choice(tuple(options))


def _read_sequence(text: PatternText, *, depth: int) -> Node:
    members: list[Node] = []
    while not text.at_end and text.peek not in "|)":
        atom = _read_atom(text, depth=depth)
        members.append(_read_quantifier(text, atom))
    return members[0] if len(members) == 1 else Sequence(tuple(members))


def _read_atom(text: PatternText, *, depth: int) -> Node:
    match text.next():
        case "^" | "$":
            return NOTHING
        case ".":
            return Chars(ANY)
        case "(":
            return _read_group(text, depth=depth)
        case "[":
            return Chars(read_class(text))
        case "\\" if not text.at_end and text.peek in ZERO_WIDTH_ESCAPES:
            text.next()
            return NOTHING
        case "\\":
            return Chars(read_escape(text))
        case "*" | "+" | "?":
            raise UnsupportedPattern
        case character:
            return Chars(character)


def _read_group(text: PatternText, *, depth: int) -> Node:
    is_nothing = False
    if text.take("?"):
        if text.take("!") or text.take("<!"):
            is_nothing = True
        elif text.take("<") and text.peek not in "=!":
            text.skip_to(">")
        elif not text.take(":"):
            raise UnsupportedPattern
    node = _read_choice(text, depth=depth + 1)
    text.expect(")")
    return NOTHING if is_nothing else node


def _read_quantifier(text: PatternText, atom: Node) -> Node:
    bounds = _read_bounds(text)
    if bounds is None:
        return atom
    text.take("?")
    minimum, maximum = bounds
    if maximum is not None and maximum < minimum:
        raise UnsupportedPattern
    return Repeat(atom, minimum, maximum)


def _read_bounds(text: PatternText) -> tuple[int, int | None] | None:
    if text.take("*"):
        return 0, None
    if text.take("+"):
        return 1, None
    if text.take("?"):
        return 0, 1
    if not text.take("{"):
        return None
    minimum = text.number()
    maximum: int | None = minimum
    if text.take(","):
        maximum = None if not text.at_end and text.peek == "}" else text.number()
    text.expect("}")
    return minimum, maximum

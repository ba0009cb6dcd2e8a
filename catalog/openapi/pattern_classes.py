"""Character classes and escapes of regular expressions, as the characters to pick from."""

from __future__ import annotations

import string

__all__ = ["ANY", "PatternText", "UnsupportedPattern", "read_class", "read_escape"]

RANGE = 200
NUMBER_DIGITS = 6

DIGITS = "1234567890"
WORD = string.ascii_lowercase + string.ascii_uppercase + DIGITS + "_"
SPACE = " \t\n"
PUNCTUATION = "-.,:;!?@#$%&*+=/()<>[]{}|~^'\"`\\"
ANY = WORD + PUNCTUATION + " "
SHORTHANDS = {
    "d": DIGITS,
    "w": WORD,
    "s": SPACE,
    "D": string.ascii_lowercase + PUNCTUATION,
    "W": PUNCTUATION,
    "S": WORD + PUNCTUATION,
}
CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
UNICODE = {
    **dict.fromkeys(("L", "Letter", "Ll", "Alphabetic", "Lowercase"), string.ascii_lowercase),
    **dict.fromkeys(("Lu", "Uppercase"), string.ascii_uppercase),
    **dict.fromkeys(("N", "Nd", "Number"), DIGITS),
    **dict.fromkeys(("P", "Punctuation"), ".,:;!?-"),
    **dict.fromkeys(("Z", "Zs"), " "),
}


class UnsupportedPattern(Exception):
    """The pattern uses something samples cannot be made for."""


class PatternText:
    """A pattern being read from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    @property
    def at_end(self) -> bool:
        """Whether everything is read."""
        return self._at >= len(self._pattern)

    @property
    def peek(self) -> str:
        """The next character, not yet read. Raises UnsupportedPattern at the end."""
        if self.at_end:
            raise UnsupportedPattern
        return self._pattern[self._at]

    def next(self) -> str:
        """Read one character."""
        character = self.peek
        self._at += 1
        return character

    def take(self, expected: str) -> bool:
        """Read that text if it comes next, and tell so."""
        if not self._pattern.startswith(expected, self._at):
            return False
        self._at += len(expected)
        return True

    def expect(self, expected: str) -> None:
        """Read that text, which must come next."""
        if not self.take(expected):
            raise UnsupportedPattern

    def skip_to(self, end: str) -> str:
        """Read up to that text and over it; gives what stood before it."""
        found = self._pattern.find(end, self._at)
        if found < 0:
            raise UnsupportedPattern
        skipped = self._pattern[self._at : found]
        self._at = found + len(end)
        return skipped

    def number(self) -> int:
        """Read a decimal number."""
        digits = ""
        while not self.at_end and self.peek in string.digits:
            digits += self.next()
        if not digits or len(digits) > NUMBER_DIGITS:
            raise UnsupportedPattern
        return int(digits)


def read_escape(text: PatternText) -> str:
    """The characters an escape stands for, its backslash being read."""
    character = text.next()
    if character in SHORTHANDS:
        return SHORTHANDS[character]
    if character in CONTROLS:
        return CONTROLS[character]
    if character in "pP":
        return _read_property(text, negated=character == "P")
    if character in "xu":
        return _read_code_point(text, digits=2 if character == "x" else 4)
    if character.isalnum():
        raise UnsupportedPattern
    return character


def _read_property(text: PatternText, *, negated: bool) -> str:
    text.expect("{")
    known = UNICODE.get(text.skip_to("}"))
    if known is None or negated:
        raise UnsupportedPattern
    return known


def _read_code_point(text: PatternText, *, digits: int) -> str:
    written = text.skip_to("}") if text.take("{") else _next(text, digits)
    if not written or len(written) > NUMBER_DIGITS or set(written) - set(string.hexdigits):
        raise UnsupportedPattern
    code_point = int(written, 16)
    if code_point > 0x10FFFF or 0xD800 <= code_point <= 0xDFFF:
        raise UnsupportedPattern
    return chr(code_point)


def _next(text: PatternText, count: int) -> str:
    return "".join(text.next() for _ in range(count))


def read_class(text: PatternText) -> str:
    """The characters of a class in brackets, its opening one being read; never none."""
    negated = text.take("^")
    chosen: list[str] = []
    while not text.take("]"):
        chosen.append(_read_range(text))
    members = "".join(chosen)
    if negated:
        members = "".join(character for character in ANY if character not in members)
    if not members:
        raise UnsupportedPattern
    return members


def _read_range(text: PatternText) -> str:
    first = _read_member(text)
    if not text.take("-"):
        return first
    if text.peek == "]":
        return first + "-"
    last = _read_member(text)
    if len(first) != 1 or len(last) != 1:
        return first + "-" + last
    end = min(ord(last), ord(first) + RANGE)
    return "".join(chr(point) for point in range(ord(first), end + 1) if not _is_surrogate(point))


def _is_surrogate(point: int) -> bool:
    return 0xD800 <= point <= 0xDFFF


def _read_member(text: PatternText) -> str:
    """One character of a class, or those of a shorthand in it; "\\b" is a backspace here."""
    character = text.next()
    if character != "\\":
        return character
    if text.take("b"):
        return "\b"
    return read_escape(text)

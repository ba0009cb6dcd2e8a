"""Writing YAML that readers of YAML 1.1 and 1.2 alike take for the same value.

Block style, two spaces. A text is written plain only when no reader can take it for anything
else, as a literal block when it has several lines that survive one, and between double quotes
otherwise. Sources: YAML 1.2.2, 5.1, 5.7, 7.3, 8.1; YAML 1.1 and its tag repository.
"""

from __future__ import annotations

import re
from json.encoder import encode_basestring

from catalog.openapi.json_values import JSONObject, JSONValue

__all__ = ["write_yaml"]

# Not printable in YAML, a line break in YAML 1.1 only, or white space that is easily lost.
_UNSAFE = "\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff"
_TO_ESCAPE = re.compile(f"[{_UNSAFE}]")

# A text that begins so is no number, date, merge key or indicator in any version of YAML. An
# exponent alone is none either, but some readers of YAML 1.1 think so (npm's `yaml`).
_PLAIN_START = re.compile(r"(?![eE][-+]?[0-9_]+\Z)(?:[^\W\d_]|[/$])")
# What ends a plain text early or gets lost in it. Searched for rather than matched: one pass over
# texts of any length.
_NOT_PLAIN = re.compile(rf"[\x00-\x1f{_UNSAFE}]|:(?: |\Z)| (?:#|\Z)")
# Words that YAML 1.1 reads as booleans or null, in any case.
_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))

# The first line shows the indentation, so it begins with no white space; lines of white space and
# lines that begin with a tab are where readers differ.
_NOT_LITERAL = re.compile(
    rf"\A[ \n]|^[ \t]+$|^\t|[\x00-\x08\x0b-\x1f{_UNSAFE}]",
    re.MULTILINE,
)

# Parsers take at most 1024 characters for a key that has no "?" before it.
LONGEST_KEY = 1000
STEP = "  "


def write_yaml(value: JSONValue) -> str:
    """The value as a YAML document, keys in their order, ending in a line end.

    Texts hold no lone surrogates and numbers are finite, as in everything that was parsed.
    """
    writer = _Writer()
    writer.write(value, "", "")
    return "".join(writer.parts).lstrip(" ")


class _Writer:
    """Collects the parts of a document; renders each text that repeats only once."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._keys: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    def write(self, value: JSONValue, lead: str, indent: str) -> None:
        """Write a value behind `lead`, which ends in a colon, a dash or nothing.

        `indent` is that of the lines of a block that begins below.
        """
        if isinstance(value, str):
            self.parts.append(f"{lead} {self._text(value, indent)}\n")
        elif isinstance(value, dict) and value:
            self._write_object(value, lead, indent)
        elif isinstance(value, list) and value:
            self._write_array(value, lead, indent)
        else:
            self.parts.append(f"{lead} {_constant(value)}\n")

    def _write_object(self, members: JSONObject, lead: str, indent: str) -> None:
        start = self._start(lead, indent)
        below = indent + STEP
        keys = self._keys
        for key, value in members.items():
            name = keys.get(key) or self._key(key)
            if len(name) > LONGEST_KEY:
                name = f"? {name}\n{indent}"
            self.write(value, f"{start}{name}:", below)
            start = indent

    def _write_array(self, items: list[JSONValue], lead: str, indent: str) -> None:
        start = self._start(lead, indent)
        below = indent + STEP
        for item in items:
            self.write(item, f"{start}-", below)
            start = indent

    def _start(self, lead: str, indent: str) -> str:
        """What the first line of a block begins with: behind a dash it stands on the same line."""
        if lead.endswith("-"):
            return f"{lead} "
        if lead:
            self.parts.append(f"{lead}\n")
        return indent

    def _key(self, key: str) -> str:
        name = self._keys[key] = _quote(key) if _is_risky(key) else key
        return name

    def _text(self, text: str, indent: str) -> str:
        written = self._texts.get(text)
        if written is not None:
            return written
        if "\n" in text:
            return _literal(text, indent) or _quote(text)
        written = self._texts[text] = _quote(text) if _is_risky(text) else text
        return written


def _is_risky(text: str) -> bool:
    if not _PLAIN_START.match(text) or _NOT_PLAIN.search(text):
        return True
    return text.lower() in _WORDS


def _quote(text: str) -> str:
    """A double-quoted scalar: JSON's escapes are YAML's too, and a few more are needed."""
    quoted: str = encode_basestring(text)
    return _TO_ESCAPE.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)


def _literal(text: str, indent: str) -> str | None:
    """A literal block scalar, None where readers would not all give the text back."""
    if not indent or _NOT_LITERAL.search(text):
        return None
    stripped = text.rstrip("\n")
    ends = len(text) - len(stripped)
    chomping = "-" if ends == 0 else "" if ends == 1 else "+"
    lines = "\n".join(indent + line if line else "" for line in stripped.split("\n"))
    return f"|{chomping}\n{lines}" + "\n" * max(ends - 1, 0)


def _constant(value: JSONValue) -> str:
    match value:
        case None:
            return "null"
        case True:
            return "true"
        case False:
            return "false"
        case float():
            return _float(value)
        case dict():
            return "{}"
        case list():
            return "[]"
    return str(value)


def _float(value: float) -> str:
    """A float as YAML 1.1 takes it for one: with a point, and a sign in the exponent."""
    text = repr(value)
    mantissa, e, exponent = text.partition("e")
    return f"{mantissa}.0e{exponent}" if e and "." not in mantissa else text

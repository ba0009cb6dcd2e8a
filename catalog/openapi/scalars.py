"""What a plain YAML scalar means.

Source: YAML 1.2.2, 10.3.2 (core schema, tag resolution).
"""

from __future__ import annotations

import re

from catalog.openapi.json_values import JSONValue

__all__ = ["NotJSONError", "resolve_scalar"]

_CONSTANTS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NUMBER_STARTS = frozenset("+-.0123456789")
# More than any real number has, and few enough for Python to write them again.
DIGITS = 1000
_DECIMAL = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NON_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


class NotJSONError(ValueError):
    """A scalar that JSON has no form for: infinity, not-a-number, an endless integer."""


def resolve_scalar(text: str) -> JSONValue:
    """The value of a plain scalar: null, boolean, integer, float, else the text itself.

    Raises NotJSONError for numbers that are not finite or have thousands of digits.
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    return _resolve_number(text)


def _resolve_number(text: str) -> JSONValue:
    if _DECIMAL.fullmatch(text) or _BASED.fullmatch(text):
        return _integer(text)
    if _NON_FINITE.fullmatch(text):
        raise NotJSONError("it is not a finite number")
    if not _FLOAT.fullmatch(text):
        return text
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise NotJSONError("it is too large a number")
    return number


def _integer(text: str) -> int:
    if len(text) > DIGITS:
        raise NotJSONError("it has too many digits")
    return int(text, 0 if text.startswith(("0o", "0x")) else 10)

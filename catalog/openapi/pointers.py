"""JSON pointers (RFC 6901): writing, reading and following them."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote

from catalog.openapi.json_values import JSONValue

__all__ = ["MISSING", "Missing", "join_pointer", "locate", "pointer_of", "split_pointer"]

# Longer indexes than any list, short enough for int().
INDEX_DIGITS = 9


class Missing:
    """The type of MISSING, which stands for "no such value" where None is a value."""

    __slots__ = ()


MISSING = Missing()


def join_pointer(pointer: str, *names: str | int) -> str:
    """Lengthen a pointer by member names and list indexes, escaping them."""
    escaped = (str(name).replace("~", "~0").replace("/", "~1") for name in names)
    return "/".join((pointer, *escaped))


def split_pointer(pointer: str) -> list[str]:
    """The unescaped names a pointer consists of; the empty pointer has none."""
    return [name.replace("~1", "/").replace("~0", "~") for name in pointer.split("/")[1:]]


def pointer_of(reference: str) -> str:
    """The pointer of a reference inside the document, percent-decoded: `#/a%20b` is "/a b".

    A reference to another document, to an anchor or to the whole document gives "".
    Source: RFC 6901, 6.
    """
    if not reference.startswith("#/"):
        return ""
    return unquote(reference[1:]) if "%" in reference else reference[1:]


def locate(value: JSONValue, names: Iterable[str]) -> JSONValue | Missing:
    """The value that unescaped names lead to from a value, or MISSING."""
    for name in names:
        if isinstance(value, dict) and name in value:
            value = value[name]
        elif isinstance(value, list) and _is_index(name) and int(name) < len(value):
            value = value[int(name)]
        else:
            return MISSING
    return value


def _is_index(name: str) -> bool:
    return name.isascii() and name.isdigit() and len(name) <= INDEX_DIGITS

"""JSON pointers, by the examples of RFC 6901."""

from __future__ import annotations

import pytest

from catalog.openapi.json_values import JSONValue
from catalog.openapi.pointers import MISSING, join_pointer, locate, pointer_of, split_pointer

DOCUMENT: JSONValue = {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "m~n": 8, " ": 7}


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("", DOCUMENT),
        ("/foo", ["bar", "baz"]),
        ("/foo/1", "baz"),
        ("/", 0),
        ("/a~1b", 1),
        ("/c%d", 2),
        ("/m~0n", 8),
        ("/ ", 7),
        ("/foo/2", MISSING),
        ("/foo/-", MISSING),
        ("/foo/²", MISSING),
        ("/foo/99999999999999999999", MISSING),
        ("/foo/0/bar", MISSING),
        ("/nothing", MISSING),
    ],
)
def test_pointer_leads_to_its_value(pointer: str, value: object) -> None:
    assert locate(DOCUMENT, split_pointer(pointer)) == value


def test_names_are_escaped_when_joined() -> None:
    assert join_pointer("/a", "b/c", "~1", 0) == "/a/b~1c/~01/0"
    assert split_pointer("/a/b~1c/~01/0") == ["a", "b/c", "~1", "0"]


@pytest.mark.parametrize(
    ("reference", "pointer"),
    [
        ("#/a/b", "/a/b"),
        ("#/a%20b/%7Bc%7D", "/a b/{c}"),
        ("#/a+b", "/a+b"),
        ("#", ""),
        ("#anchor", ""),
        ("other.yaml#/a", ""),
    ],
)
def test_reference_inside_the_document_has_a_pointer(reference: str, pointer: str) -> None:
    assert pointer_of(reference) == pointer

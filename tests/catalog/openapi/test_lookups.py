from __future__ import annotations

import pytest

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.lookups import as_object, flag_at, iter_objects, list_at, object_at, text_at

NONSENSE: JSONObject = {"text": "a", "number": 1.1, "flag": True, "list": [1], "object": {"a": 1}}


@pytest.mark.parametrize("key", ["text", "number", "flag", "list", "missing"])
def test_what_is_no_object_counts_as_an_empty_one(key: str) -> None:
    assert object_at(NONSENSE, key) == {}


@pytest.mark.parametrize("key", ["text", "number", "flag", "object", "missing"])
def test_what_is_no_array_counts_as_an_empty_one(key: str) -> None:
    assert list_at(NONSENSE, key) == []


def test_objects_and_arrays_come_as_they_are() -> None:
    assert object_at(NONSENSE, "object") == {"a": 1}
    assert list_at(NONSENSE, "list") == [1]
    assert as_object(None) == {}


@pytest.mark.parametrize(
    ("key", "text"),
    [("text", "a"), ("number", "1.1"), ("flag", ""), ("list", ""), ("missing", "")],
)
def test_text_is_a_string_or_a_number_as_it_prints(key: str, text: str) -> None:
    assert text_at(NONSENSE, key) == text


@pytest.mark.parametrize(("value", "is_set"), [(True, True), (1, False), ("true", False)])
def test_only_true_sets_a_flag(value: JSONValue, is_set: bool) -> None:
    assert flag_at({"flag": value}, "flag") is is_set


def test_only_objects_of_an_array_are_iterated() -> None:
    assert list(iter_objects([1, {"a": 1}, None, []])) == [{"a": 1}]

"""JSON laid out for reading."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.snippets.json_layout import indent_json

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", "{}"),
        ("[ ]", "[]"),
        ('{"a":1,"a":1.50}', '{\n  "a": 1,\n  "a": 1.50\n}'),
        ("[1e5,[],{}]", "[\n  1e5,\n  [],\n  {}\n]"),
        ('["a,{\\"[:"]', '[\n  "a,{\\"[:"\n]'),
        ('{"a":{"b":[true]}}', '{\n  "a": {\n    "b": [\n      true\n    ]\n  }\n}'),
    ],
)
def test_only_white_space_changes(text: str, expected: str) -> None:
    assert indent_json(text) == expected


@given(values)
def test_layout_is_that_of_the_standard_library(value: object) -> None:
    assert indent_json(json.dumps(value)) == json.dumps(value, indent=2)

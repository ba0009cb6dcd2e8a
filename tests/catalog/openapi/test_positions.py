"""Lines and columns in JSON and YAML sources."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.openapi.json_positions import find_depth
from catalog.openapi.limits import Limits
from catalog.openapi.locations import Location
from catalog.openapi.parsing import parse_document
from catalog.openapi.pointers import join_pointer
from catalog.openapi.positions import SourceFormat, find_written, locate_pointers
from catalog.openapi.writing import render_json, render_yaml

YAML = """\
openapi: 3.1.0   # a comment
info: {title: A, version: 1.10}
paths:
  "/a/{b}":
    get:
      tags:
      - one
      - *two
    <<: &x {put: {}}
? longer
: - - 1
    - 2
"""

JSON = """{
  "openapi" : "3.1.0", "info":
    {"title": "A \\" }", "version": 1.10},
  "list": [ [], {"a/b": null} ,
    -2.5e3
  ], "a": 1, "a": 2 }"""


@pytest.mark.parametrize(
    ("pointer", "line", "column"),
    [
        ("", 1, 1),
        ("/openapi", 1, 1),
        ("/info/version", 2, 18),
        ("/paths/~1a~1{b}", 4, 3),
        ("/paths/~1a~1{b}/get/tags/0", 7, 9),
        ("/paths/~1a~1{b}/get/tags/1", 8, 9),
        ("/longer", 10, 3),
        ("/longer/0/1", 12, 7),
    ],
)
def test_value_of_yaml_stands_where_its_key_or_item_begins(
    pointer: str, line: int, column: int
) -> None:
    location = locate_pointers(YAML, "yaml", [pointer])[pointer]

    assert (location.line, location.column) == (line, column)


@pytest.mark.parametrize(
    ("pointer", "line", "column"),
    [
        ("", 1, 1),
        ("/openapi", 2, 3),
        ("/info", 2, 24),
        ("/info/version", 3, 25),
        ("/list/0", 4, 13),
        ("/list/1/a~1b", 4, 18),
        ("/list/2", 5, 5),
        ("/a", 6, 14),
    ],
)
def test_value_of_json_stands_where_its_key_or_item_begins(
    pointer: str, line: int, column: int
) -> None:
    location = locate_pointers(JSON, "json", [pointer])[pointer]

    assert (location.line, location.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "source_format", "pointer", "line"),
    [
        pytest.param(YAML, "yaml", "/info/licence/name", 2, id="yaml-member"),
        pytest.param(YAML, "yaml", "/paths/~1a~1{b}/put/tags", 4, id="yaml-merged"),
        pytest.param(YAML, "yaml", "/openapi/0", 1, id="yaml-below-a-text"),
        pytest.param(JSON, "json", "/list/7/x", 4, id="json-item"),
        pytest.param(JSON, "json", "/nothing", 1, id="json-member"),
    ],
)
def test_what_the_source_lacks_stands_at_its_nearest_ancestor(
    text: str, source_format: SourceFormat, pointer: str, line: int
) -> None:
    assert locate_pointers(text, source_format, [pointer])[pointer].line == line


def test_scalar_document_has_only_its_start() -> None:
    assert locate_pointers("text", "yaml", ["/a"])["/a"].line == 1
    assert locate_pointers("", "yaml", ["/a"])["/a"].line == 1
    assert locate_pointers(" 1", "json", ["/a"])["/a"].line == 1


def test_scalars_are_found_as_they_are_written() -> None:
    pointers = ["/info/version", "/info/none", "/info", "/openapi"]

    assert find_written(YAML, "yaml", pointers) == {"/info/version": "1.10", "/openapi": "3.1.0"}
    assert find_written(JSON, "json", pointers) == {"/info/version": "1.10", "/openapi": '"3.1.0"'}


documents: st.SearchStrategy[Any] = st.dictionaries(
    st.text(st.characters(codec="utf-8"), max_size=4),
    st.recursive(
        st.one_of(st.none(), st.integers(0, 9), st.text(st.characters(codec="utf-8"), max_size=4)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(st.text("ab/~\n", max_size=3), inner)
        ),
        max_leaves=8,
    ),
    max_size=3,
)


@given(documents)
def test_json_and_yaml_sources_place_every_scalar_alike(document: dict[str, Any]) -> None:
    wanted = dict(iter_scalars("", document))
    as_json, as_yaml = render_json(document).decode(), render_yaml(document).decode()

    in_json = find_written(as_json, "json", wanted)
    in_yaml = find_written(as_yaml, "yaml", wanted)

    assert {pointer: json.loads(text) for pointer, text in in_json.items()} == wanted
    assert in_yaml == {pointer: as_text(value) for pointer, value in wanted.items()}
    assert parse_document(as_yaml.encode(), Limits()).value == document


def iter_scalars(pointer: str, value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        members = value.items()
    elif isinstance(value, list):
        members = dict(enumerate(value)).items()
    else:
        return [(pointer, value)] if pointer else []
    return [
        found
        for name, below in members
        for found in iter_scalars(join_pointer(pointer, name), below)
    ]


def as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def test_text_that_is_not_so_deep_has_its_beginning_for_a_place() -> None:
    assert find_depth('{"a": []}', 3) == Location(1, 1)
    assert find_depth('{"a": []}', 2) == Location(1, 7)

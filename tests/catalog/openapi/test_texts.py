"""Texts that YAML takes for numbers."""

from __future__ import annotations

from catalog.openapi.json_values import JSONObject
from catalog.openapi.limits import Limits
from catalog.openapi.parsing import parse_document
from catalog.openapi.texts import keep_written_texts


def read(source: str) -> tuple[JSONObject, JSONObject]:
    parsed = parse_document(source.encode(), Limits())
    assert isinstance(parsed.value, dict)
    return parsed.value, keep_written_texts(parsed, parsed.value)


def test_texts_keep_the_characters_of_the_source() -> None:
    before, after = read("""
        openapi: 3.10
        info: {title: 007, version: 1.10, x-number: 1.10}
        tags: [{name: 1.0}, {name: text}]
        paths:
          /a:
            get: {operationId: 1e3, tags: [2.50, b], deprecated: true, x: 1.50}
        webhooks:
          w: {post: {summary: true}}
        """)

    assert after == {
        "openapi": "3.10",
        "info": {"title": "007", "version": "1.10", "x-number": 1.1},
        "tags": [{"name": "1.0"}, {"name": "text"}],
        "paths": {
            "/a": {
                "get": {"operationId": "1e3", "tags": ["2.50", "b"], "deprecated": True, "x": 1.5}
            }
        },
        "webhooks": {"w": {"post": {"summary": "true"}}},
    }
    assert list(after) == list(before)


def test_number_of_json_is_written_as_it_stands() -> None:
    assert read('{"info": {"version": 1.10}}')[1] == {"info": {"version": "1.10"}}


def test_definition_is_not_altered() -> None:
    before, _ = read("info: {version: 1.10}")

    assert before == {"info": {"version": 1.1}}


def test_definition_without_such_texts_is_the_same_object() -> None:
    before, after = read("info: {version: '1', title: null}\npaths: []\ntags: 1\n")

    assert after is before


def test_text_behind_an_alias_is_left_to_the_reader() -> None:
    _, after = read("x: &i {version: 1.10}\ninfo: *i\n")

    assert after == {"x": {"version": 1.1}, "info": {"version": 1.1}}

"""Paths that nothing can tell apart, and paths that are none."""

from __future__ import annotations

from catalog.openapi.json_values import JSONObject
from tests.catalog.openapi.rules.findings import broken


def paths(*names: str) -> JSONObject:
    return {"paths": {name: {} for name in names}}


def test_paths_that_differ_by_their_variables_alone_are_told() -> None:
    definition = paths("/a/{b}", "/a/{c}", "/a/b", "/a/{b}/d", "/{a}/{b}", "/{b}/{a}", "x-a/{b}")

    assert broken(definition, "ambiguous-path") == [
        ("/paths/~1a~1{c}", "No request can tell “/a/{c}” from “/a/{b}”."),
        ("/paths/~1{b}~1{a}", "No request can tell “/{b}/{a}” from “/{a}/{b}”."),
    ]


def test_path_begins_with_a_slash() -> None:
    definition = paths("a", "/b", "x-c", "")

    assert broken(definition, "path-without-slash") == [
        ("/paths/a", "The path “a” must begin with “/”."),
        ("/paths/", "The path “” must begin with “/”."),
    ]

"""Tags that are declared more than once."""

from __future__ import annotations

from catalog.openapi.json_values import JSONObject
from tests.catalog.openapi.rules.findings import broken


def test_tag_is_declared_once() -> None:
    definition: JSONObject = {"tags": [{"name": "a"}, {"name": "b"}, {"name": "a"}, {}, {}, "a"]}

    assert broken(definition, "duplicate-tag") == [("/tags/2", "The tag “a” is declared already.")]

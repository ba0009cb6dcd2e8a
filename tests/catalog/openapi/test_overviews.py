from __future__ import annotations

from catalog.openapi.indexing import index_definition
from catalog.openapi.json_values import JSONObject
from catalog.openapi.overviews import build_overview, tag_names


def test_an_overview_holds_what_belongs_to_no_operation() -> None:
    definition: JSONObject = {
        "info": {"title": "T"},
        "servers": [{"url": "/v1"}, 3],
        "externalDocs": {"url": "https://docs.example"},
        "components": {
            "securitySchemes": {
                "key": {"$ref": "#/components/securitySchemes/other"},
                "other": {"type": "apiKey"},
                "broken": 3,
            }
        },
    }

    assert build_overview(definition, []) == {
        "info": {"title": "T"},
        "tags": [],
        "servers": [{"url": "/v1"}],
        "security_schemes": {
            "key": {"type": "apiKey"},
            "other": {"type": "apiKey"},
            "broken": {},
        },
        "external_docs": {"url": "https://docs.example"},
    }


def test_declared_tags_come_before_those_merely_used() -> None:
    index = index_definition(
        {
            "tags": [
                {"name": "b", "x-displayName": "Bees", "description": "About bees"},
                {"name": "a", "summary": "Ants"},
                {"description": "nameless"},
                "nonsense",
            ],
            "paths": {"/a": {"get": {"tags": ["z", "a"]}, "put": {"tags": ["z"]}}},
        }
    )

    assert index.overview["tags"] == [
        {"name": "b", "display_name": "Bees", "description": "About bees"},
        {"name": "a", "display_name": "Ants", "description": ""},
        {"name": "z", "display_name": "z", "description": ""},
    ]


def test_a_definition_of_nonsense_has_an_empty_overview() -> None:
    assert build_overview({"info": 3, "tags": 3, "servers": 3, "components": 3}, []) == {
        "info": {},
        "tags": [],
        "servers": [],
        "security_schemes": {},
        "external_docs": {},
    }


def test_tags_of_an_operation_are_texts_and_each_counts_once() -> None:
    assert tag_names({"tags": ["a", "", 3, "b", "a"]}) == ["a", "b"]

"""Parameters that are there twice, and headers that OpenAPI keeps for itself."""

from __future__ import annotations

from typing import Any

from catalog.openapi.json_values import JSONObject
from catalog.openapi.versions import Family
from tests.catalog.openapi.rules.findings import broken, path, pointers


def test_parameter_is_in_a_list_once() -> None:
    id_in_query: Any = {"name": "id", "in": "query"}
    own: Any = [
        id_in_query,
        {"name": "id", "in": "header"},
        {"$ref": "#/components/parameters/id"},
        {"in": "query"},
        {"in": "query"},
    ]
    item: Any = {"parameters": [id_in_query], "get": {"parameters": own}}
    definition: JSONObject = {
        **path("/a", **item),
        "components": {"parameters": {"id": id_in_query}},
    }

    assert broken(definition, "duplicate-parameter") == [
        (
            "/paths/~1a/get/parameters/2",
            "There is a query parameter “id” in this list already.",
        )
    ]


def test_headers_that_openapi_describes_elsewhere_are_told() -> None:
    names = ("Accept", "content-type", "AUTHORIZATION", "X-Accept")
    headers: Any = [{"name": name, "in": "header"} for name in names]
    definition = path("/a", parameters=[*headers, {"name": "accept", "in": "query"}])

    assert pointers(definition, "ignored-header-parameter") == [
        "/paths/~1a/parameters/0",
        "/paths/~1a/parameters/1",
        "/paths/~1a/parameters/2",
    ]
    assert pointers(definition, "ignored-header-parameter", Family.V2_0) == []


def test_ignored_header_is_told_where_it_comes_from() -> None:
    definition = path("/a", parameters=[{"name": "Accept", "in": "header"}])

    assert broken(definition, "ignored-header-parameter")[0][1] == (
        "“Accept” cannot be described as a parameter: it follows from the media types and the"
        " security of the operation."
    )

"""Names and bodies of operations."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.openapi.versions import Family
from tests.catalog.openapi.rules.findings import broken, path, pointers


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("listPets", False),
        ("pets.list-all_2", False),
        ("list pets", True),
        ("pets/list", True),
        ("liste_öffnen", True),
        ("", False),
    ],
)
def test_operation_id_is_a_name(name: str, is_told: bool) -> None:
    found = pointers(path("/a", get={"operationId": name}), "awkward-operation-id")

    assert found == (["/paths/~1a/get/operationId"] if is_told else [])


def test_awkward_operation_id_is_quoted() -> None:
    assert broken(path("/a", get={"operationId": "a b"}), "awkward-operation-id")[0][1] == (
        "The operationId “a b” is no name that tools can use as it is."
    )


def test_bodies_that_may_be_dropped_are_told() -> None:
    body: Any = {"requestBody": {}}
    definition = path("/a", get=body, head=body, delete=body, post=body, put={}, options=body)

    assert broken(definition, "unexpected-request-body") == [
        ("/paths/~1a/get", "A body of a GET request may be dropped on its way."),
        ("/paths/~1a/head", "A body of a HEAD request may be dropped on its way."),
        ("/paths/~1a/delete", "A body of a DELETE request may be dropped on its way."),
    ]


def test_body_parameters_of_2_0_may_be_dropped_too() -> None:
    body, query = {"in": "body", "name": "b"}, {"in": "query", "name": "q"}
    definition = path("/a", get={"parameters": [body]}, delete={"parameters": [query]})

    assert pointers(definition, "unexpected-request-body", Family.V2_0) == ["/paths/~1a/get"]

"""Responses that say nothing about themselves."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.openapi.versions import Family
from tests.catalog.openapi.rules.findings import broken, path


@pytest.mark.parametrize(
    ("response", "family", "is_told"),
    [
        ({"description": "Found"}, Family.V3_1, False),
        ({"description": " "}, Family.V3_1, True),
        ({"description": ""}, Family.V2_0, True),
        ({"description": 1}, Family.V3_1, False),
        ({}, Family.V3_1, False),
        ({}, Family.V3_2, True),
        ({"summary": "Found"}, Family.V3_2, False),
        ({"$ref": "#/components/responses/A"}, Family.V3_2, False),
    ],
)
def test_response_needs_a_description(response: Any, family: Family, is_told: bool) -> None:
    definition = path("/a", get={"responses": {"200": response}})

    expected = [("/paths/~1a/get/responses/200", "This response has no description.")]
    assert broken(definition, "missing-response-description", family) == (
        expected if is_told else []
    )

"""Versions of OpenAPI."""

from __future__ import annotations

import pytest

from catalog.openapi.errors import UnreadableDefinition
from catalog.openapi.json_values import JSONObject
from catalog.openapi.versions import Family, check_version, find_family


@pytest.mark.parametrize(
    ("definition", "family"),
    [
        ({"swagger": "2.0"}, Family.V2_0),
        ({"swagger": 2.0}, Family.V2_0),
        ({"swagger": 2}, Family.V2_0),
        ({"openapi": "3.0.3"}, Family.V3_0),
        ({"openapi": "3.0"}, Family.V3_0),
        ({"openapi": "3.0.0-RC0"}, Family.V3_0),
        ({"openapi": " 3.1.1 "}, Family.V3_1),
        ({"openapi": "3.2.0"}, Family.V3_2),
        ({"openapi": "3.17.0"}, Family.V3_2),
        ({"openapi": "3.0.0", "swagger": "2.0"}, Family.V3_0),
    ],
)
def test_family_is_told_by_the_version(definition: JSONObject, family: Family) -> None:
    assert find_family(definition) is family


@pytest.mark.parametrize(
    ("definition", "message"),
    [
        ({"swagger": "1.2"}, "Version “1.2” is not supported; OpenAPI 2.0, 3.0, 3.1 and 3.2 are."),
        ({"openapi": "4.0.0"}, "Version “4.0.0” is not supported; "),
        ({"openapi": "three"}, "Version “three” is not supported; "),
        ({"asyncapi": "3.0.0"}, "This is not an OpenAPI definition: it has neither "),
        ({"openapi": True}, "This is not an OpenAPI definition: it has neither "),
        ({}, "This is not an OpenAPI definition: it has neither "),
    ],
)
def test_other_versions_and_other_documents_are_refused(
    definition: JSONObject, message: str
) -> None:
    with pytest.raises(UnreadableDefinition) as raised:
        find_family(definition)

    assert raised.value.problem.message.startswith(message)


def test_newer_version_is_read_as_the_newest_known_with_a_warning() -> None:
    problem = check_version({"openapi": "3.3.0"}, Family.V3_2)

    assert problem
    assert problem.message == "OpenAPI 3.3.0 is newer than 3.2 and is read as 3.2."


@pytest.mark.parametrize(("version", "family"), [("3.2.1", Family.V3_2), ("3.1.0", Family.V3_1)])
def test_known_version_has_no_warning(version: str, family: Family) -> None:
    assert check_version({"openapi": version}, family) is None

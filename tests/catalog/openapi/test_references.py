from __future__ import annotations

import pytest

from catalog.openapi.json_values import JSONValue
from catalog.openapi.pointers import MISSING, pointer_of
from catalog.openapi.references import Resolved, Resolver, reference_to

COMPONENTS: dict[str, JSONValue] = {
    "/components/schemas/Company": {
        "type": "object",
        "properties": {"id": {"type": "string"}, "tags": {"prefixItems": [{"type": "null"}]}},
    },
    "/components/schemas/Alias": {"$ref": "#/components/schemas/Company"},
    "/components/schemas/Dangling": {"$ref": "#/components/schemas/Gone"},
    "/components/schemas/A": {"$ref": "#/components/schemas/B"},
    "/components/schemas/B": {"$ref": "#/components/schemas/A"},
    "/components/parameters/Page": {"name": "page", "in": "query", "description": "Old"},
    "/paths/~1a~1{b}/get/schema": {"type": "integer"},
}
RESOLVER = Resolver(COMPONENTS)


def test_a_reference_is_followed_to_the_end_and_remembers_its_way() -> None:
    assert RESOLVER.follow({"$ref": "#/components/schemas/Alias"}) == Resolved(
        COMPONENTS["/components/schemas/Company"],
        ("/components/schemas/Alias", "/components/schemas/Company"),
    )


@pytest.mark.parametrize(
    ("reference", "pointers"),
    [
        ("#/components/schemas/Gone", ("/components/schemas/Gone",)),
        (
            "#/components/schemas/Dangling",
            ("/components/schemas/Dangling", "/components/schemas/Gone"),
        ),
        (
            "#/components/schemas/A",
            ("/components/schemas/A", "/components/schemas/B", "/components/schemas/A"),
        ),
        ("https://example.com/schema.json#/A", ("",)),
    ],
    ids=["nowhere", "over-another", "circle", "external"],
)
def test_a_reference_to_nowhere_is_missing(reference: str, pointers: tuple[str, ...]) -> None:
    assert RESOLVER.follow({"$ref": reference}) == Resolved({}, pointers, is_missing=True)
    assert RESOLVER.resolve({"$ref": reference}) == {}


@pytest.mark.parametrize("value", [{"type": "string"}, {"$ref": 3}, [1], None, "#/a"])
def test_other_values_stand_for_themselves(value: JSONValue) -> None:
    assert RESOLVER.resolve(value) == value


def test_endless_chains_are_given_up() -> None:
    chain: dict[str, JSONValue] = {f"/c/{n}": {"$ref": f"#/c/{n + 1}"} for n in range(300)}

    assert Resolver(chain).follow({"$ref": "#/c/0"}).is_missing


@pytest.mark.parametrize(
    ("pointer", "found"),
    [
        ("/components/schemas/Company/properties/id", {"type": "string"}),
        ("/components/schemas/Company/properties/tags/prefixItems/0", {"type": "null"}),
        ("/components/schemas/Company/properties/gone", MISSING),
        ("/paths/~1a~1{b}/get/schema", {"type": "integer"}),
        ("/other", MISSING),
        ("", MISSING),
    ],
)
def test_pointers_below_a_component_are_found(pointer: str, found: object) -> None:
    assert RESOLVER.find(pointer) == found


def test_a_whole_definition_may_be_the_component() -> None:
    assert Resolver({"": {"a": {"b": 1}}}).find("/a/b") == 1


def test_percent_encoding_of_a_reference_is_undone() -> None:
    assert RESOLVER.resolve({"$ref": "#/paths/~1a~1%7Bb%7D/get/schema"}) == {"type": "integer"}


@pytest.mark.parametrize("pointer", ["/a b", "/50%25", "/paths/~1a~1{b}", "/å"])
def test_a_written_reference_leads_back_to_its_pointer(pointer: str) -> None:
    assert pointer_of(reference_to(pointer)) == pointer


def test_keywords_beside_a_schemas_reference_win_and_add_properties() -> None:
    resolved = RESOLVER.resolve(
        {
            "$ref": "#/components/schemas/Company",
            "title": "Mine",
            "properties": {"name": {"type": "string"}},
        }
    )

    assert resolved == {
        "type": "object",
        "title": "Mine",
        "properties": {
            "id": {"type": "string"},
            "tags": {"prefixItems": [{"type": "null"}]},
            "name": {"type": "string"},
        },
    }


def test_beside_a_reference_object_only_prose_counts() -> None:
    resolved = RESOLVER.resolve(
        {"$ref": "#/components/parameters/Page", "description": "New", "required": True}
    )

    assert resolved == {"name": "page", "in": "query", "description": "New"}


def test_a_target_that_is_no_object_ignores_what_stands_beside() -> None:
    resolver = Resolver({"/components/schemas/Any": True})

    assert resolver.resolve({"$ref": "#/components/schemas/Any", "title": "T"}) is True


def test_a_single_step_tells_the_pointer_and_its_target() -> None:
    assert RESOLVER.step({"type": "string"}) is None
    assert RESOLVER.step({"$ref": "#/components/schemas/A"}) == (
        "/components/schemas/A",
        {"$ref": "#/components/schemas/B"},
    )

from __future__ import annotations

import pytest

from catalog.openapi.flattening import flatten_schema
from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.references import Resolver


def at(name: str) -> JSONObject:
    return {"$ref": f"#/components/schemas/{name}"}


def resolver_of(**schemas: JSONValue) -> Resolver:
    return Resolver({f"/components/schemas/{name}": schemas[name] for name in schemas})


RESOLVER = resolver_of(
    Base={
        "type": "object",
        "description": "The base",
        "required": ["id"],
        "properties": {"id": {"type": "string"}},
        "examples": [{"id": "1"}],
    },
    Child={
        "allOf": [at("Base"), {"properties": {"name": {"type": "string"}}}],
        "description": "The child",
    },
    Renamed={**at("Base"), "description": "The same by another name"},
    Loop={"allOf": [at("Loop"), {"type": "object"}]},
    Circle=at("Circle"),
    Dangling=at("Gone"),
    Never=False,
)


def test_all_of_is_merged_and_the_outer_description_wins() -> None:
    flat = flatten_schema(at("Child"), RESOLVER)

    assert flat.keywords == {
        "type": "object",
        "description": "The child",
        "required": ["id"],
        "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
    }
    assert flat.pointers == ("/components/schemas/Child",)


def test_a_schema_that_only_renames_another_stands_for_it_and_keeps_its_examples() -> None:
    flat = flatten_schema(at("Renamed"), RESOLVER)

    assert flat.pointers == ("/components/schemas/Renamed", "/components/schemas/Base")
    assert flat.keywords["description"] == "The same by another name"
    assert flat.keywords["examples"] == [{"id": "1"}]


def test_a_single_all_of_with_prose_beside_stands_for_its_member() -> None:
    flat = flatten_schema({"allOf": [at("Base")], "title": "T", "x-order": 1}, RESOLVER)

    assert flat.pointers == ("/components/schemas/Base",)
    assert (flat.keywords["title"], flat.keywords["x-order"]) == ("T", 1)


def test_inline_members_describe_a_schema_better_than_referenced_ones() -> None:
    schema: JSONObject = {"allOf": [at("Base"), {"description": "Inline"}]}

    assert flatten_schema(schema, RESOLVER).keywords["description"] == "Inline"


def test_inline_members_of_a_component_describe_it_better_than_its_base() -> None:
    resolver = resolver_of(
        Base={"description": "The base"},
        Child={"allOf": [at("Base"), {"description": "Inline"}]},
    )

    assert flatten_schema(at("Child"), resolver).keywords["description"] == "Inline"


def test_properties_know_where_they_are_written() -> None:
    flat = flatten_schema(at("Child"), RESOLVER)

    assert flat.place_of("properties", "id") == "/components/schemas/Base/properties/id"
    assert (
        flat.place_of("properties", "name") == "/components/schemas/Child/allOf/1/properties/name"
    )
    assert flat.place_of("properties", "gone") == ""


@pytest.mark.parametrize(
    ("schema", "keyword", "name", "place"),
    [
        ({"items": {}}, "items", "", "/here/items"),
        ({"oneOf": [{}, {}]}, "oneOf", "1", "/here/oneOf/1"),
        ({"allOf": [{"items": {}}, {"items": {}}]}, "items", "", ""),
    ],
    ids=["items", "variant", "in-two-places"],
)
def test_places_are_told_from_where_the_schema_stands(
    schema: JSONObject, keyword: str, name: str, place: str
) -> None:
    flat = flatten_schema(schema, RESOLVER, pointer="/here")

    assert flat.place_of(keyword, name) == place


def test_without_a_place_of_its_own_an_inline_schema_knows_none() -> None:
    flat = flatten_schema({"allOf": [{"items": {}}]}, RESOLVER)

    assert flat.place_of("items", "") == ""


@pytest.mark.parametrize(
    ("schema", "keywords"),
    [
        (at("Loop"), {"type": "object"}),
        (at("Circle"), {}),
        (at("Never"), {"not": {}}),
        (False, {"not": {}}),
        (True, {}),
        ([1], {}),
        ({"allOf": [False]}, {"not": {}}),
        ({"allOf": 3, "$ref": 3}, {"$ref": 3}),
    ],
    ids=["loop", "circle", "never", "false", "true", "nonsense", "false-member", "wrong-types"],
)
def test_circles_booleans_and_nonsense_come_to_an_end(
    schema: JSONValue, keywords: JSONObject
) -> None:
    assert flatten_schema(schema, RESOLVER).keywords == keywords


def test_a_dangling_reference_is_missing_under_its_name() -> None:
    flat = flatten_schema(at("Dangling"), RESOLVER)

    assert flat.is_missing
    assert flat.pointers == ("/components/schemas/Dangling", "/components/schemas/Gone")


def test_what_is_said_by_a_base_is_not_the_schemas_own() -> None:
    flat = flatten_schema(at("Child"), RESOLVER)

    assert not flat.is_own("type")
    assert flat.is_own("description")
    assert flatten_schema(at("Renamed"), RESOLVER).is_own("type")


def test_thousands_of_members_are_cut() -> None:
    members: list[JSONValue] = [{"properties": {f"p{n}": True}} for n in range(5_000)]

    properties = flatten_schema({"allOf": members}, RESOLVER).keywords["properties"]

    assert isinstance(properties, dict)
    assert len(properties) == 299

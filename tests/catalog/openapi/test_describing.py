from __future__ import annotations

from dataclasses import replace

import pytest

from catalog.openapi.describing import describe_schema
from catalog.openapi.directions import Direction
from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.references import Resolver
from catalog.openapi.schema_nodes import Constraint, SchemaNode


def at(name: str) -> JSONObject:
    return {"$ref": f"#/components/schemas/{name}"}


def describe(
    schema: JSONValue, *, direction: Direction = Direction.RESPONSE, **components: JSONValue
) -> SchemaNode:
    resolver = Resolver({f"/components/schemas/{name}": components[name] for name in components})
    return describe_schema(schema, resolver, direction=direction)


def outline(node: SchemaNode) -> object:
    """The names of a tree's properties, with marks for what is not expanded."""
    if node.is_recursive:
        return "recursive"
    if node.is_cut:
        return f"cut {node.pointer}"
    return {child.name: outline(child) for child in node.properties}


def test_a_schema_states_its_facts() -> None:
    schema: JSONObject = {
        "type": ["string", "null"],
        "format": "date",
        "title": "T",
        "description": "D",
        "maxLength": 10,
        "pattern": "^a",
        "uniqueItems": False,
        "enum": ["a", "b"],
        "x-enumDescriptions": {"a": "The first", "b": 3},
        "default": None,
        "const": "a",
        "examples": ["a"],
        "example": "b",
        "deprecated": True,
        "readOnly": True,
        "writeOnly": True,
    }

    assert describe(schema) == SchemaNode(
        types=("string",),
        format="date",
        nullable=True,
        title="T",
        description="D",
        constraints=(Constraint("maxLength", 10), Constraint("pattern", "^a")),
        enum=("a", "b"),
        enum_descriptions={"a": "The first"},
        has_default=True,
        default=None,
        has_const=True,
        const="a",
        examples=("a", "b"),
        deprecated=True,
        read_only=True,
        write_only=True,
    )


def test_enum_descriptions_may_stand_in_the_enums_order() -> None:
    node = describe({"enum": [1, 2], "x-enum-descriptions": ["One", "Two", "Three"]})

    assert node.enum_descriptions == {"1": "One", "2": "Two"}


def test_a_map_of_examples_gives_its_values() -> None:
    assert describe({"examples": {"a": 1, "b": 2}}).examples == (1, 2)


@pytest.mark.parametrize(
    ("schema", "constraint"),
    [
        ({"additionalProperties": False}, Constraint("additionalProperties", False)),
        ({"required": ["a", 3]}, Constraint("required", ["a"])),
        ({"not": {"type": "null"}}, Constraint("not", {"type": "null"})),
        (False, Constraint("not", {})),
    ],
)
def test_what_has_no_field_of_its_own_is_a_constraint(
    schema: JSONValue, constraint: Constraint
) -> None:
    assert describe(schema).constraints == (constraint,)


def test_required_properties_come_first_and_deprecated_ones_last() -> None:
    node = describe(
        {
            "required": ["b", "old"],
            "properties": {
                "a": {},
                "older": {"deprecated": True},
                "old": {"deprecated": True},
                "b": {},
            },
        }
    )

    assert [(child.name, child.required) for child in node.properties] == [
        ("b", True),
        ("a", False),
        ("old", True),
        ("older", False),
    ]


@pytest.mark.parametrize(
    ("direction", "names"),
    [(Direction.REQUEST, {"secret", "both"}), (Direction.RESPONSE, {"id", "both"})],
)
def test_properties_that_do_not_travel_are_left_out(direction: Direction, names: set[str]) -> None:
    node = describe(
        {
            "properties": {
                "id": at("Id"),
                "secret": {"allOf": [{"type": "string"}], "writeOnly": True},
                "both": {},
            }
        },
        direction=direction,
        Id={"readOnly": True},
    )

    assert {child.name for child in node.properties} == names


def test_a_reference_gives_its_name_and_pointer() -> None:
    node = describe(at("Company"), Company={"type": "object", "title": "A company"})

    assert (node.schema_name, node.pointer) == ("Company", "/components/schemas/Company")
    assert node.title == "A company"


def test_a_dangling_reference_keeps_its_name() -> None:
    assert describe(at("Gone")) == SchemaNode(
        schema_name="Gone", pointer="/components/schemas/Gone"
    )


def test_a_schema_inside_itself_is_recursive_and_one_used_twice_is_not() -> None:
    node = describe(
        at("Tree"),
        Tree={"properties": {"child": at("Tree"), "left": at("Leaf"), "right": at("Leaf")}},
        Leaf={"properties": {"value": {"type": "string"}}},
    )

    assert outline(node) == {
        "child": "recursive",
        "left": {"value": {}},
        "right": {"value": {}},
    }


def test_a_circle_through_items_and_all_of_is_recursive() -> None:
    node = describe(
        at("Node"),
        Base={"properties": {"children": {"items": at("Node")}}},
        Node={"allOf": [at("Base"), {"properties": {"id": {}}}]},
    )

    children = node.properties[-1]
    assert children.items is not None
    assert children.items.is_recursive
    assert children.items.schema_name == "Node"


def test_what_lies_below_the_depth_is_cut_where_it_can_be_loaded() -> None:
    node = describe(
        at("A"),
        A={"properties": {"b": at("B")}},
        B={"properties": {"c": at("C")}},
        C={"properties": {"d": at("D"), "flat": {"type": "string"}}},
        D={"properties": {"e": {}}},
    )

    assert outline(node) == {"b": {"c": {"d": "cut /components/schemas/D", "flat": {}}}}


def test_parts_of_a_component_are_cut_with_the_pointer_of_the_part() -> None:
    deep: JSONObject = {"properties": {"a": {"properties": {"b": {"properties": {"c": {}}}}}}}

    node = describe_schema(
        at("Deep"),
        Resolver({"/components/schemas/Deep": deep}),
        direction=Direction.REQUEST,
        depth=2,
    )

    assert outline(node) == {"a": {"b": "cut /components/schemas/Deep/properties/a/properties/b"}}


def test_inline_schemas_go_deeper_before_they_are_cut() -> None:
    schema: JSONObject = {"type": "string"}
    for level in range(12):
        schema = {"properties": {f"p{level}": schema}}

    node, depth = describe(schema), 0
    while node.properties:
        node, depth = node.properties[0], depth + 1

    assert depth == 10
    assert (node.is_cut, node.pointer) == (True, "")


def test_a_wide_schema_shows_all_its_members_and_cuts_what_is_inside() -> None:
    wide: JSONObject = {"properties": {f"w{n}": {"type": "string"} for n in range(200)}}
    node = describe(
        at("Root"),
        Root={"properties": {f"p{n}": at("Wide") for n in range(50)}},
        Wide=wide,
    )

    assert len(node.properties) == 50
    assert all(child.is_cut for child in node.properties)


def test_inline_schemas_share_a_budget() -> None:
    wide: JSONObject = {"properties": {f"w{n}": {"type": "string"} for n in range(300)}}

    node = describe({"properties": {f"p{n}": wide for n in range(5)}})

    assert [child.is_cut for child in node.properties] == [False, False, False, True, True]


def test_thousands_of_members_are_cut() -> None:
    node = describe({"properties": {f"p{n}": True for n in range(2_500)}})

    assert len(node.properties) == 2_000
    assert node.is_cut


def test_arrays_maps_and_patterns_have_children_of_their_own() -> None:
    node = describe(
        {
            "prefixItems": [{"type": "string"}, {"type": "integer"}],
            "items": {"type": "boolean"},
            "patternProperties": {"^x-": {"type": "number"}},
            "additionalProperties": {"type": "array"},
        }
    )

    assert node.prefix_items == (SchemaNode(types=("string",)), SchemaNode(types=("integer",)))
    assert node.items == SchemaNode(types=("boolean",))
    assert node.patterns == (SchemaNode(name="^x-", types=("number",)),)
    assert node.additional == SchemaNode(types=("array",))


def test_variants_are_told_by_their_discriminator_values() -> None:
    node = describe(
        {
            "oneOf": [at("Cat"), at("Dog"), {"type": "string"}],
            "discriminator": {
                "propertyName": "kind",
                "mapping": {"feline": "#/components/schemas/Cat", "broken": 3},
            },
        },
        Cat={"type": "object"},
        Dog={"type": "object"},
    )

    assert (node.variant_keyword, node.discriminator) == ("oneOf", "kind")
    assert [(variant.name, variant.schema_name) for variant in node.variants] == [
        ("feline", "Cat"),
        ("Dog", "Dog"),
        ("", ""),
    ]


def test_a_base_schema_lists_the_forms_of_its_mapping_and_a_form_does_not() -> None:
    base: JSONObject = {
        "properties": {"kind": {"type": "string"}},
        "discriminator": {"propertyName": "kind", "mapping": {"cat": "Cat"}},
    }
    cat: JSONObject = {"allOf": [at("Base"), {"properties": {"claws": {"type": "integer"}}}]}

    node = describe(at("Base"), Base=base, Cat=cat)

    (variant,) = node.variants
    assert (variant.name, outline(variant)) == ("cat", {"kind": {}, "claws": {}})
    assert variant.variants == ()


@pytest.mark.parametrize(
    "schema",
    [
        {"anyOf": [at("A"), {"type": "null"}]},
        {"oneOf": [{"type": "null"}, at("A")]},
        {"anyOf": [{"enum": [None]}, at("A")]},
    ],
)
def test_this_or_null_is_this_and_nullable(schema: JSONObject) -> None:
    node = describe(schema, A={"type": "object", "properties": {"a": {}}})

    assert (node.schema_name, node.nullable, node.types) == ("A", True, ("object",))
    assert node.variants == ()
    assert outline(node) == {"a": {}}


def test_a_component_that_is_another_or_null_keeps_its_own_name() -> None:
    node = describe(
        at("MaybeA"), MaybeA={"anyOf": [at("A"), {"type": "null"}]}, A={"type": "object"}
    )

    assert (node.schema_name, node.nullable) == ("MaybeA", True)


def test_endless_alternatives_of_one_come_to_an_end() -> None:
    node = describe(at("A"), A={"anyOf": [at("A"), {"type": "null"}]})

    assert node.nullable


def test_null_among_several_forms_is_not_a_form() -> None:
    node = describe({"anyOf": [{"type": "string"}, {"type": "null"}, {"type": "integer"}]})

    assert [variant.types for variant in node.variants] == [("string",), ("integer",)]


def test_forms_that_all_of_brings_in_are_listed_too() -> None:
    node = describe(
        {
            "allOf": [
                {"oneOf": [{"title": "A"}, {"title": "B"}]},
                {"oneOf": [{"title": "C"}, {"title": "D"}]},
            ]
        }
    )

    assert [variant.title for variant in node.variants] == ["A", "B", "C", "D"]


def test_a_discriminator_may_be_a_name_alone() -> None:
    assert describe({"discriminator": "kind"}).discriminator == "kind"


@pytest.mark.parametrize("schema", [True, {}, 3, "text", [], None])
def test_what_says_nothing_allows_anything(schema: JSONValue) -> None:
    assert describe(schema) == SchemaNode()


def test_depth_is_counted_from_the_schema_asked_for() -> None:
    resolver = Resolver({"/components/schemas/A": {"properties": {"b": at("B")}}})
    resolver_b = Resolver({"/components/schemas/B": {"properties": {"c": {}}}})

    node = describe_schema(at("A"), resolver, direction=Direction.REQUEST, depth=0)
    again = describe_schema(at("B"), resolver_b, direction=Direction.REQUEST, depth=0)

    assert outline(node) == {"b": {}}
    assert outline(replace(again, name="")) == {"c": {}}

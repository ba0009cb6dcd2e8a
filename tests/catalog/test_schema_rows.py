from __future__ import annotations

from typing import Any

from catalog.openapi import Constraint, Direction, Resolver, SchemaNode, describe_schema
from catalog.schema_rows import SchemaRow, build_row, build_rows

STRING = SchemaNode(types=("string",))


def _row(node: SchemaNode, *, depth: int = 0) -> SchemaRow:
    return build_row(node, anchor="body", reference_url="/r/", depth=depth)


def _described(schema: dict[str, Any], components: dict[str, Any] | None = None) -> SchemaRow:
    node = describe_schema(schema, Resolver(components or {}), direction=Direction.RESPONSE)
    return _row(node)


def _object(*names: str, **facts: Any) -> SchemaNode:
    properties = tuple(SchemaNode(name=name, types=("string",)) for name in names)
    return SchemaNode(types=("object",), properties=properties, **facts)


def test_row_says_what_a_reader_compares() -> None:
    row = _row(
        SchemaNode(
            name="reference",
            types=("string",),
            nullable=True,
            required=True,
            description="Your *own* one.",
            constraints=(Constraint("maxLength", 40),),
        )
    )

    assert (row.name, row.type_words, row.required) == ("reference", "string or null", True)
    assert row.description == "<p>Your <em>own</em> one.</p>"
    assert row.rules == ("At most 40 characters",)
    assert (row.rows, row.forms, row.toggle) == ((), (), "")


def test_properties_have_anchors_below_their_object() -> None:
    row = _row(_object("id", "full name"))

    assert [one.anchor for one in row.rows] == ["body.id", "body.full_name"]
    assert row.toggle == "2 properties"
    assert row.is_object


def test_rows_side_by_side_have_anchors_below_their_place() -> None:
    rows = build_rows([SchemaNode(name="limit")], anchor="query", reference_url="/r/")

    assert [row.anchor for row in rows] == ["query.limit"]


def test_levels_stand_open_to_the_second() -> None:
    deep = _object("leaf")
    for name in ("c", "b", "a"):
        deep = SchemaNode(types=("object",), properties=(SchemaNode(name=name, **_facts(deep)),))

    first = _row(deep).rows[0]
    second = first.rows[0]
    third = second.rows[0]

    assert [first.is_open, second.is_open, third.is_open] == [True, True, False]


def _facts(node: SchemaNode) -> dict[str, Any]:
    return {"types": node.types, "properties": node.properties}


def test_array_shows_what_its_items_hold() -> None:
    item = _object("measure", schema_name="Threshold")
    row = _row(SchemaNode(types=("array",), items=item))

    assert row.toggle == "Each item: Threshold"
    assert [one.name for one in row.rows] == ["measure"]


def test_array_of_arrays_shows_the_innermost_items() -> None:
    inner = SchemaNode(types=("array",), items=_object("x"))
    row = _row(SchemaNode(types=("array",), items=inner))

    assert row.toggle == "Each item"
    assert [one.name for one in row.rows] == ["x"]


def test_rules_of_items_are_told_as_such() -> None:
    item = SchemaNode(types=("string",), constraints=(Constraint("maxLength", 5),))
    limits = (Constraint("maxItems", 3),)

    alone = _row(SchemaNode(types=("array",), items=item))
    both = _row(SchemaNode(types=("array",), items=item, constraints=limits))

    assert "".join(alone.rules) == "Each item: At most 5 characters"
    assert "".join(both.rules) == "At most 3 items. Each item: At most 5 characters"


def test_enum_shows_ten_values_and_how_many_more() -> None:
    row = _row(SchemaNode(types=("integer",), enum=tuple(range(12))))

    assert row.values_label == "One of"
    assert [value.text for value in row.values] == [str(number) for number in range(10)]
    assert [value.text for value in row.more_values] == ["10", "11"]
    assert row.more_values_label == "and 2 more"


def test_enum_of_items_is_told_as_such() -> None:
    row = _row(SchemaNode(types=("array",), items=SchemaNode(enum=("a",))))

    assert row.values_label == "Each item one of"


def test_enum_value_carries_its_description() -> None:
    row = _row(SchemaNode(enum=("a", "b"), enum_descriptions={"a": "First"}))

    assert [value.description for value in row.values] == ["First", ""]


def test_other_properties_stand_last() -> None:
    row = _row(_object("id", additional=STRING))

    assert [one.name for one in row.rows] == ["id", "any other name"]
    assert row.toggle == "1 property"


def test_map_has_properties_of_any_name() -> None:
    row = _row(SchemaNode(types=("object",), additional=STRING))

    assert [one.name for one in row.rows] == ["any name"]
    assert row.toggle == "Properties of any name"


def test_patterns_and_positions_have_rows() -> None:
    pattern = SchemaNode(name="^x-", types=("string",))
    row = _row(SchemaNode(patterns=(pattern,), prefix_items=(STRING, STRING)))

    assert [one.name for one in row.rows] == ["/^x-/", "item 1", "item 2"]


def test_forms_are_named_by_title_then_value_then_schema_then_type() -> None:
    variants = (
        _object("a", title="Webhook", schema_name="W"),
        _object("b", name="poll", schema_name="P"),
        _object("c", schema_name="Mail"),
        STRING,
    )
    row = _row(SchemaNode(name="delivery", variants=variants, variant_keyword="oneOf"))

    assert [form.title for form in row.forms] == ["Webhook", "poll", "Mail", "string"]
    assert [form.anchor for form in row.forms] == ["body~1", "body~2", "body~3", "body~4"]
    assert row.forms[0].row.rows[0].anchor == "body~1.a"
    assert (row.forms_label, row.toggle) == ("Form of delivery", "")
    assert not row.has_many_forms


def test_forms_of_the_same_name_are_counted() -> None:
    row = _row(SchemaNode(variants=(STRING, STRING), variant_keyword="oneOf"))

    assert [form.title for form in row.forms] == ["string 1", "string 2"]


def test_more_than_four_forms_are_chosen_from_a_list() -> None:
    row = _row(SchemaNode(variants=(STRING,) * 5, variant_keyword="anyOf"))

    assert row.has_many_forms


def test_schema_by_name_links_to_its_page() -> None:
    row = _row(_object("id", schema_name="Company/Data"))

    assert (row.schema_name, row.schema_url) == ("Company/Data", "/r/schemas/Company%2FData/")


def test_recursive_schema_links_to_its_page() -> None:
    company = {
        "type": "object",
        "properties": {"parent": {"$ref": "#/components/schemas/Company"}},
    }
    row = _described(
        {"$ref": "#/components/schemas/Company"}, {"/components/schemas/Company": company}
    )

    assert row.rows[0].more_label == "Same as Company above"
    assert row.rows[0].more_url == "/r/schemas/Company/"


def test_cut_schema_links_to_the_page_that_shows_it() -> None:
    inside = SchemaNode(pointer="/components/schemas/Company/properties/address", is_cut=True)

    row = _row(inside)

    assert (row.more_label, row.more_url) == ("All of Company", "/r/schemas/Company/")


def test_cut_schema_without_a_page_has_no_link() -> None:
    assert _row(SchemaNode(is_cut=True)).more_url == ""

"""XML bodies: the examples of OpenAPI 3.1.1, XML Object, and what they leave open."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.building.xml import render_xml
from catalog.openapi import JSONObject, JSONValue, Resolver

ITEMS: JSONObject = {"type": "array", "items": {"type": "string"}}
names = st.text(st.characters(max_codepoint=255, exclude_characters=":"), max_size=5)
NAMED_ITEMS: JSONObject = {"type": "array", "items": {"type": "string", "xml": {"name": "animal"}}}


def render(
    value: JSONValue, schema: JSONValue, components: dict[str, JSONValue] | None = None
) -> str:
    text = render_xml(value, schema, Resolver(components or {}))
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
    assert text.startswith(declaration)
    return text.removeprefix(declaration)


@pytest.mark.parametrize(
    ("animals", "expected"),
    [
        (ITEMS, "<animals>a</animals><animals>b</animals>"),
        (NAMED_ITEMS, "<animal>a</animal><animal>b</animal>"),
        (NAMED_ITEMS | {"xml": {"name": "aliens"}}, "<animal>a</animal><animal>b</animal>"),
        (
            ITEMS | {"xml": {"wrapped": True}},
            "<animals><animals>a</animals><animals>b</animals></animals>",
        ),
        (
            NAMED_ITEMS | {"xml": {"name": "aliens", "wrapped": True}},
            "<aliens><animal>a</animal><animal>b</animal></aliens>",
        ),
        (
            ITEMS | {"xml": {"name": "aliens", "wrapped": True}},
            "<aliens><aliens>a</aliens><aliens>b</aliens></aliens>",
        ),
        (
            NAMED_ITEMS | {"xml": {"nodeType": "element"}},
            "<animals><animal>a</animal><animal>b</animal></animals>",
        ),
    ],
)
def test_arrays_are_written_as_the_specification_shows(animals: JSONObject, expected: str) -> None:
    schema: JSONObject = {"properties": {"animals": animals}}

    assert render({"animals": ["a", "b"]}, schema) == f"<root>{expected}</root>"


def test_attributes_prefixes_and_namespaces() -> None:
    schema: JSONObject = {
        "xml": {"name": "Person"},
        "properties": {
            "id": {"type": "integer", "xml": {"attribute": True}},
            "lang": {"xml": {"nodeType": "attribute", "name": "language"}},
            "name": {
                "xml": {"namespace": "https://example.com/schema", "prefix": "sample"},
            },
            "note": {"xml": {"namespace": "urn:notes"}},
        },
    }

    text = render({"id": 123, "name": "x", "lang": "en", "note": "n", "other": True}, schema)

    assert text == (
        '<Person id="123" language="en">'
        '<sample:name xmlns:sample="https://example.com/schema">x</sample:name>'
        '<note xmlns="urn:notes">n</note><other>true</other></Person>'
    )


def test_component_names_the_root_and_properties_come_through_all_of() -> None:
    components: dict[str, JSONValue] = {
        "/components/schemas/Base": {"properties": {"id": {"xml": {"attribute": True}}}},
        "/components/schemas/Pet": {
            "allOf": [{"$ref": "#/components/schemas/Base"}, {"properties": {"name": {}}}]
        },
    }

    text = render({"id": 1, "name": "Rex"}, {"$ref": "#/components/schemas/Pet"}, components)

    assert text == '<Pet id="1"><name>Rex</name></Pet>'


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"a": None, "b": ""}, "<root><b></b></root>"),
        ({"a": {"b": [1]}}, "<root><a><b>1</b></a></root>"),
        ([1, [2]], "<root><root>1</root><root><root>2</root></root></root>"),
        ({"a": '<&>"'}, "<root><a>&lt;&amp;&gt;&quot;</a></root>"),
        ({"a": "x\x00\x0by\r"}, "<root><a>xy&#13;</a></root>"),
        ({"a b": 1, "1c": 2, "": 3}, "<root><a_b>1</a_b><_1c>2</_1c><_>3</_></root>"),
        ({"größe": 1, "s:b": 2, ":c": 3}, "<root><größe>1</größe><s:b>2</s:b><_c>3</_c></root>"),
        ("text", "<root>text</root>"),
    ],
)
def test_any_value_is_well_formed(value: JSONValue, expected: str) -> None:
    assert render(value, True) == expected


def test_schema_that_refers_to_itself_ends() -> None:
    loop: JSONValue = {"anyOf": [{"$ref": "#/components/schemas/Loop"}] * 2}

    text = render({"a": 1}, loop, {"/components/schemas/Loop": loop})

    assert text == "<root><a>1</a></root>"


@given(st.dictionaries(names, st.text(max_size=9) | st.lists(st.integers())))
def test_result_parses(value: JSONObject) -> None:
    parser: ElementTree.XMLPullParser[ElementTree.Element] = ElementTree.XMLPullParser()

    parser.feed(render_xml(value, {}, Resolver({})))
    parser.close()

"""The fields of the console, typed by their schema."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.openapi import Example, JSONValue, Location, MediaType, Parameter, Resolver
from tryit.console.fields import FieldView, build_field, initial_texts
from tryit.console.inputs import ConsoleInput

NOTHING = Resolver({})


def field_of(schema: JSONValue, *texts: str, **facts: Any) -> FieldView:
    """The row of a query parameter "p"."""
    parameter = Parameter("p", Location.QUERY, schema=schema, **facts)
    given = ConsoleInput(texts={(Location.QUERY, "p"): texts} if texts else {})
    return build_field(parameter, given, NOTHING, error="", number=3)


@pytest.mark.parametrize(
    ("schema", "texts", "control"),
    [
        pytest.param({"type": "string"}, (), "text", id="string"),
        pytest.param({"type": "integer"}, (), "text", id="number"),
        pytest.param({"type": "string", "enum": ["a", "b"]}, (), "select", id="enum"),
        pytest.param({"type": "boolean"}, (), "select", id="boolean"),
        pytest.param({"type": "string", "format": "password"}, (), "password", id="password"),
        pytest.param({"type": "string", "format": "date"}, (), "date", id="date"),
        pytest.param(
            {"type": "string", "format": "date"}, ("{{day}}",), "text", id="date as a variable"
        ),
        pytest.param({"type": "array", "items": {"type": "string"}}, (), "lines", id="array"),
        pytest.param(
            {"type": "array", "items": {"enum": ["a", "b"]}}, (), "choices", id="array of an enum"
        ),
        pytest.param({"type": "object"}, (), "json", id="object"),
        pytest.param(None, (), "text", id="no schema"),
    ],
)
def test_control_follows_the_schema(
    schema: JSONValue, texts: tuple[str, ...], control: str
) -> None:
    assert field_of(schema, *texts).control == control


def test_parameter_with_content_is_written_as_json() -> None:
    content = MediaType("application/json", schema={"type": "string"})

    assert field_of(None, content=content).control == "json"


def test_variable_can_stand_where_values_are_listed() -> None:
    field = field_of({"enum": ["a", "b"]}, "{{which}}")

    assert (field.control, field.text) == ("suggestions", "{{which}}")


def test_listed_values_are_suggestions_when_the_definitions_own_example_is_none_of_them() -> None:
    example = Example(name="", value="GB,FR")

    field = field_of({"enum": ["GB", "FR"]}, examples=(example,))

    assert field.control == "suggestions"
    assert [option.value for option in field.options] == ["GB", "FR"]


def test_boolean_is_chosen_among_its_two_words() -> None:
    options = field_of({"type": "boolean"}, "true").options

    assert [(option.value, option.is_chosen) for option in options] == [
        ("true", True),
        ("false", False),
    ]


@pytest.mark.parametrize(
    ("schema", "facts", "may"),
    [
        pytest.param({"type": "string"}, {}, True, id="free text"),
        pytest.param({"type": "string", "minLength": 1}, {}, False, id="never empty"),
        pytest.param({"type": "integer"}, {}, False, id="number"),
        pytest.param({"type": "integer"}, {"allow_empty_value": True}, True, id="allowed to be"),
        pytest.param({"type": "string"}, {"required": True}, False, id="required"),
    ],
)
def test_empty_is_a_value_where_it_means_something(
    schema: JSONValue, facts: dict[str, Any], may: bool
) -> None:
    assert field_of(schema, **facts).can_send_empty is may


def test_hint_is_the_first_paragraph_and_never_markup() -> None:
    field = field_of({"type": "string"}, description="Use `a` <script>\n\nMuch more.")

    assert str(field.description) == "<p>Use <code>a</code> </p>"


@pytest.mark.parametrize(
    ("schema", "facts", "texts"),
    [
        pytest.param({"type": "string", "examples": ["x"]}, {}, (), id="optional stays empty"),
        pytest.param(
            {"type": "string", "examples": ["x"]}, {"required": True}, ("x",), id="example"
        ),
        pytest.param(
            {"type": "string", "examples": ["x"]},
            {"required": True, "examples": (Example("own", "y"),)},
            ("y",),
            id="the parameter's own example first",
        ),
        pytest.param({"type": "integer", "default": 5}, {"required": True}, ("5",), id="default"),
        pytest.param({"enum": ["only"]}, {"required": True}, ("only",), id="the only value"),
        pytest.param({"enum": ["a", "b"]}, {"required": True}, (), id="no choice made"),
        pytest.param(
            {"type": "array", "examples": [["a", 1]]}, {"required": True}, ("a", "1"), id="array"
        ),
    ],
)
def test_required_field_starts_with_what_the_definition_offers(
    schema: JSONValue, facts: dict[str, Any], texts: tuple[str, ...]
) -> None:
    parameter = Parameter("p", Location.QUERY, schema=schema, **facts)

    assert initial_texts(parameter, NOTHING) == texts

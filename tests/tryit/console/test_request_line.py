"""The URL as text and chips."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.openapi import Location
from tryit.console.fields import FieldView
from tryit.console.request_line import ChipKind, UrlPart, build_url_parts


def make_field(name: str, *texts: str, **facts: Any) -> FieldView:
    """A field of the form."""
    values: dict[str, Any] = {
        "name": name,
        "field_name": f"query.{name}",
        "id": f"id-{name}",
        "control": "text",
        "texts": texts,
        "type": "string",
        "description": "",
        "rules": (),
        "required": False,
        "deprecated": False,
    }
    return FieldView(**{**values, **facts})


def parts_of(path: str, /, **fields: tuple[FieldView, ...]) -> list[tuple[str, str]]:
    """Kind and text of the parts after the server."""
    parts = build_url_parts(
        base_url="https://api.example.com/v1/",
        path=path,
        fields={Location(name): given for name, given in fields.items()},
        defined=frozenset({"company"}),
        environment="Sandbox",
    )
    return [(part.kind.value, part.text) for part in parts[1:]]


def test_server_comes_first() -> None:
    parts = build_url_parts(
        base_url="https://api.example.com/v1/",
        path="/companies",
        fields={},
        defined=frozenset(),
        environment="Sandbox",
    )

    assert parts == (
        UrlPart(ChipKind.SERVER, "https://api.example.com/v1", "Server of Sandbox"),
        UrlPart(ChipKind.TEXT, "/companies"),
    )


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param((), [("path", "id")], id="empty"),
        pytest.param(("NO1",), [("path", "id = NO1")], id="a value"),
        pytest.param(
            ("{{company}}",), [("path", "id ="), ("defined", "{{company}}")], id="a variable"
        ),
        pytest.param(
            ("NO{{other}}",),
            [("path", "id ="), ("text", "NO"), ("undefined", "{{other}}")],
            id="text and an unknown variable",
        ),
    ],
)
def test_path_parameter_is_a_chip_and_its_variable_another(
    texts: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    parts = parts_of("/companies/{id}/reports", path=(make_field("id", *texts),))

    assert parts == [("text", "/companies/"), *expected, ("text", "/reports")]


def test_parameter_that_nobody_declared_stays_a_chip() -> None:
    assert parts_of("/companies/{id}") == [("text", "/companies/"), ("path", "id")]


def test_query_follows_as_it_is_written() -> None:
    fields = (
        make_field("country", "NO", "SE"),
        make_field("name"),
        make_field("empty", is_sent_empty=True),
        make_field("q", "{{company}}"),
    )

    assert parts_of("/companies", query=fields) == [
        ("text", "/companies"),
        ("text", "?country="),
        ("text", "NO"),
        ("text", "&country="),
        ("text", "SE"),
        ("text", "&empty="),
        ("text", "&q="),
        ("defined", "{{company}}"),
    ]


def test_password_in_the_query_is_hidden() -> None:
    fields = (make_field("key", "hunter2", control="password"),)

    assert parts_of("/a", query=fields)[-1] == ("text", "••••")

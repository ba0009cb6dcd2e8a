"""`{{name}}` in values."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.building import CannotBuild, substitute
from catalog.openapi import MediaType
from tests.catalog.building.operations import build, make_operation, make_values, with_content


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{a}}", "1"),
        ("x{{ a }}y{{a}}", "x1y1"),
        ("{{a.b-c_d}}", "2"),
        ("{{empty}}", ""),
        ("{{nested}}", "{{a}}"),
        ("{{größe}}", "3"),
        ("{a} {{}} {{a b}} {{a", "{a} {{}} {{a b}} {{a"),
        ("{{{a}}}", "{1}"),
    ],
)
def test_defined_variables_are_put_in_once(text: str, expected: str) -> None:
    variables = {"a": "1", "a.b-c_d": "2", "empty": "", "nested": "{{a}}", "größe": "3"}

    assert substitute(text, variables) == (expected, ())


def test_undefined_variables_stay_and_are_named_once() -> None:
    assert substitute("{{b}} {{a}} {{b}}", {}) == ("{{b}} {{a}} {{b}}", ("b", "a"))


def test_variables_work_in_every_place_before_encoding() -> None:
    operation = make_operation("/a/{id}", method="POST")
    values = make_values(
        path={"id": "{{v}}"},
        query={"q": ["{{v}}", 1]},
        header={"X-A": "{{v}}"},
        cookie={"c": "{{v}}"},
        body={"deep": [{"x": "{{v}}", "{{v}}": True}]},
        content_type="application/json",
    )

    request = build(operation, values, variables={"v": "a/b"})

    assert request.url == "https://api.example.com/v1/a/a%2Fb?q=a%2Fb&q=1"
    assert request.headers[1:] == (
        ("X-A", "a/b"),
        ("Cookie", "c=a%2Fb"),
        ("Content-Type", "application/json"),
    )
    assert request.body == b'{"deep":[{"x":"a/b","{{v}}":true}]}'


def test_undefined_variables_are_problems_with_their_place() -> None:
    values = make_values(query={"q": "{{a}}{{a}}"}, body={"x": ["{{b}}", "{{b}}"]})

    request = build(with_content(MediaType("application/json")), values)

    assert request.url == "https://api.example.com/v1/things?q=%7B%7Ba%7D%7D%7B%7Ba%7D%7D"
    assert [(one.kind, one.location, one.name, one.detail) for one in request.problems] == [
        ("undefined_variable", "query", "a", "q"),
        ("undefined_variable", "body", "b", ""),
    ]


def test_bytes_are_not_searched() -> None:
    request = build(make_operation(method="POST"), make_values(body=b"{{a}}"), variables={"a": "1"})

    assert request.body == b"{{a}}"


def nested(depth: int) -> Any:
    value: Any = 1
    for _level in range(depth):
        value = [value]
    return value


def test_nesting_has_an_end() -> None:
    values = make_values(body=nested(201), content_type="application/json")

    with pytest.raises(CannotBuild, match="too_deep"):
        build(make_operation(), values)


def test_nesting_below_the_end_is_sent() -> None:
    values = make_values(body=nested(200), content_type="application/json")

    assert build(make_operation(), values).body == b"[" * 200 + b"1" + b"]" * 200


@pytest.mark.parametrize(
    "fields",
    [{"query": {"a": "\ud800"}}, {"query": {"\ud800": "a"}}, {"body": {"\ud800": 1}}],
    ids=["value", "name", "key"],
)
def test_text_that_is_no_unicode_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(CannotBuild, match="invalid_text"):
        build(make_operation(), make_values(**fields))


def test_variable_whose_value_is_no_unicode_is_refused() -> None:
    with pytest.raises(CannotBuild, match="invalid_text"):
        build(make_operation(), make_values(query={"a": "{{v}}"}), variables={"v": "\udfff"})

"""URLs: joining, path templates, queries and labels in paths."""

from __future__ import annotations

import pytest

from catalog.building import CannotBuild, template_names
from catalog.openapi import JSONValue, Location, MediaType, Parameter, Style
from tests.catalog.building.operations import (
    build,
    make_operation,
    make_values,
    path_parameter,
)


def simple(name: str) -> Parameter:
    return path_parameter(name, style=Style.SIMPLE, explode=False)


@pytest.mark.parametrize(
    ("base_url", "path", "expected"),
    [
        ("https://a.example/v1", "/b", "https://a.example/v1/b"),
        ("https://a.example/v1/", "/b", "https://a.example/v1/b"),
        ("https://a.example", "/b", "https://a.example/b"),
        ("https://a.example", "b", "https://a.example/b"),
        ("https://a.example/v1", "/", "https://a.example/v1/"),
        ("https://a.example/v1", "/b/", "https://a.example/v1/b/"),
        ("https://a.example/v1?key=1", "/b", "https://a.example/v1/b?key=1"),
        ("https://a.example/v1#top", "/b", "https://a.example/v1/b"),
        ("http://[::1]:8080", "/b", "http://[::1]:8080/b"),
        ("https://a.example", "/b c/ü", "https://a.example/b%20c/%C3%BC"),
        ("https://a.example", "/b%20c/100%", "https://a.example/b%20c/100%25"),
        ("https://a.example", "/b:verb/@me", "https://a.example/b:verb/@me"),
        ("https://a.example", "/b?c=d", "https://a.example/b?c=d"),
        ("https://a.example", "/b?c", "https://a.example/b?c"),
        ("https://a.example", "/b#Label", "https://a.example/b"),
        ("https://a.example", "/b?c=d#Label?x", "https://a.example/b?c=d"),
        ("https://a.example", "/#Action=List?x=1", "https://a.example/"),
    ],
)
def test_base_url_and_path_are_joined(base_url: str, path: str, expected: str) -> None:
    assert build(make_operation(path), base_url=base_url).url == expected


@pytest.mark.parametrize(
    ("path", "values", "expected"),
    [
        ("/a/{id}", {"id": "x/y"}, "/a/x%2Fy"),
        ("/a/{sid}.json", {"sid": "SM1"}, "/a/SM1.json"),
        ("/a/{from}..{to}", {"from": 1, "to": 2}, "/a/1..2"),
        ("/a/{id}:verb", {"id": "x"}, "/a/x:verb"),
        ("/a/{id}", {"id": "%2e%2e"}, "/a/%252e%252e"),
        ("/a/{id}", {"id": "..."}, "/a/..."),
        ("/a/{what#is?this}", {"what#is?this": "x"}, "/a/x"),
        ("/a?b={id}&c=1", {"id": "x y"}, "/a?b=x%20y&c=1"),
        ("/a/{id}/{id}", {"id": 7}, "/a/7/7"),
    ],
)
def test_template_variables_are_expanded(
    path: str, values: dict[str, JSONValue], expected: str
) -> None:
    request = build(make_operation(path), make_values(path=values))

    assert request.url == f"https://api.example.com/v1{expected}"


@pytest.mark.parametrize(
    ("style", "expected"),
    [("matrix", "/a;id=1;id=2"), ("label", "/a.1.2"), ("simple", "/a1,2")],
)
def test_style_of_a_path_parameter_holds(style: str, expected: str) -> None:
    parameter = path_parameter("id", style=Style(style), explode=True)

    request = build(
        make_operation("/a{id}", parameters=(parameter,)), make_values(path={"id": [1, 2]})
    )

    assert request.url == f"https://api.example.com/v1{expected}"


@pytest.mark.parametrize(
    "given",
    [{}, {"id": ""}, {"id": None}, {"id": []}, {"id": {}}],
    ids=["absent", "empty", "null", "array", "object"],
)
def test_path_parameter_without_a_value_is_refused(given: dict[str, JSONValue]) -> None:
    with pytest.raises(CannotBuild) as caught:
        build(make_operation("/a/{id}", parameters=(simple("id"),)), make_values(path=given))

    assert caught.value.problem.as_json() == {
        "kind": "missing_path_parameter",
        "location": "path",
        "name": "id",
        "detail": "",
    }


@pytest.mark.parametrize(
    ("path", "given", "allow_reserved"),
    [
        ("/a/{id}", {"id": "."}, False),
        ("/a/{id}", {"id": ".."}, False),
        ("/a/{id}", {"id": "%2e%2E"}, True),
        ("/a/.{id}", {"id": "."}, False),
        ("/a/./{id}", {"id": "x"}, False),
    ],
)
def test_dot_segment_is_refused(
    path: str, given: dict[str, JSONValue], allow_reserved: bool
) -> None:
    parameter = path_parameter("id", style=Style.SIMPLE, allow_reserved=allow_reserved)

    with pytest.raises(CannotBuild) as caught:
        build(make_operation(path, parameters=(parameter,)), make_values(path=given))

    assert caught.value.problem.kind == "dot_segment"


def test_label_style_without_text_is_refused_as_a_dot_segment() -> None:
    parameter = path_parameter("id", style=Style.LABEL, explode=False)

    with pytest.raises(CannotBuild, match="dot_segment"):
        build(make_operation("/a/{id}", parameters=(parameter,)), make_values(path={"id": ""}))


def test_query_has_the_order_path_declared_added() -> None:
    declared = (Parameter("first", Location.QUERY), Parameter("second", Location.QUERY))
    operation = make_operation("/a?fixed=0", parameters=declared)

    request = build(operation, make_values(query={"added[]": 3, "second": 2, "first": 1}))

    assert request.url.partition("?")[2] == "fixed=0&first=1&second=2&added%5B%5D=3"


def test_value_replaces_the_same_name_in_the_path() -> None:
    operation = make_operation("/a?Action=List&Version=1")

    request = build(operation, make_values(query={"Action": "Get"}))

    assert request.url.partition("?")[2] == "Version=1&Action=Get"


def test_query_parameter_with_json_content_is_one_encoded_text() -> None:
    parameter = Parameter("coordinates", Location.QUERY, content=MediaType("application/json"))
    operation = make_operation(parameters=(parameter,))

    request = build(operation, make_values(query={"coordinates": {"lat": 40.6, "long": -73.9}}))

    assert (
        request.url.partition("?")[2] == "coordinates=%7B%22lat%22%3A40.6%2C%22long%22%3A-73.9%7D"
    )


def test_path_parameter_with_text_content_is_encoded() -> None:
    parameter = path_parameter("id", content=MediaType("text/plain"))

    request = build(
        make_operation("/a/{id}", parameters=(parameter,)), make_values(path={"id": "b c"})
    )

    assert request.url == "https://api.example.com/v1/a/b%20c"


@pytest.mark.parametrize(
    ("content", "value", "expected"),
    [
        (
            "application/x-www-form-urlencoded",
            {"foo": "a + b", "bar": True},
            "foo=a+%2B+b&bar=true",
        ),
        (
            "application/json",
            {"numbers": [1, 2], "flag": None},
            "%7B%22numbers%22%3A%5B1%2C2%5D%2C%22flag%22%3Anull%7D",
        ),
        ("application/jsonpath", "$.a.b[1:1]", "%24.a.b%5B1%3A1%5D"),
        (None, "a=1&b=x y#", "a=1&b=x%20y%23"),
    ],
)
def test_querystring_parameter_is_the_whole_query(
    content: str | None, value: JSONValue, expected: str
) -> None:
    media_type = MediaType(content) if content else None
    parameter = Parameter("whole", Location.QUERYSTRING, content=media_type)

    request = build(
        make_operation(parameters=(parameter,)), make_values(querystring={"whole": value})
    )

    assert request.url == f"https://api.example.com/v1/things?{expected}"


def test_template_names_are_listed_once_without_those_of_the_label() -> None:
    operation = make_operation("/a/{id}/{id}.{format}?x={y}#{z}")

    assert template_names(operation) == ("id", "format", "y")


def test_value_for_no_place_in_the_path_is_a_problem() -> None:
    request = build(make_operation("/a"), make_values(path={"id": "1"}))

    [problem] = request.problems
    assert (problem.kind, problem.name) == ("unused_parameter", "id")

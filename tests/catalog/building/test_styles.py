"""Parameter styles: the tables of OpenAPI 3.2.0 (Style Examples) and RFC 6570."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.building.styles import (
    expand_cookie,
    expand_header,
    expand_path,
    expand_query,
    expand_query_unencoded,
)
from catalog.openapi import JSONValue, Location, Parameter, Style

STRING = "blue"
ARRAY: JSONValue = ["blue", "black", "brown"]
OBJECT: JSONValue = {"R": 100, "G": 200, "B": 150}
# RFC 6570, 3.2: the variables of its examples.
KEYS: JSONValue = {"semi": ";", "dot": ".", "comma": ","}
LIST: JSONValue = ["red", "green", "blue"]


def color(location: Location, style: Style, *, explode: bool, **fields: Any) -> Parameter:
    return Parameter("color", location, style=style, explode=explode, **fields)


def joined(pairs: tuple[tuple[str, str], ...], separator: str = "&") -> str:
    return separator.join(f"{name}={value}" for name, value in pairs)


@pytest.mark.parametrize(
    ("style", "explode", "value", "expected"),
    [
        ("matrix", False, None, ""),
        ("matrix", False, "", ";color"),
        ("matrix", False, STRING, ";color=blue"),
        ("matrix", False, ARRAY, ";color=blue,black,brown"),
        ("matrix", False, OBJECT, ";color=R,100,G,200,B,150"),
        ("matrix", True, None, ""),
        ("matrix", True, "", ";color"),
        ("matrix", True, STRING, ";color=blue"),
        ("matrix", True, ARRAY, ";color=blue;color=black;color=brown"),
        ("matrix", True, OBJECT, ";R=100;G=200;B=150"),
        ("matrix", True, ["", "x"], ";color;color=x"),
        ("matrix", True, {"a": "", "b": 1}, ";a;b=1"),
        ("label", False, None, ""),
        ("label", False, "", "."),
        ("label", False, STRING, ".blue"),
        ("label", False, ARRAY, ".blue,black,brown"),
        ("label", False, OBJECT, ".R,100,G,200,B,150"),
        ("label", True, STRING, ".blue"),
        ("label", True, ARRAY, ".blue.black.brown"),
        ("label", True, OBJECT, ".R=100.G=200.B=150"),
        ("simple", False, None, ""),
        ("simple", False, "", ""),
        ("simple", False, STRING, "blue"),
        ("simple", False, ARRAY, "blue,black,brown"),
        ("simple", False, OBJECT, "R,100,G,200,B,150"),
        ("simple", True, STRING, "blue"),
        ("simple", True, ARRAY, "blue,black,brown"),
        ("simple", True, OBJECT, "R=100,G=200,B=150"),
        ("simple", True, {"a": ""}, "a="),
        ("simple", False, [], ""),
        ("simple", False, {}, ""),
        ("label", True, [], ""),
        ("matrix", True, {}, ""),
        ("simple", False, ["a", None, "b"], "a,b"),
        ("simple", False, {"a": None, "b": 1}, "b,1"),
        ("simple", False, [None], ""),
        ("simple", False, True, "true"),
        ("simple", False, 12, "12"),
        ("simple", False, 1.5, "1.5"),
        ("simple", False, [[1, 2]], "%5B1%2C2%5D"),
    ],
)
def test_path_parameter_is_written_in_its_style(
    style: str, explode: bool, value: JSONValue, expected: str
) -> None:
    parameter = color(Location.PATH, Style(style), explode=explode)

    assert expand_path(parameter, value) == expected


@pytest.mark.parametrize(
    ("style", "explode", "value", "expected"),
    [
        ("simple", False, "Hello World!", "Hello%20World%21"),
        ("simple", False, "50%", "50%25"),
        ("simple", False, "/foo/bar", "%2Ffoo%2Fbar"),
        ("simple", False, KEYS, "semi,%3B,dot,.,comma,%2C"),
        ("simple", True, KEYS, "semi=%3B,dot=.,comma=%2C"),
        ("label", False, "192.0.2.1", ".192.0.2.1"),
        ("label", False, LIST, ".red,green,blue"),
        ("label", True, LIST, ".red.green.blue"),
        ("label", True, KEYS, ".semi=%3B.dot=..comma=%2C"),
        ("matrix", False, KEYS, ";color=semi,%3B,dot,.,comma,%2C"),
        ("matrix", True, KEYS, ";semi=%3B;dot=.;comma=%2C"),
        ("simple", False, "diṅnāga", "di%E1%B9%85n%C4%81ga"),
        ("simple", False, "-._~", "-._~"),
    ],
)
def test_path_parameter_is_percent_encoded_as_in_rfc_6570(
    style: str, explode: bool, value: JSONValue, expected: str
) -> None:
    parameter = color(Location.PATH, Style(style), explode=explode)

    assert expand_path(parameter, value) == expected


@pytest.mark.parametrize(
    ("style", "explode", "value", "expected"),
    [
        ("form", False, None, "color="),
        ("form", False, "", "color="),
        ("form", False, STRING, "color=blue"),
        ("form", False, ARRAY, "color=blue,black,brown"),
        ("form", False, OBJECT, "color=R,100,G,200,B,150"),
        ("form", True, None, "color="),
        ("form", True, "", "color="),
        ("form", True, STRING, "color=blue"),
        ("form", True, ARRAY, "color=blue&color=black&color=brown"),
        ("form", True, OBJECT, "R=100&G=200&B=150"),
        ("form", True, [], ""),
        ("form", True, {}, ""),
        ("form", False, [], ""),
        ("form", False, {}, ""),
        ("form", True, ["", None, "x"], "color=&color=x"),
        ("form", True, {"a": None, "b": ""}, "b="),
        ("form", True, [{"a": 1}], "color=%7B%22a%22%3A1%7D"),
        ("form", False, KEYS, "color=semi,%3B,dot,.,comma,%2C"),
        ("form", True, KEYS, "semi=%3B&dot=.&comma=%2C"),
        ("form", True, ["one thing", "another thing"], "color=one%20thing&color=another%20thing"),
        ("form", True, "a+b&c=d", "color=a%2Bb%26c%3Dd"),
        ("spaceDelimited", False, ARRAY, "color=blue%20black%20brown"),
        ("spaceDelimited", False, OBJECT, "color=R%20100%20G%20200%20B%20150"),
        ("spaceDelimited", True, ARRAY, "color=blue&color=black&color=brown"),
        ("spaceDelimited", False, STRING, "color=blue"),
        ("pipeDelimited", False, ARRAY, "color=blue%7Cblack%7Cbrown"),
        ("pipeDelimited", False, OBJECT, "color=R%7C100%7CG%7C200%7CB%7C150"),
        ("pipeDelimited", True, ARRAY, "color=blue&color=black&color=brown"),
        ("pipeDelimited", False, [], ""),
        ("deepObject", True, OBJECT, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
        ("deepObject", False, OBJECT, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
        ("deepObject", True, ["a", "b"], "color%5B%5D=a&color%5B%5D=b"),
        ("deepObject", True, {"a": {"b": 1}}, "color%5Ba%5D%5Bb%5D=1"),
        ("deepObject", True, {"a": ["x", "y"]}, "color%5Ba%5D%5B%5D=x&color%5Ba%5D%5B%5D=y"),
        ("deepObject", True, [{"a": 1}, {"a": 2}], "color%5B0%5D%5Ba%5D=1&color%5B1%5D%5Ba%5D=2"),
        ("deepObject", True, {"a": None, "b": ""}, "color%5Bb%5D="),
        ("deepObject", True, {}, ""),
        ("deepObject", True, STRING, "color=blue"),
    ],
)
def test_query_parameter_is_written_in_its_style(
    style: str, explode: bool, value: JSONValue, expected: str
) -> None:
    parameter = color(Location.QUERY, Style(style), explode=explode)

    assert joined(expand_query(parameter, value)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [([], "color="), ({}, "color="), ("", "color="), (["a"], "color=a")],
    ids=["array", "object", "string", "filled"],
)
def test_allow_empty_value_sends_the_name_of_an_empty_collection(
    value: JSONValue, expected: str
) -> None:
    parameter = color(Location.QUERY, Style.FORM, explode=True, allow_empty_value=True)

    assert joined(expand_query(parameter, value)) == expected


@pytest.mark.parametrize(
    ("location", "value", "expected"),
    [
        ("query", "/a:b?c@d!$'()*+,;", "/a:b?c@d!$'()*+,;"),
        ("query", "a[0]=b&c", "a[0]=b&c"),
        ("query", "a#b", "a%23b"),
        ("query", "%2Fa 100%", "%2Fa%20100%25"),
        ("query", "x^y", "x%5Ey"),
        ("path", "a:b@c;d=e", "a:b@c;d=e"),
        ("path", "a/b?c#d[e]", "a%2Fb%3Fc%23d%5Be%5D"),
        ("path", "%2F", "%2F"),
        ("cookie", "a=b/c", "a=b/c"),
        ("cookie", "a;b,c d", "a%3Bb%2Cc%20d"),
    ],
)
def test_allow_reserved_lets_through_what_the_location_can_hold(
    location: str, value: str, expected: str
) -> None:
    parameter = color(Location(location), Style.FORM, explode=True, allow_reserved=True)
    expand = {"query": expand_query, "cookie": expand_cookie}.get(location)

    text = expand(parameter, value)[0][1] if expand else expand_path(parameter, value)

    assert text == expected


@pytest.mark.parametrize(
    ("explode", "value", "expected"),
    [
        (False, None, ""),
        (False, STRING, "blue"),
        (False, ARRAY, "blue,black,brown"),
        (False, OBJECT, "R,100,G,200,B,150"),
        (True, OBJECT, "R=100,G=200,B=150"),
        (False, [12345678, 90099], "12345678,90099"),
        (False, 'W/"a b"', 'W/"a b"'),
    ],
)
def test_header_is_simple_and_never_encoded(explode: bool, value: JSONValue, expected: str) -> None:
    parameter = color(Location.HEADER, Style.SIMPLE, explode=explode)

    assert expand_header(parameter, value) == expected


@pytest.mark.parametrize(
    ("style", "explode", "value", "expected"),
    [
        ("form", True, None, "color="),
        ("form", True, STRING, "color=blue"),
        ("form", True, ARRAY, "color=blue; color=black; color=brown"),
        ("form", True, OBJECT, "R=100; G=200; B=150"),
        ("form", False, ARRAY, "color=blue,black,brown"),
        ("form", True, "Hello, world!", "color=Hello%2C%20world%21"),
        ("cookie", True, None, "color="),
        ("cookie", True, STRING, "color=blue"),
        ("cookie", True, ARRAY, "color=blue; color=black; color=brown"),
        ("cookie", True, OBJECT, "R=100; G=200; B=150"),
        ("cookie", True, "Hello%2C%20world!", "color=Hello%2C%20world!"),
        ("cookie", False, ARRAY, "color=blue,black,brown"),
    ],
)
def test_cookie_is_written_in_its_style(
    style: str, explode: bool, value: JSONValue, expected: str
) -> None:
    parameter = color(Location.COOKIE, Style(style), explode=explode)

    assert joined(expand_cookie(parameter, value), "; ") == expected


def test_name_of_a_query_parameter_is_encoded_too() -> None:
    parameter = Parameter("❤️[]", Location.QUERY)

    assert joined(expand_query(parameter, "love!")) == "%E2%9D%A4%EF%B8%8F%5B%5D=love%21"


def test_form_parts_are_not_encoded() -> None:
    parameter = color(Location.QUERY, Style.PIPE_DELIMITED, explode=False)

    assert expand_query_unencoded(parameter, ["a b", "c"]) == (("color", "a b|c"),)

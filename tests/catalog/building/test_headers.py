"""Headers and cookies of a built request."""

from __future__ import annotations

import pytest

from catalog.building import CannotBuild
from catalog.openapi import Location, MediaType, Parameter, Response, Style
from tests.catalog.building.operations import build, header_of, make_operation, make_values


def header(name: str, *, required: bool = False) -> Parameter:
    return Parameter(name, Location.HEADER, required=required, style=Style.SIMPLE, explode=False)


def response(status_code: str, *names: str) -> Response:
    return Response(status_code, content=tuple(MediaType(name) for name in names))


@pytest.mark.parametrize(
    ("responses", "expected"),
    [
        ((), "*/*"),
        ((response("204"),), "*/*"),
        ((response("200", "application/json"),), "application/json"),
        (
            (response("400", "application/problem+json"), response("200", "application/pdf")),
            "application/pdf, application/problem+json",
        ),
        (
            (response("200", "application/json", "text/csv"), response("404", "application/json")),
            "application/json, text/csv",
        ),
        ((response("200", "application:json", "$ref", "a/b\r\nX: 1"),), "*/*"),
    ],
)
def test_accept_lists_the_media_types_of_the_responses(
    responses: tuple[Response, ...], expected: str
) -> None:
    assert header_of(build(make_operation(responses=responses)), "Accept") == expected


def test_chosen_accept_replaces_the_documented_ones() -> None:
    operation = make_operation(responses=(response("200", "application/json"),))

    request = build(operation, make_values(accept="application/pdf"))

    assert header_of(request, "Accept") == "application/pdf"


def test_accept_by_hand_wins_and_is_sent_once() -> None:
    operation = make_operation(parameters=(header("accept", required=True),))

    request = build(operation, make_values(header={"accept": "text/csv"}, accept="text/html"))

    assert request.headers == (("Accept", "text/csv"),)


def test_ignored_header_parameters_are_neither_sent_nor_missed() -> None:
    names = ("Accept", "Content-Type", "Authorization")
    operation = make_operation(parameters=tuple(header(name, required=True) for name in names))

    request = build(operation, make_values(header={"Authorization": "", "Content-Type": "a/b"}))

    assert (request.headers, request.problems) == ((("Accept", "*/*"),), ())


def test_authorization_by_hand_is_sent() -> None:
    request = build(make_operation(), make_values(header={"authorization": "Custom x"}))

    assert request.headers == (("Accept", "*/*"), ("authorization", "Custom x"))


def test_headers_keep_the_declared_order_and_added_ones_follow() -> None:
    operation = make_operation(parameters=(header("X-A"), header("X-B")))

    request = build(operation, make_values(header={"X-C": [1, 2], "X-B": True, "X-A": " a "}))

    assert request.headers[1:] == (("X-A", "a"), ("X-B", "true"), ("X-C", "1,2"))


def test_empty_header_is_sent_empty() -> None:
    request = build(make_operation(), make_values(header={"X-A": ""}))

    assert header_of(request, "X-A") == ""


def test_header_with_json_content_is_json() -> None:
    parameter = Parameter("X-Filter", Location.HEADER, content=MediaType("application/json"))

    request = build(
        make_operation(parameters=(parameter,)), make_values(header={"X-Filter": {"a": [1]}})
    )

    assert header_of(request, "X-Filter") == '{"a":[1]}'


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-A", "a\r\nX-B: b"),
        ("X-A", "a\nb"),
        ("X-A", "a\0b"),
        ("X-A", "a\x7f"),
        ("X-A", "Ł"),
        ("X-A", "日本"),
        ("X A", "a"),
        ("X-A:", "a"),
        ("", "a"),
        ("X-Ä", "a"),
        ("X-A\r\nX-B", "a"),
        ("Accept", "a\r\nX-B: b"),
        ("Cookie", "a\r\nX-B: b"),
    ],
)
def test_header_that_could_smuggle_is_refused(name: str, value: str) -> None:
    with pytest.raises(CannotBuild) as caught:
        build(make_operation(), make_values(header={name: value}))

    assert (caught.value.problem.kind, caught.value.problem.name) == ("invalid_header", name)


def test_latin_1_and_tabs_may_stand_in_a_header() -> None:
    request = build(make_operation(), make_values(header={"X-A": "caf\xe9\tau lait"}))

    assert header_of(request, "X-A") == "café\tau lait"


@pytest.mark.parametrize(
    "name",
    [
        "Host",
        "host",
        "Content-Length",
        "Transfer-Encoding",
        "Connection",
        "Keep-Alive",
        "TE",
        "Trailer",
        "Upgrade",
        "Expect",
        "Via",
        "Forwarded",
        "Proxy-Authorization",
        "Proxy-Connection",
        "X-Forwarded-For",
        "X-Forwarded-Anything",
        " Host",
    ],
)
def test_header_of_the_sender_is_refused(name: str) -> None:
    with pytest.raises(CannotBuild) as caught:
        build(make_operation(), make_values(header={name: "x"}))

    assert caught.value.problem.kind == "refused_header"


def test_declared_header_of_the_sender_is_left_out_with_a_problem() -> None:
    operation = make_operation(parameters=(header("Content-Length", required=True),))

    request = build(operation, make_values(header={"Content-Length": 5}))

    assert request.headers == (("Accept", "*/*"),)
    assert [problem.kind for problem in request.problems] == ["refused_header"]


def test_cookies_go_into_one_header() -> None:
    parameters = (
        Parameter("session", Location.COOKIE),
        Parameter("prefs", Location.COOKIE, content=MediaType("application/json")),
    )
    values = make_values(
        cookie={"added": "x y", "session": ["a", "b"], "prefs": {"a": 1}},
        header={"cookie": "own=1"},
    )

    request = build(make_operation(parameters=parameters), values)

    expected = "own=1; session=a; session=b; prefs=%7B%22a%22%3A1%7D; added=x%20y"
    assert request.headers == (("Accept", "*/*"), ("Cookie", expected))


def test_missing_required_parameters_are_problems_and_stop_nothing() -> None:
    parameters = (
        Parameter("q", Location.QUERY, required=True),
        header("X-Request", required=True),
        Parameter("session", Location.COOKIE, required=True),
        Parameter("optional", Location.QUERY),
    )

    request = build(make_operation(parameters=parameters))

    assert [(one.kind, one.location, one.name) for one in request.problems] == [
        ("missing_parameter", "query", "q"),
        ("missing_parameter", "header", "X-Request"),
        ("missing_parameter", "cookie", "session"),
    ]


def test_required_parameters_sent_empty_are_not_missing() -> None:
    parameters = (Parameter("q", Location.QUERY, required=True), header("X-Request", required=True))

    request = build(
        make_operation(parameters=parameters),
        make_values(query={"q": ""}, header={"x-request": ""}),
    )

    assert request.problems == ()

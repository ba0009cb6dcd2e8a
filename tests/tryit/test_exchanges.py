"""Exchanges as the REST contract fixes them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.tryit.console_factories import make_response
from tryit.exchanges import Exchange, ExchangeProblem, SentRequest, body_text


@pytest.mark.parametrize(
    ("content_type", "body", "text"),
    [
        pytest.param("application/json", b'{"a":1}', '{"a":1}', id="JSON"),
        pytest.param("application/problem+json; charset=utf-8", b"{}", "{}", id="a suffix"),
        pytest.param("TEXT/HTML", b"<p>", "<p>", id="any text"),
        pytest.param("text/plain; charset=latin-1", b"\xe5", "å", id="another charset"),
        pytest.param('text/plain; charset="utf-8"', "å".encode(), "å", id="a quoted charset"),
        pytest.param("", b"plain", "plain", id="no type, readable"),
        pytest.param("", b"\x00\xff", None, id="no type, bytes"),
        pytest.param("application/pdf", b"%PDF-1.7", None, id="a file"),
        pytest.param("text/plain", b"\xff", None, id="not in its charset"),
        pytest.param("text/plain; charset=nonsense", b"a", None, id="no such charset"),
    ],
)
def test_body_is_text_by_its_type_and_bytes(
    content_type: str, body: bytes, text: str | None
) -> None:
    assert body_text(body, content_type) == text


def test_cut_body_may_end_inside_a_character() -> None:
    assert body_text("å".encode()[:1], "text/plain", is_cut=True) == ""


def test_file_is_answered_in_base64() -> None:
    response = make_response(b"%PDF", content_type="application/pdf")

    assert Exchange(response=response).as_json()["response"] == {
        "status": 200,
        "reason": "OK",
        "headers": [["Content-Type", "application/pdf"]],
        "body": {"base64": "JVBERg==", "size": 4, "truncated": False},
    }


def test_long_body_is_cut_and_says_so() -> None:
    response = make_response(b"x" * 1_000_001, content_type="text/plain")

    answered = Exchange(response=response).as_json()["response"]

    assert isinstance(answered, dict)
    body = answered["body"]
    assert isinstance(body, dict)
    assert (len(str(body["text"])), body["size"], body["truncated"]) == (
        1_000_000,
        1_000_001,
        True,
    )


def test_response_that_was_cut_on_the_way_says_so() -> None:
    response = replace(make_response(b"x", content_type="text/plain"), truncated=True)

    answered = Exchange(response=response).as_json()["response"]

    assert isinstance(answered, dict)
    assert answered["body"] == {"text": "x", "size": 1, "truncated": True}


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        pytest.param(None, None, id="none"),
        pytest.param(b'{"a": 1}', '{"a": 1}', id="text"),
        pytest.param(b"\xff", {"base64": "/w=="}, id="binary"),
    ],
)
def test_request_shows_its_body(body: bytes | None, shown: object) -> None:
    request = SentRequest("POST", "https://a.example/", (("Accept", "*/*"),), body)

    assert Exchange(request=request).as_json()["request"] == {
        "method": "POST",
        "url": "https://a.example/",
        "headers": [["Accept", "*/*"]],
        "body": shown,
    }


def test_problem_is_one_text_of_whole_sentences() -> None:
    problem = ExchangeProblem(
        kind="dns",
        title="There is no such host: a.example",
        message="Your request was not sent.",
        advice="Check the server of Sandbox.",
        facts={"host": "a.example"},
    )

    assert problem.as_json() == {
        "kind": "dns",
        "host": "a.example",
        "message": "There is no such host: a.example. Your request was not sent. "
        "Check the server of Sandbox.",
    }

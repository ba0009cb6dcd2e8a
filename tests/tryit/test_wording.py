"""Sentences about requests and tokens."""

from __future__ import annotations

import pytest

from catalog.building import ProblemKind, RequestProblem
from tryit.wording import (
    REQUEST_SENTENCES,
    describe_no_server,
    describe_request_problem,
    describe_sign_in,
    describe_wrong_variable,
    duration,
)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        pytest.param(-3, "0 s", id="over"),
        pytest.param(59, "59 s", id="under a minute"),
        pytest.param(2530, "42 min 10 s", id="under an hour"),
        pytest.param(3600, "1 h 0 min", id="an hour"),
        pytest.param(86_399, "23 h 59 min", id="under a day"),
        pytest.param(86_400, "1 day", id="a day"),
        pytest.param(30 * 86_400, "30 days", id="a month"),
    ],
)
def test_duration_is_read_at_a_glance(seconds: int, words: str) -> None:
    assert duration(seconds) == words


def test_every_problem_of_a_request_has_words() -> None:
    assert set(REQUEST_SENTENCES) == set(ProblemKind)


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        pytest.param(
            RequestProblem(ProblemKind.MISSING_CREDENTIAL, "security", "bearerToken_token"),
            "bearerToken_token has no value in Sandbox, so it was not sent. "
            "Get a token first, or paste one under Security.",
            id="no token",
        ),
        pytest.param(
            RequestProblem(ProblemKind.MISSING_BODY, "body", ""),
            "The definition requires a body and none was sent.",
            id="the body has no name",
        ),
    ],
)
def test_problem_of_a_request_is_a_sentence(problem: RequestProblem, text: str) -> None:
    assert describe_request_problem(problem, environment="Sandbox").sentence == text


@pytest.mark.parametrize(
    ("reading_allowed", "words"),
    [
        pytest.param(True, "GET and HEAD", id="reading is open"),
        pytest.param(False, "only for people it knows", id="nothing is open"),
    ],
)
def test_sign_in_says_what_is_possible_without(reading_allowed: bool, words: str) -> None:
    assert words in describe_sign_in(reading_allowed=reading_allowed).sentence


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("length", "64,000 characters"),
        ("name", "letters, digits"),
        ("no_token", "no token in this value"),
        ("characters", "line breaks"),
        ("spaces", "no spaces"),
    ],
    ids=["too long", "odd name", "no token", "odd characters", "spaces"],
)
def test_wrong_variable_says_what_is_allowed(reason: str, words: str) -> None:
    assert words in describe_wrong_variable(reason)


def test_header_that_stops_a_request_says_so() -> None:
    problem = RequestProblem(ProblemKind.REFUSED_HEADER, "header", "Host")

    described = describe_request_problem(problem, environment="Sandbox", is_fatal=True)

    assert described.sentence == (
        "The header Host is set by the connection itself. A request that sets it is not sent. "
        "Leave it out and send again."
    )


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        pytest.param("gone", "There is no server in gone.", id="another one"),
        pytest.param("", "The request names no environment.", id="none"),
    ],
)
def test_missing_server_is_named(environment: str, words: str) -> None:
    assert describe_no_server(environment=environment).title == words

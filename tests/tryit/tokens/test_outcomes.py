"""What a renewal came to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from portal.egress import (
    CannotConnect,
    CannotResolve,
    EgressError,
    InvalidRequest,
    RefusedByPolicy,
    TimedOut,
)
from tests.tryit.token_factories import make_response
from tryit.tokens.detection import FoundToken
from tryit.tokens.outcomes import (
    Failure,
    FailureKind,
    failure_of_error,
    judge_response,
    parse_failure,
)
from tryit.tokens.wording import describe_failure

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("status", [200, 201, 203])
def test_a_success_with_a_token_renews(status: int) -> None:
    response = make_response(status, {"token": "abcdefgh", "expires_in": 60})

    assert judge_response(response, None, now=NOW) == FoundToken(
        "abcdefgh", NOW + timedelta(seconds=60)
    )


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, Failure(FailureKind.NO_TOKEN, can_retry=True)),
        (204, Failure(FailureKind.NO_TOKEN, can_retry=True)),
        (302, Failure(FailureKind.REFUSED, "302")),
        (400, Failure(FailureKind.REFUSED, "400")),
        (401, Failure(FailureKind.REFUSED, "401")),
        (403, Failure(FailureKind.REFUSED, "403")),
        (404, Failure(FailureKind.REFUSED, "404")),
        (422, Failure(FailureKind.REFUSED, "422")),
        (408, Failure(FailureKind.SERVER_ERROR, "408", can_retry=True)),
        (429, Failure(FailureKind.TOO_MANY_REQUESTS, "429", can_retry=True)),
        (500, Failure(FailureKind.SERVER_ERROR, "500", can_retry=True)),
        (503, Failure(FailureKind.SERVER_ERROR, "503", can_retry=True)),
    ],
)
def test_only_what_may_pass_is_tried_again(status: int, expected: Failure) -> None:
    assert judge_response(make_response(status), None, now=NOW) == expected


@pytest.mark.parametrize("status", [429, 503])
def test_the_server_may_ask_for_time(status: int) -> None:
    response = make_response(status, headers=(("retry-after", "17"),))

    outcome = judge_response(response, None, now=NOW)

    assert isinstance(outcome, Failure)
    assert outcome.retry_after == timedelta(seconds=17)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (CannotResolve("no address"), Failure(FailureKind.UNREACHABLE, "dns", can_retry=True)),
        (CannotConnect("refused"), Failure(FailureKind.UNREACHABLE, "connect", can_retry=True)),
        (TimedOut("body"), Failure(FailureKind.UNREACHABLE, "timeout", can_retry=True)),
        (RefusedByPolicy("loopback"), Failure(FailureKind.NOT_ALLOWED, "refused_by_policy")),
        (InvalidRequest("url"), Failure(FailureKind.NOT_ALLOWED, "invalid_request")),
    ],
    ids=["dns", "connect", "timeout", "policy", "invalid"],
)
def test_errors_of_the_network_are_tried_again(error: EgressError, expected: Failure) -> None:
    assert failure_of_error(error) == expected


@pytest.mark.parametrize("kind", list(FailureKind))
def test_a_failure_is_kept_as_text_and_put_into_words(kind: FailureKind) -> None:
    failure = Failure(kind, "503")

    assert parse_failure(str(failure)) == failure
    assert describe_failure(str(failure)).endswith(".")


def test_a_failure_without_detail_is_its_kind() -> None:
    assert str(Failure(FailureKind.MOVED)) == "moved"
    assert parse_failure("moved") == Failure(FailureKind.MOVED)


@pytest.mark.parametrize("text", ["", "something else"])
def test_what_is_no_failure_has_no_words(text: str) -> None:
    assert parse_failure(text) is None
    assert describe_failure(text) == ""

"""The rate limit of a minute."""

from __future__ import annotations

from examples.sandbox.rate_limits import RateLimiter
from tests.examples.client import NOW, Caller

PORTFOLIOS = "/company-data/v1/portfolios"


def _caller(per_minute: int) -> Caller:
    caller = Caller(rate_per_minute=per_minute)
    caller.authenticate()
    return caller


def test_every_answer_says_how_many_requests_are_left() -> None:
    caller = _caller(3)

    answer = caller.call("GET", PORTFOLIOS)

    assert answer.headers["RateLimit-Limit"] == "3"
    assert answer.headers["RateLimit-Remaining"] == "2"
    assert answer.headers["RateLimit-Reset"] == "20"


def test_request_beyond_the_limit_is_told_how_long_to_wait() -> None:
    caller = _caller(1)
    caller.call("GET", PORTFOLIOS)

    answer = caller.call("GET", PORTFOLIOS)

    assert answer.status == 429
    assert answer.headers["Retry-After"] == "20"
    assert answer.headers["RateLimit-Remaining"] == "0"
    assert answer.json["detail"] == "You may send 1 requests a minute. Wait 20 seconds."


def test_after_waiting_as_told_requests_are_answered_again() -> None:
    caller = _caller(1)
    caller.call("GET", PORTFOLIOS)

    caller.clock.now = NOW + 20

    assert caller.call("GET", PORTFOLIOS).status == 200


def test_accounts_are_counted_apart() -> None:
    limiter = RateLimiter(1)
    limiter.count("one", now=NOW)

    assert not limiter.count("another", now=NOW).is_exceeded
    assert limiter.count("one", now=NOW).is_exceeded


def test_refused_tokens_are_counted_by_address() -> None:
    caller = Caller(rate_per_minute=1)
    caller.token = "nonsense"

    assert caller.call("GET", PORTFOLIOS).status == 401
    assert caller.call("GET", PORTFOLIOS).status == 429

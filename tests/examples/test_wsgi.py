"""What all operations share: paths, methods, bodies, failures, log lines."""

from __future__ import annotations

import json
import logging

import pytest

from examples.sandbox.environments import build_environment
from examples.sandbox.log_lines import format_event
from examples.sandbox.messages import Request, Response
from examples.sandbox.rate_limits import RateLimiter
from examples.sandbox.refusals import Refusal
from examples.sandbox.routing import Operation
from examples.sandbox.settings import Settings
from examples.sandbox.tokens import TokenIssuer
from examples.sandbox.wsgi import SandboxApplication
from tests.examples.client import CREDENTIALS, NOW, Caller

DATA = "/company-data/v1"


class _Broken:
    """A product with a mistake in it."""

    name = "broken"
    base_path = "/broken"

    def __init__(self) -> None:
        self.operations: tuple[Operation, ...] = (
            Operation("GET", "/now", self._break, needs_token=False),
        )

    def render_refusal(self, refusal: Refusal, request: Request) -> Response:
        return Response(refusal.status)

    def _break(self, request: Request) -> Response:
        raise ZeroDivisionError


def test_health_needs_no_token() -> None:
    answer = Caller("production").call("GET", "/health")

    assert (answer.status, answer.json) == (200, {"status": "ok", "environment": "production"})


@pytest.mark.parametrize(
    "path", ["/", "/company-data/v1", f"{DATA}/nothing", f"{DATA}/companies/NO-912345678/x"]
)
def test_unknown_path_is_a_problem(path: str) -> None:
    answer = Caller().call("GET", path)

    assert answer.status == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_unknown_path_below_a_product_gets_its_form_of_error() -> None:
    answer = Caller().call("GET", "/exchange-rates/v2/nothing")

    assert answer.json == {
        "error": {
            "code": "not_found",
            "message": "There is nothing at /exchange-rates/v2/nothing.",
        }
    }


def test_other_method_is_told_which_ones_are_taken() -> None:
    answer = Caller().call("PATCH", f"{DATA}/portfolios")

    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, POST"


def test_head_has_the_headers_of_get_and_no_body(caller: Caller) -> None:
    head = caller.call("HEAD", f"{DATA}/portfolios")
    get = caller.call("GET", f"{DATA}/portfolios")

    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(get.body))


def test_body_that_is_too_large_is_read_and_refused() -> None:
    answer = Caller().call("POST", f"{DATA}/authenticate", json=b" " * 1_000_001)

    assert answer.status == 413
    assert answer.json["detail"] == "A body holds at most 1,000,000 bytes."


@pytest.mark.parametrize("length", ["-1", "many", "9" * 5000], ids=["negative", "word", "long"])
def test_length_that_is_no_number_is_refused(length: str) -> None:
    caller = Caller()
    caller.use(build_environment("sandbox", Settings()))

    answer = caller.call("POST", f"{DATA}/authenticate", headers={"Content-Length": length})

    assert answer.status == 400


def test_body_in_chunks_is_refused() -> None:
    answer = Caller().call("POST", f"{DATA}/authenticate", headers={"Transfer-Encoding": "chunked"})

    assert answer.status == 411


def test_mistake_of_ours_is_logged_and_answered(caplog: pytest.LogCaptureFixture) -> None:
    caller = Caller()
    caller.use(
        SandboxApplication(
            "sandbox",
            products=(_Broken(),),
            issuer=TokenIssuer("sandbox", key=b"x" * 32, lifetime_seconds=1),
            limiter=RateLimiter(10),
            clock=lambda: NOW,
        )
    )

    answer = caller.call("GET", "/broken/now")

    assert (answer.status, answer.json["title"]) == (500, "Internal error")
    assert "ZeroDivisionError" in caplog.text


def test_each_request_is_one_line_of_the_log(
    caplog: pytest.LogCaptureFixture, caller: Caller
) -> None:
    caplog.set_level(logging.INFO, "examples.sandbox")

    caller.call("GET", f"{DATA}/companies", query={"country": "NO"})

    line = caplog.messages[-1]
    assert line.startswith(
        "request_answered environment=sandbox method=GET path=/company-data/v1/companies"
        " status=200 user=sandbox-demo token=accepted duration_ms="
    )


def test_log_tells_a_refused_token_from_none(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "examples.sandbox")
    caller = Caller()

    caller.call("GET", f"{DATA}/portfolios")
    caller.token = "nonsense"
    caller.call("GET", f"{DATA}/portfolios")

    assert " user=- token=none " in caplog.messages[-2]
    assert " user=- token=refused " in caplog.messages[-1]


def test_issuing_a_token_is_logged_without_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "examples.sandbox")
    caller = Caller(token_seconds=90)

    caller.authenticate()

    assert caplog.messages[0] == (
        "token_issued environment=sandbox product=company-data user=sandbox-demo expires_in=90"
    )
    assert caller.token not in caplog.text


def test_log_never_holds_what_was_typed_to_sign_in(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "examples.sandbox")
    caller = Caller()

    caller.call("POST", f"{DATA}/authenticate", json=CREDENTIALS)
    caller.authenticate(username="typed-by-mistake", password="also-typed")

    assert "lantern-works-74" not in caplog.text
    assert "typed" not in caplog.text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("plain/path-1", "plain/path-1"),
        ("", '""'),
        ("two words", '"two words"'),
        ('a"b=c', '"a\\"b=c"'),
        ("line\nuser=admin", '"line\\nuser=admin"'),
    ],
    ids=["plain", "empty", "space", "quote", "newline"],
)
def test_log_value_cannot_pass_for_more_than_itself(value: str, written: str) -> None:
    assert format_event("seen", path=value) == f"seen path={written}"


def test_path_is_read_as_utf_8(caller: Caller) -> None:
    answer = caller.call("GET", f"{DATA}/companies/%C3%98")

    assert json.loads(answer.body)["detail"] == "There is no company Ø."

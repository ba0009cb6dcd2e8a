"""Servers that dawdle, flood, break off and lie."""

from __future__ import annotations

import time

import pytest

from portal.egress import (
    EgressError,
    Limits,
    ProtocolViolated,
    Request,
    Response,
    Target,
    TimedOut,
    send,
)
from tests.servers import (
    RawServer,
    Script,
    answer,
    answer_slowly,
    answer_without_end,
    never_read,
    reset_after,
    say_nothing,
    serve,
)

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def exchange(
    server: RawServer, *, limits: Limits | None = None, body: bytes | None = None
) -> Response:
    """Send a POST to a server on loopback, which is allowed here."""
    return send(
        Request("POST", f"{server.url}/", body=body),
        target=Target(server.url, allow_private=True),
        limits=limits or Limits(total_seconds=0.3),
    )


SLOW = {
    "status line": (answer_slowly(b"", OK * 99, seconds=0.05), "body"),
    "headers": (answer_slowly(OK, b"X-Header: 1" * 99, seconds=0.05), "body"),
    "body": (
        answer_slowly(OK + b"Content-Length: 999\r\n\r\n", b"x" * 999, seconds=0.05),
        "body",
    ),
    "body until it closes": (answer_slowly(OK + b"\r\n", b"x" * 999, seconds=0.05), "body"),
    "chunk size": (answer_slowly(CHUNKED, b"0" * 999, seconds=0.05), "body"),
    "chunk extension": (answer_slowly(CHUNKED + b"5;", b"x" * 999, seconds=0.05), "body"),
    "trailer": (answer_slowly(CHUNKED + b"0\r\n", b"x" * 999, seconds=0.05), "body"),
    "silence": (say_nothing, "first_byte"),
    "silence within the body": (
        answer_slowly(OK + b"Content-Length: 9\r\n\r\n", b"x", seconds=60),
        "body",
    ),
    "endless interim responses": (
        answer_slowly(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 99, seconds=0.05),
        "body",
    ),
}


@pytest.mark.parametrize(("script", "step"), SLOW.values(), ids=SLOW)
def test_total_limit_holds_whatever_is_slow(script: Script, step: str) -> None:
    with serve(script) as server:
        started = time.monotonic()
        with pytest.raises(TimedOut) as timeout:
            exchange(server)
        took = time.monotonic() - started

    assert timeout.value.detail == step
    assert 0.25 < took < 0.8


def test_server_that_never_reads_the_upload_is_left() -> None:
    with serve(never_read) as server:
        started = time.monotonic()
        with pytest.raises(TimedOut, match="sending"):
            exchange(server, body=b"x" * 9_000_000)
        took = time.monotonic() - started

    assert took < 0.8


def test_first_byte_has_a_limit_of_its_own() -> None:
    limits = Limits(first_byte_seconds=0.1, total_seconds=30)

    with serve(say_nothing) as server, pytest.raises(TimedOut) as timeout:
        exchange(server, limits=limits)

    timing = timeout.value.timing
    assert timeout.value.detail == "first_byte"
    assert timing is not None
    assert 90 < (timing.first_byte_ms or 0) < 500


ENDLESS = {
    "until it closes": answer_without_end(OK + b"\r\n", b"x" * 10_000),
    "chunked": answer_without_end(CHUNKED, b"3e8\r\n" + b"x" * 1000 + b"\r\n"),
}


@pytest.mark.parametrize("script", ENDLESS.values(), ids=ENDLESS)
def test_endless_body_is_cut_at_the_limit(script: Script) -> None:
    limits = Limits(response_decoded_bytes=1_000_000, total_seconds=30)

    with serve(script) as server:
        response = exchange(server, limits=limits)

    assert response.body == b"x" * 1_000_000
    assert response.truncated


def test_endless_headers_are_cut_at_the_limit() -> None:
    with serve(answer_without_end(OK, b"X-Many: 1\r\n" * 100)) as server:
        response = exchange(server)

    assert len(response.headers) == 200
    assert response.truncated


BROKEN = {
    "closed at once": (answer(b""), "closed within the head", True),
    "HTTP/0.9": (answer(b"<p>hello</p>\n"), "not an HTTP/1.1 response", False),
    "fewer bytes than announced": (
        answer(OK + b"Content-Length: 9\r\n\r\nabc"),
        "closed within the body",
        True,
    ),
    "cut within a chunk": (answer(CHUNKED + b"9\r\nabc"), "closed within the body", True),
    "cut between chunks": (answer(CHUNKED + b"3\r\nabc\r\n"), "closed within the body", True),
    "chunk size that is none": (answer(CHUNKED + b"zz\r\nabc"), "closed within the body", True),
    "chunk size below zero": (answer(CHUNKED + b"-5\r\nabc"), "closed within the body", True),
    "endless chunk size": (answer(CHUNKED + b"1" * 70_000), "not readable as HTTP", False),
    "lengths that differ": (
        answer(OK + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
        "content lengths that differ",
        False,
    ),
    "reset within the body": (
        reset_after(OK + b"Content-Length: 9\r\n\r\nabc"),
        "the connection was closed",
        True,
    ),
    "reset before the head": (reset_after(b""), "the connection was closed", True),
    "flood of interim responses": (
        answer_without_end(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        "not an HTTP/1.1 response",
        False,
    ),
}


@pytest.mark.parametrize(("script", "detail", "can_retry"), BROKEN.values(), ids=BROKEN)
def test_response_that_is_none_is_told(script: Script, detail: str, can_retry: bool) -> None:
    with serve(script) as server, pytest.raises(ProtocolViolated) as failure:
        exchange(server, limits=Limits(total_seconds=10))

    error: EgressError = failure.value
    assert (error.detail, error.can_retry) == (detail, can_retry)
    assert (error.kind, error.host, error.port) == ("protocol", "127.0.0.1", server.port)


def test_answer_given_before_the_upload_was_read_is_shown() -> None:
    response = b"HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig"

    with serve(answer(response)) as server:
        given = exchange(server, limits=Limits(total_seconds=10), body=b"x" * 1000)

    assert (given.status, given.body) == (413, b"big")

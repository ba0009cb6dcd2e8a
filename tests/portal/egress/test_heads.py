"""Reading the head of a response."""

from __future__ import annotations

import io

import pytest

from portal.egress import Limits, ProtocolViolated
from portal.egress.heads import Head, read_head


def read(text: bytes, limits: Limits | None = None) -> Head:
    """The head of these bytes."""
    return read_head(io.BytesIO(text), limits or Limits())


def test_head_is_read_with_repeated_headers_in_order() -> None:
    head = read(
        b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nContent-Type:text/plain \r\n"
        b"set-cookie: b=2\r\nX-Empty:\r\n\r\nbody"
    )

    assert head == Head(
        "1.1",
        200,
        "OK",
        (
            ("Set-Cookie", "a=1"),
            ("Content-Type", "text/plain"),
            ("set-cookie", "b=2"),
            ("X-Empty", ""),
        ),
        complete=True,
    )
    assert head.get_all("set-cookie") == ("a=1", "b=2")


@pytest.mark.parametrize(
    ("text", "status", "reason", "version"),
    [
        pytest.param(b"HTTP/1.0 404 Not Found\n\n", 404, "Not Found", "1.0", id="bare newlines"),
        pytest.param(b"HTTP/1.1 200\r\n\r\n", 200, "", "1.1", id="no reason"),
        pytest.param(b"HTTP/1.1  200  Fine \r\n\r\n", 200, "Fine", "1.1", id="many spaces"),
        pytest.param(b"HTTP/1.1 999 \xe9\r\n\r\n", 999, "\u00e9", "1.1", id="Latin-1"),
        pytest.param(b"HTTP/1.1 101 Up\r\n\r\n", 101, "Up", "1.1", id="switching protocols"),
        pytest.param(
            b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
            b"HTTP/1.1 204 No Content\r\n\r\n",
            204,
            "No Content",
            "1.1",
            id="interim responses are passed over",
        ),
    ],
)
def test_status_line_is_read(text: bytes, status: int, reason: str, version: str) -> None:
    head = read(text)

    assert (head.status, head.reason, head.http_version) == (status, reason, version)


def test_folded_header_is_one_value() -> None:
    head = read(b"HTTP/1.1 200 OK\r\nX-Long: a\r\n  b\r\n\tc\r\n\r\n")

    assert head.headers == (("X-Long", "a b c"),)


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        pytest.param(b"", "closed within the head", id="nothing"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: y", "closed within the head", id="cut"),
        pytest.param(b"<html>hello</html>\n", "not an HTTP", id="HTTP/0.9"),
        pytest.param(b"SSH-2.0-OpenSSH_9\r\n", "not an HTTP", id="SSH"),
        pytest.param(b"HTTP/2 200\r\n\r\n", "not an HTTP", id="HTTP/2"),
        pytest.param(b"HTTP/1.1 2x0 OK\r\n\r\n", "status code", id="status with a letter"),
        pytest.param(b"HTTP/1.1 099 OK\r\n\r\n", "status code", id="status too low"),
        pytest.param(b"HTTP/1.1 \xb2\xb2\xb2 OK\r\n\r\n", "status code", id="odd digits"),
        pytest.param(b"HTTP/1.1 200 OK\r\nnonsense\r\n\r\n", "without a name", id="no colon"),
        pytest.param(b"HTTP/1.1 200 OK\r\n: x\r\n\r\n", "without a name", id="no name"),
        pytest.param(b"HTTP/1.1 200 OK\r\n folded\r\n\r\n", "without a name", id="fold first"),
    ],
)
def test_what_is_not_http_is_an_error(text: bytes, detail: str) -> None:
    with pytest.raises(ProtocolViolated, match=detail):
        read(text)


def test_headers_above_the_count_are_cut() -> None:
    text = b"HTTP/1.1 200 OK\r\n" + b"X: 1\r\n" * 1000 + b"\r\n"

    head = read(text, Limits(header_count=200))

    assert len(head.headers) == 200
    assert not head.complete


def test_headers_at_the_count_are_whole() -> None:
    text = b"HTTP/1.1 200 OK\r\n" + b"X: 1\r\n" * 200 + b"\r\n"

    assert read(text, Limits(header_count=200)).complete


def test_header_of_100_kilobytes_is_cut() -> None:
    head = read(b"HTTP/1.1 200 OK\r\nA: b\r\nX: " + b"x" * 100_000 + b"\r\n\r\n")

    assert head.headers == (("A", "b"),)
    assert not head.complete
    assert head.render_framing() == b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


def test_endless_status_line_is_an_error() -> None:
    with pytest.raises(ProtocolViolated, match="not an HTTP"):
        read(b"HTTP/1.1 200 " + b"x" * 100_000)


def test_flood_of_interim_responses_is_an_error() -> None:
    with pytest.raises(ProtocolViolated):
        read(b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000)


def test_interim_response_above_the_limit_is_an_error() -> None:
    text = b"HTTP/1.1 103 Early Hints\r\n" + b"X: 1\r\n" * 201 + b"\r\n"

    with pytest.raises(ProtocolViolated, match="interim"):
        read(text)


@pytest.mark.parametrize(
    ("headers", "framing"),
    [
        pytest.param(b"", b"", id="until the connection closes"),
        pytest.param(b"Content-Length: 5\r\n", b"Content-Length: 5\r\n", id="length"),
        pytest.param(
            b"Content-Length: 5\r\ncontent-length: 5, 5\r\n",
            b"Content-Length: 5\r\n",
            id="the same length more than once",
        ),
        pytest.param(
            b"Transfer-Encoding: Chunked\r\n", b"Transfer-Encoding: chunked\r\n", id="chunked"
        ),
        pytest.param(
            b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            b"Transfer-Encoding: chunked\r\n",
            id="chunked wins over a length",
        ),
        pytest.param(b"Location: /x\r\nSet-Cookie: a=b\r\n", b"", id="nothing else is passed on"),
    ],
)
def test_framing_says_where_the_body_ends(headers: bytes, framing: bytes) -> None:
    head = read(b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n")

    assert head.render_framing() == b"HTTP/1.1 200 OK\r\n" + framing + b"\r\n"


@pytest.mark.parametrize(
    ("headers", "detail"),
    [
        (b"Content-Length: 5\r\nContent-Length: 6\r\n", "differ"),
        (b"Content-Length: 5, 6\r\n", "differ"),
        (b"Content-Length: -5\r\n", "no number"),
        (b"Content-Length: +5\r\n", "no number"),
        (b"Content-Length: 0x5\r\n", "no number"),
        (b"Content-Length: \xb2\r\n", "no number"),
        (b"Transfer-Encoding: gzip, chunked\r\n", "not chunked"),
        (b"Transfer-Encoding: identity\r\n", "not chunked"),
    ],
)
def test_framing_that_can_be_read_in_two_ways_is_an_error(headers: bytes, detail: str) -> None:
    head = read(b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n")

    with pytest.raises(ProtocolViolated, match=detail):
        head.render_framing()

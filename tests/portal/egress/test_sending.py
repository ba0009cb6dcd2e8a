"""A whole exchange with servers that behave."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portal.egress import EgressError, InvalidRequest, Limits, Request, Response, Target, send
from tests.servers import EchoServer, RawServer, answer, bomb, serve

LIMITS = Limits(total_seconds=10)


@pytest.fixture
def server() -> Iterator[RawServer]:
    with EchoServer() as running:
        yield running


def send_to(server: RawServer, request: Request) -> Response:
    """Send to a server on loopback, which is allowed here."""
    return send(request, target=Target(server.url, allow_private=True), limits=LIMITS)


def echo(server: RawServer, request: Request) -> dict[str, Any]:
    """What arrived at the echo server."""
    arrived: dict[str, Any] = json.loads(send_to(server, request).body)
    return arrived


def get_answer(response: bytes) -> Response:
    """The response to a GET that a server answers with these bytes."""
    with serve(answer(response)) as server:
        return send_to(server, Request("GET", f"{server.url}/"))


def test_request_arrives_as_it_was_built(server: RawServer) -> None:
    target = '/v1/a%2e%2e/%2F/..//x|{y}"?q=%7bx&r=a+b%20c&[s]=\\'

    arrived = echo(
        server,
        Request(
            "PATCH",
            f"{server.url}{target}",
            (("X-Two", "1"), ("Content-Type", "text/plain"), ("x-two", "\u00e9")),
            b"h\xffi",
        ),
    )

    assert arrived == {
        "method": "PATCH",
        "target": target,
        "headers": [
            ["Host", f"127.0.0.1:{server.port}"],
            ["User-Agent", "Portico"],
            ["Accept", "*/*"],
            ["Accept-Encoding", "gzip, deflate, br, zstd"],
            ["X-Two", "1"],
            ["X-Two", "\u00e9"],
            ["Content-Type", "text/plain"],
            ["Content-Length", "3"],
        ],
        "body": "h\u00ffi",
    }


def test_response_tells_what_was_sent(server: RawServer) -> None:
    request = Request("GET", f"{server.url}/", (("accept", "text/html"), ("User-agent", "mine")))

    response = send_to(server, request)

    assert response.sent_headers == (
        ("Host", f"127.0.0.1:{server.port}"),
        ("Accept-Encoding", "gzip, deflate, br, zstd"),
        ("accept", "text/html"),
        ("User-agent", "mine"),
    )
    assert [list(header) for header in response.sent_headers] == json.loads(response.body)[
        "headers"
    ]


@pytest.mark.parametrize(
    ("method", "body", "lengths"),
    [
        ("GET", None, []),
        ("DELETE", None, []),
        ("POST", None, ["0"]),
        ("PUT", b"", ["0"]),
        ("GET", b"{}", ["2"]),
        ("lower", b"{}", ["2"]),
    ],
)
def test_body_is_announced_by_its_length(
    server: RawServer, method: str, body: bytes | None, lengths: list[str]
) -> None:
    arrived = echo(server, Request(method, f"{server.url}/", body=body))

    assert arrived["method"] == method
    assert arrived["body"] == (body or b"").decode()
    assert [value for name, value in arrived["headers"] if name == "Content-Length"] == lengths


def test_body_of_five_megabytes_arrives(server: RawServer) -> None:
    arrived = echo(server, Request("POST", f"{server.url}/", body=b"x" * 5_000_000))

    assert len(arrived["body"]) == 5_000_000


def test_server_on_ipv6_is_reached() -> None:
    with EchoServer(host="::1") as server:
        arrived = echo(server, Request("GET", f"{server.url}/"))

    assert arrived["headers"][0] == ["Host", f"[::1]:{server.port}"]


def test_response_is_given_whole() -> None:
    response = get_answer(
        b"HTTP/1.1 418 I'm a teapot\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\n"
        b"Content-Type: image/svg+xml\r\nContent-Length: 25\r\n\r\n"
        b"<svg><script/></svg>\xff\xfe\0\r\n"
    )

    assert (response.status, response.reason, response.http_version) == (418, "I'm a teapot", "1.1")
    assert response.headers == (
        ("Set-Cookie", "a=1"),
        ("set-cookie", "b=2"),
        ("Content-Type", "image/svg+xml"),
        ("Content-Length", "25"),
    )
    assert response.body == b"<svg><script/></svg>\xff\xfe\0\r\n"
    assert (response.raw_bytes, response.truncated) == (25, False)


@pytest.mark.parametrize(
    ("response", "body"),
    [
        pytest.param(b"HTTP/1.0 200 OK\r\n\r\nto the end", b"to the end", id="until it closes"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: 1\r\n\r\n",
            b"abcde",
            id="chunked with extension and trailer",
        ),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabcdef",
            b"abc",
            id="more than announced",
        ),
        pytest.param(b"HTTP/1.1 204 No Content\r\n\r\nbody", b"", id="204 with a body"),
        pytest.param(b"HTTP/1.1 304 Not Modified\r\n\r\nbody", b"", id="304 with a body"),
        pytest.param(b"HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\nx", b"", id="101"),
        pytest.param(
            b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
            b"x",
            id="100 first",
        ),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"packed"),
            b"packed",
            id="gzip",
        ),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n",
            b"",
            id="gzip of nothing",
        ),
    ],
)
def test_body_ends_where_the_response_says(response: bytes, body: bytes) -> None:
    assert get_answer(response).body == body


def test_head_response_has_no_body() -> None:
    with serve(answer(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n")) as server:
        response = send_to(server, Request("HEAD", f"{server.url}/"))

    assert (response.body, response.truncated) == (b"", False)
    assert response.headers == (("Content-Length", "99"),)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("location", ["/elsewhere", "http://169.254.169.254/", "//x", "\xff:"])
def test_redirect_is_shown_and_not_followed(status: int, location: str) -> None:
    line = f"HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 5\r\n\r\nmoved"

    with serve(answer(line.encode("latin-1"))) as server:
        response = send_to(server, Request("POST", f"{server.url}/", body=b"secret"))
        received = len(server.received)

    assert (response.status, response.body) == (status, b"moved")
    assert response.headers[0] == ("Location", location)
    assert received == 1


def test_bomb_is_cut_and_the_rest_left_alone() -> None:
    packed = bomb("gzip", megabytes=20)
    response = get_answer(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + packed)

    assert len(response.body) == 10_000_000
    assert response.truncated


def test_thousand_headers_are_cut_and_the_body_left_alone() -> None:
    response = get_answer(b"HTTP/1.1 200 OK\r\n" + b"X-Many: 1\r\n" * 1000 + b"\r\nbody")

    assert len(response.headers) == 200
    assert (response.body, response.truncated) == (b"", True)


def test_timing_counts_the_steps(server: RawServer) -> None:
    timing = send_to(server, Request("GET", f"{server.url}/")).timing

    assert timing.tls_ms is None
    steps = (timing.dns_ms, timing.connect_ms, timing.first_byte_ms)
    assert all(step is not None and step >= 0 for step in steps)
    assert sum(step or 0 for step in steps) <= (timing.total_ms or 0)


def test_surroundings_change_nothing(
    server: RawServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login a password b\ndefault login c password d\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "missing.pem"))
    monkeypatch.setenv("CURL_CA_BUNDLE", str(tmp_path / "missing.pem"))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    request = Request("GET", f"{server.url}/", (("Authorization", "Bearer mine"),))

    arrived = echo(server, request)

    sent = [value for name, value in arrived["headers"] if name == "Authorization"]
    assert sent == ["Bearer mine"]


def test_cookies_of_one_exchange_are_not_sent_in_the_next() -> None:
    response = b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nContent-Length: 0\r\n\r\n"

    with serve(answer(response)) as server:
        send_to(server, Request("GET", f"{server.url}/"))
        send_to(server, Request("GET", f"{server.url}/"))
        second = server.received[1]

    assert b"cookie" not in second.lower()


def test_nothing_of_the_request_is_logged(
    server: RawServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    send_to(
        server,
        Request("POST", f"{server.url}/path?key=S3CRET", (("X-Key", "S3CRET"),), b"S3CRET"),
    )

    assert "S3CRET" not in caplog.text
    assert "/path" not in caplog.text


def test_representations_show_no_headers_and_no_bodies(server: RawServer) -> None:
    request = Request("POST", f"{server.url}/", (("X-Key", "S3CRET"),), b"S3CRET")

    assert "S3CRET" not in repr(request)
    assert "S3CRET" not in repr(send_to(server, request))


def test_invalid_request_is_told_before_anything_happens() -> None:
    with pytest.raises(InvalidRequest) as refusal:
        send(Request("GET", "nonsense"), target=Target("http://h"), limits=LIMITS)

    error: EgressError = refusal.value
    assert (error.kind, error.host, error.port) == ("invalid_request", "", 0)
    assert error.timing is not None
    assert error.timing.connect_ms is None

"""Exchanges over TLS: whom to trust, what to show, how failures are told."""

from __future__ import annotations

import os
import socket
import ssl
import struct
import time
from pathlib import Path

import pytest

from portal.egress import (
    Limits,
    ProtocolViolated,
    Request,
    Response,
    Target,
    TimedOut,
    TLSFailed,
    TLSOptions,
    send,
)
from portal.egress.certificates import find_context
from tests.servers import Authority, EchoServer, RawServer, Script, never_read, serve


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority that nobody but these tests knows."""
    return Authority(tmp_path_factory.mktemp("authority"))


def get(url: str, tls: TLSOptions, limits: Limits | None = None) -> Response:
    """Send a GET to a server on loopback with these TLS options."""
    target = Target(url, allow_private=True, tls=tls)
    return send(Request("GET", url), target=target, limits=limits or Limits(total_seconds=10))


def trusting(authority: Authority) -> TLSOptions:
    """The options of a client that knows the authority."""
    return TLSOptions(ca_bundle=str(authority.bundle))


def test_server_of_a_known_authority_is_trusted(authority: Authority) -> None:
    with EchoServer(tls=authority.server_context()) as server:
        response = get(server.url, trusting(authority))

    assert response.status == 200
    assert (response.timing.tls_ms or 0) > 0


def test_certificate_is_checked_against_the_name_not_the_address(authority: Authority) -> None:
    with EchoServer(tls=authority.server_context(host="localhost")) as server:
        url = f"https://localhost:{server.port}"

        assert get(url, trusting(authority)).status == 200


@pytest.mark.parametrize(
    ("host", "days", "knows", "detail"),
    [
        pytest.param("127.0.0.1", 1, False, "issuer: unable to get local issuer", id="issuer"),
        pytest.param("127.0.0.1", -1, True, "expiry: certificate has expired", id="expiry"),
        pytest.param("127.0.0.2", 1, True, "name: IP address mismatch", id="address"),
        pytest.param("api.example.com", 1, True, "name: IP address mismatch", id="name"),
    ],
)
def test_failure_tells_what_is_wrong_with_the_certificate(
    authority: Authority, host: str, days: int, knows: bool, detail: str
) -> None:
    options = trusting(authority) if knows else TLSOptions()

    with (
        EchoServer(tls=authority.server_context(host=host, days=days)) as server,
        pytest.raises(TLSFailed) as failure,
    ):
        get(server.url, options)

    assert failure.value.detail.startswith(detail)
    assert not failure.value.can_retry
    assert server.received == []


def test_certificate_is_not_checked_where_an_administrator_says_so(authority: Authority) -> None:
    context = authority.server_context(host="api.example.com", days=-1)

    with EchoServer(tls=context) as server:
        assert get(server.url, TLSOptions(verify=False)).status == 200


def test_client_certificate_is_shown(authority: Authority) -> None:
    context = authority.server_context(asks_client=True)
    options = TLSOptions(
        ca_bundle=str(authority.bundle), client_certificate=str(authority.issue("client"))
    )

    with EchoServer(tls=context) as server:
        assert get(server.url, options).status == 200


def test_missing_client_certificate_is_told(authority: Authority) -> None:
    with (
        EchoServer(tls=authority.server_context(asks_client=True)) as server,
        pytest.raises((TLSFailed, ProtocolViolated)),
    ):
        get(server.url, trusting(authority))


def say_plain_http(server: RawServer, connection: socket.socket) -> None:
    """Answer the handshake in plain HTTP."""
    connection.recv(1000)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def hang_up(server: RawServer, connection: socket.socket) -> None:
    """Close at the first bytes of the handshake."""
    connection.recv(1000)


def reset(server: RawServer, connection: socket.socket) -> None:
    """Reset the connection at the first bytes of the handshake."""
    connection.recv(1000)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def test_server_without_tls_is_told() -> None:
    with serve(say_plain_http) as server, pytest.raises(TLSFailed) as failure:
        get(server.url.replace("http:", "https:"), TLSOptions())

    assert failure.value.detail.startswith("handshake: ")


@pytest.mark.parametrize("script", [hang_up, reset])
def test_server_that_hangs_up_is_told(script: Script) -> None:
    with serve(script) as server, pytest.raises(TLSFailed) as failure:
        get(server.url.replace("http:", "https:"), TLSOptions())

    assert failure.value.detail.startswith("handshake: ")


@pytest.mark.parametrize(
    "limits",
    [Limits(total_seconds=0.3), Limits(connect_seconds=0.3, total_seconds=30)],
    ids=["total", "handshake"],
)
def test_handshake_that_stalls_is_left(limits: Limits) -> None:
    with serve(never_read) as server:
        started = time.monotonic()
        with pytest.raises(TimedOut, match="tls"):
            get(server.url.replace("http:", "https:"), TLSOptions(), limits)
        took = time.monotonic() - started

    assert took < 0.8


def test_silence_after_the_handshake_is_left(authority: Authority) -> None:
    with (
        serve(never_read, tls=authority.server_context()) as server,
        pytest.raises(TimedOut, match="first_byte"),
    ):
        get(server.url, trusting(authority), Limits(total_seconds=0.3))


def test_upload_that_is_never_read_is_left_over_tls(authority: Authority) -> None:
    with serve(never_read, tls=authority.server_context()) as server:
        request = Request("POST", server.url, body=b"x" * 9_000_000)
        target = Target(server.url, allow_private=True, tls=trusting(authority))
        with pytest.raises(TimedOut, match="sending"):
            send(request, target=target, limits=Limits(total_seconds=0.3))


@pytest.mark.parametrize("content", [None, "no certificate"], ids=["missing", "damaged"])
def test_unusable_bundle_is_told(tmp_path: Path, content: str | None) -> None:
    bundle = tmp_path / "bundle.pem"
    if content is not None:
        bundle.write_text(content)

    with pytest.raises(TLSFailed, match="configuration"):
        find_context(TLSOptions(ca_bundle=str(bundle)))


def test_context_is_made_once_until_its_files_change(authority: Authority) -> None:
    options = trusting(authority)
    first, second = find_context(options), find_context(options)

    os.utime(authority.bundle, (1_000_000_000, 1_000_000_000))

    assert first is second
    assert find_context(options) is not first


def test_old_versions_and_key_logs_are_off(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, authority: Authority
) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    os.utime(authority.bundle, (1_000_000_001, 1_000_000_001))

    context = find_context(trusting(authority))

    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    assert context.keylog_filename is None

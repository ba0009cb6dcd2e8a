"""Nothing is dialled that was not checked, and nothing is used that is not what was dialled."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from portal.egress import (
    CannotConnect,
    CannotResolve,
    EgressError,
    Endpoint,
    InvalidRequest,
    Limits,
    RefusedByPolicy,
    Request,
    Response,
    Target,
    TimedOut,
    send,
)
from tests.servers import EchoServer, RawServer

DENIED_HOSTS = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0x7f.1",
    "0",
    "0.0.0.0",
    "[::]",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::a9fe:a9fe]",
    "[64:ff9b:1::a9fe:a9fe]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::]",
    "[::ffff:0:127.0.0.1]",
    "[fe80::1%25eth0]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[fec0::1]",
    "[ff02::1]",
    "[100::1]",
    "[3fff::1]",
    "[5f00::1]",
    "10.0.0.1",
    "169.254.169.254",
    "100.100.100.200",
    "192.0.0.192",
    "168.63.129.16",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "localhost",
    "LOCALHOST.",
    "x.localhost",
]
METADATA_HOSTS = [
    "169.254.169.254",
    "169.254.170.2",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "169.254.1.1",
    "[fd00:ec2::254]",
    "[fe80::1]",
    "[::ffff:169.254.169.254]",
    "[64:ff9b::a9fe:a9fe]",
    "0.0.0.0",
]


class Dialled(Exception):
    """Something was dialled that must not be."""


@pytest.fixture
def _no_dialling(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(self: socket.socket, address: Any) -> None:
        raise Dialled(address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture
def server() -> Iterator[RawServer]:
    with EchoServer() as running:
        yield running


def resolve_to(monkeypatch: pytest.MonkeyPatch, *rounds: tuple[str, ...]) -> list[str]:
    """Have the system answer each lookup with the next round; gives the hosts it was asked for."""
    asked: list[str] = []

    def getaddrinfo(host: str, port: None, **options: Any) -> list[Any]:
        texts = rounds[min(len(asked), len(rounds) - 1)]
        asked.append(host)
        return [(0, socket.SOCK_STREAM, 6, "", (text, 0)) for text in texts]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def get(
    url: str,
    *,
    allow_private: bool = False,
    denied: tuple[Endpoint, ...] = (),
    limits: Limits | None = None,
) -> Response:
    """Send a GET to a target that is this very URL."""
    target = Target(url, allow_private=allow_private, denied=frozenset(denied))
    return send(Request("GET", url), target=target, limits=limits or Limits(total_seconds=5))


@pytest.mark.usefixtures("_no_dialling")
@pytest.mark.parametrize("host", DENIED_HOSTS)
def test_special_address_is_never_dialled(host: str) -> None:
    with pytest.raises(RefusedByPolicy):
        get(f"http://{host}/")


@pytest.mark.usefixtures("_no_dialling")
@pytest.mark.parametrize("host", METADATA_HOSTS)
def test_metadata_and_link_local_are_never_dialled_even_where_private_is_allowed(
    host: str,
) -> None:
    with pytest.raises(RefusedByPolicy):
        get(f"https://{host}/", allow_private=True)


@pytest.mark.usefixtures("_no_dialling")
@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "10.0.0.1", "100.64.0.1", "[fc00::1]"])
def test_private_address_is_dialled_where_it_is_allowed(host: str) -> None:
    with pytest.raises(Dialled):
        get(f"http://{host}/", allow_private=True)


@pytest.mark.usefixtures("_no_dialling")
@pytest.mark.parametrize(
    "answers",
    [
        pytest.param(("10.0.0.1",), id="private"),
        pytest.param(("8.8.8.8", "10.0.0.1"), id="public and private"),
        pytest.param(("2606:4700::1111", "::1"), id="public and loopback, IPv6"),
        pytest.param(("8.8.8.8", "169.254.169.254"), id="public and metadata"),
        pytest.param((*(f"8.8.8.{low}" for low in range(256)), "10.0.0.1"), id="many"),
    ],
)
def test_name_with_a_denied_answer_is_never_dialled(
    monkeypatch: pytest.MonkeyPatch, answers: tuple[str, ...]
) -> None:
    resolve_to(monkeypatch, answers)

    with pytest.raises(RefusedByPolicy):
        get("https://api.example.com/")


@pytest.mark.usefixtures("_no_dialling")
def test_name_is_resolved_once_and_dialled_by_address(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = resolve_to(monkeypatch, ("8.8.8.8",), ("127.0.0.1",))

    with pytest.raises(Dialled) as dialled:
        get("http://api.example.com:8080/")

    assert dialled.value.args == (("8.8.8.8", 8080),)
    assert asked == ["api.example.com"]


@pytest.mark.usefixtures("_no_dialling")
def test_trailing_dot_is_kept_for_the_lookup(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = resolve_to(monkeypatch, ("10.0.0.1",))

    with pytest.raises(RefusedByPolicy):
        get("http://api.example.com./")

    assert asked == ["api.example.com."]


@pytest.mark.usefixtures("_no_dialling")
@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://api.example.com:8080/",
        "https://api.example.com/",
        "http://evil.api.example.com/",
    ],
)
def test_place_a_redirect_could_name_is_refused_as_another_origin(url: str) -> None:
    with pytest.raises(RefusedByPolicy, match="other_origin"):
        send(Request("GET", url), target=Target("http://api.example.com"), limits=Limits())


@pytest.mark.usefixtures("_no_dialling")
@pytest.mark.parametrize("base_url", ["", "/v1", "ftp://api.example.com"])
def test_target_without_a_base_url_is_no_target(base_url: str) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        send(Request("GET", "http://h/"), target=Target(base_url), limits=Limits())

    assert (refusal.value.host, refusal.value.port) == ("h", 80)


@pytest.mark.usefixtures("_no_dialling")
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.0.5", "[::1]", "x.localhost"])
@pytest.mark.parametrize("denied", ["127.0.0.1", "0.0.0.0", "localhost"])
def test_portals_own_listener_is_never_dialled(host: str, denied: str) -> None:
    with pytest.raises(RefusedByPolicy, match="own_endpoint"):
        get(f"http://{host}:8000/", allow_private=True, denied=(Endpoint(denied, 8000),))


@pytest.mark.usefixtures("_no_dialling")
def test_portals_database_is_never_dialled_by_its_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolve_to(monkeypatch, ("10.0.0.7",))

    with pytest.raises(RefusedByPolicy, match="own_endpoint"):
        get("http://10.0.0.7:5432/", allow_private=True, denied=(Endpoint("db", 5432),))


@pytest.mark.usefixtures("_no_dialling")
def test_denied_name_without_an_address_denies_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve_to(monkeypatch, ())

    with pytest.raises(Dialled):
        get("http://10.0.0.7:5432/", allow_private=True, denied=(Endpoint("db", 5432),))


def test_connection_that_ended_elsewhere_is_refused(
    monkeypatch: pytest.MonkeyPatch, server: RawServer
) -> None:
    monkeypatch.setattr(socket.socket, "getpeername", lambda self: ("10.0.0.1", 80))

    with pytest.raises(RefusedByPolicy, match="peer_changed"):
        get(server.url, allow_private=True)

    assert server.received == []


def test_own_listener_behind_an_outer_address_of_this_machine_is_refused(
    monkeypatch: pytest.MonkeyPatch, server: RawServer
) -> None:
    connect = socket.socket.connect
    here = ("192.168.0.9", server.port)
    monkeypatch.setattr(
        socket.socket, "connect", lambda self, address: connect(self, ("127.0.0.1", server.port))
    )
    monkeypatch.setattr(socket.socket, "getpeername", lambda self: here)
    monkeypatch.setattr(socket.socket, "getsockname", lambda self: here)

    with pytest.raises(RefusedByPolicy, match="own_endpoint"):
        get(
            f"http://192.168.0.9:{server.port}/",
            allow_private=True,
            denied=(Endpoint("0.0.0.0", server.port),),
        )

    assert server.received == []


def test_another_loopback_address_is_reached() -> None:
    with EchoServer(host="127.0.0.2") as server:
        denied = (Endpoint("127.0.0.1", server.port + 1),)

        assert get(server.url, allow_private=True, denied=denied).status == 200


def test_next_address_is_tried_when_one_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, server: RawServer
) -> None:
    resolve_to(monkeypatch, ("::1", "127.0.0.1"))

    response = get(f"http://api.example.com:{server.port}/", allow_private=True)

    assert response.status == 200


def test_at_most_four_addresses_are_dialled(monkeypatch: pytest.MonkeyPatch) -> None:
    dialled: list[str] = []

    def connect(self: socket.socket, address: tuple[str, int]) -> None:
        dialled.append(address[0])
        raise OSError(errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", connect)
    resolve_to(monkeypatch, tuple(f"8.8.8.{low}" for low in range(9)))

    with pytest.raises(CannotConnect, match="unreachable"):
        get("http://api.example.com/")

    assert dialled == ["8.8.8.0", "8.8.8.1", "8.8.8.2", "8.8.8.3"]


@pytest.mark.parametrize(
    ("failure", "error", "detail"),
    [
        (OSError(errno.ECONNREFUSED, "Connection refused"), CannotConnect, "refused"),
        (OSError(errno.EHOSTUNREACH, "No route to host"), CannotConnect, "unreachable"),
        (OSError(errno.EACCES, "Permission denied"), CannotConnect, "Permission denied"),
        (OSError("odd"), CannotConnect, "failed"),
        (TimeoutError("timed out"), TimedOut, "connect"),
    ],
)
def test_failure_to_connect_tells_why(
    monkeypatch: pytest.MonkeyPatch, failure: OSError, error: type[EgressError], detail: str
) -> None:
    def connect(self: socket.socket, address: tuple[str, int]) -> None:
        raise failure

    monkeypatch.setattr(socket.socket, "connect", connect)

    with pytest.raises(error) as raised:
        get("http://8.8.8.8:8080/")

    assert (raised.value.detail, raised.value.can_retry) == (detail, True)
    assert (raised.value.host, raised.value.port) == ("8.8.8.8", 8080)
    assert raised.value.timing is not None
    assert raised.value.timing.connect_ms is not None


def test_closed_port_refuses() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with pytest.raises(CannotConnect, match="refused"):
        get(f"http://127.0.0.1:{port}/", allow_private=True)


def test_unknown_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve_to(monkeypatch, ())

    with pytest.raises(CannotResolve) as failure:
        get("http://api.example.com/")

    assert failure.value.kind == "dns"
    assert failure.value.host == "api.example.com"

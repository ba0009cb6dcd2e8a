"""Looking up hosts: once, every answer, within a time."""

from __future__ import annotations

import socket
import threading
from ipaddress import ip_address
from typing import Any

import pytest

from portal.egress import CannotResolve, TimedOut
from portal.egress.resolving import resolve_host


def answer(*texts: str) -> Any:
    """A getaddrinfo that gives these addresses."""

    def getaddrinfo(host: str, port: None, **options: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (text, 0)) for text in texts]

    return getaddrinfo


@pytest.fixture
def _no_lookups(monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(host: str, *args: Any, **options: Any) -> list[Any]:
        raise AssertionError(f"{host} was looked up")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.mark.usefixtures("_no_lookups")
@pytest.mark.parametrize("host", ["localhost", "localhost.", "x.localhost", "api.x.localhost."])
def test_localhost_is_this_machine_without_asking(host: str) -> None:
    found = resolve_host(host, seconds=1)

    assert found == (ip_address("127.0.0.1"), ip_address("::1"))


@pytest.mark.usefixtures("_no_lookups")
@pytest.mark.parametrize(
    ("host", "address"), [("8.8.8.8", "8.8.8.8"), ("::1", "::1"), ("fe80::1%eth0", "fe80::1")]
)
def test_literal_is_its_own_address(host: str, address: str) -> None:
    assert resolve_host(host, seconds=1) == (ip_address(address),)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("0", "0.0.0.0"),
    ],
)
def test_odd_literal_is_read_as_the_system_reads_it(host: str, address: str) -> None:
    assert resolve_host(host, seconds=5) == (ip_address(address),)


def test_every_answer_is_given_once_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answer("2001:4860::8", "8.8.8.8", "2001:4860::8"))

    found = resolve_host("api.example.com", seconds=1)

    assert found == (ip_address("2001:4860::8"), ip_address("8.8.8.8"))


def test_many_answers_are_all_given(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"8.8.{high}.{low}" for high in range(16) for low in range(256)]
    monkeypatch.setattr(socket, "getaddrinfo", answer(*texts))

    assert len(resolve_host("api.example.com", seconds=1)) == 4096


def test_no_answer_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answer())

    with pytest.raises(CannotResolve, match="no address"):
        resolve_host("api.example.com", seconds=1)


@pytest.mark.parametrize(
    ("code", "detail", "can_retry"),
    [
        (socket.EAI_NONAME, "no such name", False),
        (socket.EAI_AGAIN, "try again later", True),
    ],
)
def test_failure_tells_whether_to_try_again(
    monkeypatch: pytest.MonkeyPatch, code: int, detail: str, can_retry: bool
) -> None:
    def fail(*args: Any, **options: Any) -> list[Any]:
        raise socket.gaierror(code, "no")

    monkeypatch.setattr(socket, "getaddrinfo", fail)

    with pytest.raises(CannotResolve) as failure:
        resolve_host("api.example.com", seconds=1)

    assert (failure.value.detail, failure.value.can_retry) == (detail, can_retry)


def test_slow_lookup_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()

    def wait(*args: Any, **options: Any) -> list[Any]:
        done.wait(30)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", wait)

    with pytest.raises(TimedOut, match="dns"):
        resolve_host("api.example.com", seconds=0.02)
    done.set()

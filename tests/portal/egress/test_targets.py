"""Requests go to the server they were made for, and never to the portal itself."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

import pytest

from portal.egress import Endpoint, RefusedByPolicy, Target
from portal.egress.addresses import IPAddress
from portal.egress.targets import check_denied_addresses, check_target
from portal.egress.urls import parse_url

Resolve = Callable[[str], tuple[IPAddress, ...]]


def resolving(**answers: str) -> Resolve:
    """A resolver that knows these names and no others."""
    return lambda host: tuple(ip_address(text) for text in answers.get(host, "").split())


@pytest.mark.parametrize(
    "url",
    [
        "https://api.example.com/v1/companies?q=1",
        "https://api.example.com:443/other/path",
        "HTTPS://API.EXAMPLE.COM/",
    ],
)
def test_any_path_of_the_targets_origin_is_let_through(url: str) -> None:
    check_target(parse_url(url), Target("https://api.example.com/v1"))


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example.com/v1",
        "https://api.example.com:8443/v1",
        "https://example.com/v1",
        "https://eu.api.example.com/v1",
        "https://api.example.com.evil.example/v1",
        "https://api.example.com./v1",
        "https://169.254.169.254/",
    ],
)
def test_other_origins_are_refused(url: str) -> None:
    with pytest.raises(RefusedByPolicy, match="other_origin"):
        check_target(parse_url(url), Target("https://api.example.com/v1"))


@pytest.mark.parametrize(
    "denied", ["portal.example.com", "PORTAL.example.com", "portal.example.com."]
)
def test_the_portals_own_name_is_refused(denied: str) -> None:
    target = Target("http://portal.example.com:80", denied=frozenset({Endpoint(denied, 80)}))

    with pytest.raises(RefusedByPolicy, match="own_endpoint"):
        check_target(parse_url("http://portal.example.com/"), target)


def test_another_port_of_the_portals_host_is_not_the_portal() -> None:
    target = Target("http://portal.example.com:81", denied=frozenset({Endpoint("x", 81)}))

    check_target(parse_url("http://portal.example.com:81/"), target)


@pytest.mark.parametrize(
    ("denied", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.2"),
        ("127.0.0.1", "::1"),
        ("0.0.0.0", "127.0.0.1"),
        ("0.0.0.0", "::ffff:127.0.0.1"),
        ("::", "::1"),
        ("10.0.0.5", "::ffff:10.0.0.5"),
        ("10.0.0.5", "10.0.0.5"),
        ("redis", "10.0.0.6"),
        ("database", "127.0.0.1"),
        ("203.0.113.7", "203.0.113.7"),
    ],
)
def test_denied_endpoint_is_found_under_any_address(denied: str, address: str) -> None:
    target = Target("http://h", allow_private=True, denied=frozenset({Endpoint(denied, 8000)}))

    with pytest.raises(RefusedByPolicy, match="own_endpoint"):
        check_denied_addresses(
            (ip_address(address),),
            port=8000,
            target=target,
            resolve=resolving(redis="8.8.4.4 10.0.0.6", database="::1"),
        )


@pytest.mark.parametrize(
    ("denied", "port", "address"),
    [
        pytest.param("127.0.0.1", 8001, "127.0.0.1", id="other port"),
        pytest.param("127.0.0.1", 8000, "10.0.0.5", id="other address"),
        pytest.param("gone", 8000, "10.0.0.5", id="name without an address"),
        pytest.param("cdn", 8000, "8.8.8.8", id="public address shared by many names"),
    ],
)
def test_other_endpoints_are_let_through(denied: str, port: int, address: str) -> None:
    target = Target("http://h", allow_private=True, denied=frozenset({Endpoint(denied, 8000)}))

    check_denied_addresses(
        (ip_address(address),), port=port, target=target, resolve=resolving(cdn="8.8.8.8")
    )


def test_denied_names_are_not_looked_up_where_private_addresses_are_closed() -> None:
    def refuse(host: str) -> tuple[IPAddress, ...]:
        raise AssertionError(f"{host} was looked up")

    target = Target("http://h", denied=frozenset({Endpoint("redis", 6379)}))

    check_denied_addresses((ip_address("8.8.8.8"),), port=6379, target=target, resolve=refuse)

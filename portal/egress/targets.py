"""The target guard: a request goes to the server it was made for, and never to the portal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from portal.egress.addresses import IPAddress, classify_address, find_address, is_this_machine
from portal.egress.errors import RefusedByPolicy
from portal.egress.networks import AddressKind
from portal.egress.urls import TargetURL, origin_of

__all__ = ["Endpoint", "TLSOptions", "Target", "check_denied_addresses", "check_target"]

OTHER_ORIGIN = "other_origin"
OWN_ENDPOINT = "own_endpoint"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A place that listens: a host name or address (no brackets), and a port."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class TLSOptions:
    """How a server's certificate is checked and which one is shown to it.

    `ca_bundle` (path) takes the place of the public authorities. `client_key` may be empty when
    the certificate's file holds the key too.
    """

    ca_bundle: str = ""
    client_certificate: str = ""
    client_key: str = ""
    verify: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """The server a request is for, and what its administrator allows.

    `allow_private` opens private, shared and loopback addresses for exactly the host and port of
    `base_url`. `denied` are the portal's own places (listeners, public host, database, Redis):
    they stay closed whatever else is allowed.
    """

    base_url: str
    allow_private: bool = False
    denied: frozenset[Endpoint] = frozenset()
    tls: TLSOptions = field(default_factory=TLSOptions)


def check_target(url: TargetURL, target: Target) -> None:
    """Raise RefusedByPolicy unless the URL has the target's origin and no denied name."""
    if url.origin != origin_of(target.base_url):
        raise RefusedByPolicy(OTHER_ORIGIN)
    here = (_bare(url.host), url.port)
    if any((_bare(denied.host), denied.port) == here for denied in target.denied):
        raise RefusedByPolicy(OWN_ENDPOINT)


def check_denied_addresses(
    addresses: tuple[IPAddress, ...],
    *,
    port: int,
    target: Target,
    resolve: Callable[[str], tuple[IPAddress, ...]],
) -> None:
    """Raise RefusedByPolicy when an address and port are a denied endpoint under another name.

    All loopback addresses count as one, with the unspecified address, on which a listener takes
    all of them. `resolve` gives the addresses of a denied host name, none when it has none.
    """
    denied = {
        _place(address)
        for endpoint in target.denied
        if endpoint.port == port
        for address in _denied_addresses(endpoint.host, target=target, resolve=resolve)
    }
    if any(_place(address) in denied for address in addresses):
        raise RefusedByPolicy(OWN_ENDPOINT)


def _denied_addresses(
    host: str, *, target: Target, resolve: Callable[[str], tuple[IPAddress, ...]]
) -> tuple[IPAddress, ...]:
    """What a denied host stands for.

    Of a name only the addresses behind the wall count: they are out of reach without
    `allow_private`, and a public one (a CDN's) may be shared by hosts that have nothing in common.
    """
    literal = find_address(host)
    if literal is not None:
        return (literal,)
    if not target.allow_private:
        return ()
    found = resolve(host)
    return tuple(one for one in found if classify_address(one) is not AddressKind.PUBLIC)


def _place(address: IPAddress) -> str:
    if is_this_machine(address):
        return "this machine"
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)


def _bare(host: str) -> str:
    return host.lower().removesuffix(".")

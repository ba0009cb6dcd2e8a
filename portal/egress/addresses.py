"""The address guard: which addresses may be connected to, and why not the others."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

from portal.egress.errors import RefusedByPolicy
from portal.egress.networks import (
    GLOBAL_UNICAST,
    IPV4_NETWORKS,
    IPV6_NETWORKS,
    NAT64,
    SIX_TO_FOUR,
    AddressKind,
)

__all__ = ["IPAddress", "check_addresses", "classify_address", "find_address", "is_this_machine"]

IPAddress = IPv4Address | IPv6Address

OPENED_BY_ALLOW_PRIVATE = frozenset(
    {AddressKind.LOOPBACK, AddressKind.PRIVATE, AddressKind.SHARED, AddressKind.UNIQUE_LOCAL}
)
ALWAYS_NAMED = frozenset({AddressKind.PUBLIC, AddressKind.METADATA, AddressKind.LINK_LOCAL})


def check_addresses(addresses: tuple[IPAddress, ...], *, allow_private: bool) -> None:
    """Raise RefusedByPolicy with the kind of the first address that may not be reached.

    One denied answer denies the name: a name that answers now so, now otherwise, is an attack.
    """
    opened = OPENED_BY_ALLOW_PRIVATE if allow_private else frozenset()
    for address in addresses:
        kind = classify_address(address)
        if kind is not AddressKind.PUBLIC and kind not in opened:
            raise RefusedByPolicy(kind)


def classify_address(address: IPAddress) -> AddressKind:
    """What an address is; of an IPv6 address that stands for an IPv4 one, what that one is.

    Behind a translation prefix (NAT64, 6to4) nothing but a public address is of use, so all others
    are `translated`, which no option opens.
    """
    if isinstance(address, IPv4Address):
        found = (kind for network, kind in IPV4_NETWORKS if address in network)
        return next(found, AddressKind.PUBLIC)
    if address.ipv4_mapped is not None:
        return classify_address(address.ipv4_mapped)
    embedded = _find_translated(address)
    if embedded is not None:
        kind = classify_address(embedded)
        return kind if kind in ALWAYS_NAMED else AddressKind.TRANSLATED
    otherwise = AddressKind.PUBLIC if address in GLOBAL_UNICAST else AddressKind.RESERVED
    return next((kind for network, kind in IPV6_NETWORKS if address in network), otherwise)


def find_address(text: str) -> IPAddress | None:
    """The address a text is, without its scope; None for anything else, such as a name."""
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        return None


def is_this_machine(address: IPAddress) -> bool:
    """Whether an address, as a place to listen on or to connect to, is the loopback interface."""
    return classify_address(address) in {AddressKind.LOOPBACK, AddressKind.UNSPECIFIED}


def _find_translated(address: IPv6Address) -> IPv4Address | None:
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    if address in SIX_TO_FOUR:
        return IPv4Address(int(address) >> 80 & 0xFFFF_FFFF)
    return None

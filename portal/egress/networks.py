"""The networks that are no ordinary part of the Internet.

Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890), RFC 4291 (site-local),
RFC 7526 (6to4 relays), and the cloud providers' pages on their metadata services.
"""

from __future__ import annotations

from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network

__all__ = [
    "GLOBAL_UNICAST",
    "IPV4_NETWORKS",
    "IPV6_NETWORKS",
    "NAT64",
    "SIX_TO_FOUR",
    "AddressKind",
]


class AddressKind(StrEnum):
    """What an address is, as the reason of a refusal names it."""

    PUBLIC = "public"
    LOOPBACK = "loopback"
    PRIVATE = "private"
    SHARED = "shared"
    UNIQUE_LOCAL = "unique_local"
    LINK_LOCAL = "link_local"
    METADATA = "metadata"
    MULTICAST = "multicast"
    UNSPECIFIED = "unspecified"
    TRANSLATED = "translated"
    RESERVED = "reserved"


def _table4(*rows: tuple[str, AddressKind]) -> tuple[tuple[IPv4Network, AddressKind], ...]:
    return tuple((IPv4Network(text), kind) for text, kind in rows)


def _table6(*rows: tuple[str, AddressKind]) -> tuple[tuple[IPv6Network, AddressKind], ...]:
    return tuple((IPv6Network(text), kind) for text, kind in rows)


# The first row that holds an address tells its kind.
IPV4_NETWORKS = _table4(
    ("169.254.169.254/32", AddressKind.METADATA),  # AWS, Google, Azure and most others
    ("169.254.170.0/24", AddressKind.METADATA),  # AWS: credentials of containers
    ("100.100.100.200/32", AddressKind.METADATA),  # Alibaba
    ("168.63.129.16/32", AddressKind.METADATA),  # Azure: the host's agent
    ("192.0.0.192/32", AddressKind.METADATA),  # Oracle
    ("0.0.0.0/8", AddressKind.UNSPECIFIED),
    ("127.0.0.0/8", AddressKind.LOOPBACK),
    ("10.0.0.0/8", AddressKind.PRIVATE),
    ("172.16.0.0/12", AddressKind.PRIVATE),
    ("192.168.0.0/16", AddressKind.PRIVATE),
    ("100.64.0.0/10", AddressKind.SHARED),  # carrier-grade NAT
    ("169.254.0.0/16", AddressKind.LINK_LOCAL),
    ("192.0.0.0/24", AddressKind.RESERVED),  # protocol assignments
    ("192.0.2.0/24", AddressKind.RESERVED),  # documentation
    ("192.88.99.0/24", AddressKind.RESERVED),  # 6to4 relays
    ("198.18.0.0/15", AddressKind.RESERVED),  # benchmarks
    ("198.51.100.0/24", AddressKind.RESERVED),  # documentation
    ("203.0.113.0/24", AddressKind.RESERVED),  # documentation
    ("224.0.0.0/4", AddressKind.MULTICAST),
    ("240.0.0.0/4", AddressKind.RESERVED),
)
IPV6_NETWORKS = _table6(
    ("::1/128", AddressKind.LOOPBACK),
    ("::/128", AddressKind.UNSPECIFIED),
    ("fd00:ec2::/32", AddressKind.METADATA),  # AWS
    ("fd20:ce::254/128", AddressKind.METADATA),  # Google
    ("fc00::/7", AddressKind.UNIQUE_LOCAL),
    ("fe80::/10", AddressKind.LINK_LOCAL),
    ("ff00::/8", AddressKind.MULTICAST),
    ("2001::/23", AddressKind.RESERVED),  # protocol assignments, Teredo among them
    ("2001:db8::/32", AddressKind.RESERVED),  # documentation
    ("3fff::/20", AddressKind.RESERVED),  # documentation
)
# Whatever IPv6 address stands in none of these is reserved: IPv4-compatible and -translated
# addresses, 64:ff9b:1::/48, 100::/64, 5f00::/16, fec0::/10 and all that is not yet given out.
GLOBAL_UNICAST = IPv6Network("2000::/3")
NAT64 = IPv6Network("64:ff9b::/96")
SIX_TO_FOUR = IPv6Network("2002::/16")

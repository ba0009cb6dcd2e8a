"""What kind of address an address is, and which kinds may be reached."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.egress import RefusedByPolicy
from portal.egress.addresses import (
    check_addresses,
    classify_address,
    find_address,
    is_this_machine,
)
from portal.egress.networks import AddressKind

KINDS = [
    ("8.8.8.8", "public"),
    ("172.15.255.255", "public"),
    ("172.32.0.1", "public"),
    ("100.63.255.255", "public"),
    ("100.128.0.1", "public"),
    ("223.255.255.255", "public"),
    ("127.0.0.1", "loopback"),
    ("127.255.255.254", "loopback"),
    ("0.0.0.0", "unspecified"),
    ("0.1.2.3", "unspecified"),
    ("10.0.0.1", "private"),
    ("172.16.0.1", "private"),
    ("172.31.255.255", "private"),
    ("192.168.1.1", "private"),
    ("100.64.0.1", "shared"),
    ("169.254.1.1", "link_local"),
    ("169.254.169.254", "metadata"),
    ("169.254.170.2", "metadata"),
    ("100.100.100.200", "metadata"),
    ("168.63.129.16", "metadata"),
    ("192.0.0.192", "metadata"),
    ("192.0.0.1", "reserved"),
    ("192.0.2.1", "reserved"),
    ("192.88.99.1", "reserved"),
    ("198.18.0.1", "reserved"),
    ("198.19.255.255", "reserved"),
    ("198.51.100.1", "reserved"),
    ("203.0.113.1", "reserved"),
    ("224.0.0.1", "multicast"),
    ("239.255.255.255", "multicast"),
    ("240.0.0.1", "reserved"),
    ("255.255.255.255", "reserved"),
    ("2606:4700::1111", "public"),
    ("::", "unspecified"),
    ("::1", "loopback"),
    ("::ffff:127.0.0.1", "loopback"),
    ("::ffff:7f00:1", "loopback"),
    ("::ffff:10.0.0.1", "private"),
    ("::ffff:169.254.169.254", "metadata"),
    ("::ffff:8.8.8.8", "public"),
    ("::127.0.0.1", "reserved"),
    ("::8.8.8.8", "reserved"),
    ("::ffff:0:127.0.0.1", "reserved"),
    ("::ffff:0:8.8.8.8", "reserved"),
    ("64:ff9b::7f00:1", "translated"),
    ("64:ff9b::a00:1", "translated"),
    ("64:ff9b::a9fe:a9fe", "metadata"),
    ("64:ff9b::a9fe:1", "link_local"),
    ("64:ff9b::808:808", "public"),
    ("64:ff9b:1::a9fe:a9fe", "reserved"),
    ("2002:7f00:1::", "translated"),
    ("2002:c0a8:101::1", "translated"),
    ("2002:a9fe:a9fe::", "metadata"),
    ("2002:808:808::1", "public"),
    ("2001:0:7f00:1::", "reserved"),
    ("2001:0:808:808:0:0:80ff:fffe", "reserved"),
    ("2001:1ff::1", "reserved"),
    ("2001:200::1", "public"),
    ("2001:db8::1", "reserved"),
    ("fe80::1", "link_local"),
    ("febf::1", "link_local"),
    ("fec0::1", "reserved"),
    ("fc00::1", "unique_local"),
    ("fdff::1", "unique_local"),
    ("fd00:ec2::254", "metadata"),
    ("fd00:ec2::23", "metadata"),
    ("fd20:ce::254", "metadata"),
    ("ff02::1", "multicast"),
    ("100::1", "reserved"),
    ("3fff::1", "reserved"),
    ("3fff:1000::1", "public"),
    ("5f00::1", "reserved"),
    ("4000::1", "reserved"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_address_has_its_kind(text: str, kind: str) -> None:
    assert classify_address(ip_address(text)) == kind


@given(st.ip_addresses(v=4))
def test_nothing_that_python_knows_as_special_counts_as_public(address: IPv4Address) -> None:
    is_public = classify_address(address) is AddressKind.PUBLIC

    assert not is_public or (address.is_global and not address.is_multicast)


@given(st.ip_addresses(v=6))
def test_public_ipv6_is_global_unicast(address: IPv6Address) -> None:
    is_public = classify_address(address) is AddressKind.PUBLIC

    # Pythons differ on 6to4; here the IPv4 address inside decides.
    assert not is_public or address.sixtofour is not None or address.is_global


@pytest.mark.parametrize("text", [text for text, kind in KINDS if kind not in {"public"}], ids=str)
def test_all_but_public_addresses_are_refused_with_their_kind(text: str) -> None:
    address = ip_address(text)

    with pytest.raises(RefusedByPolicy) as refusal:
        check_addresses((address,), allow_private=False)

    assert refusal.value.detail == classify_address(address)


OPENED = {"public", "loopback", "private", "shared", "unique_local"}


@pytest.mark.parametrize("text", [text for text, kind in KINDS if kind not in OPENED], ids=str)
def test_special_addresses_stay_refused_where_private_ones_are_allowed(text: str) -> None:
    with pytest.raises(RefusedByPolicy):
        check_addresses((ip_address(text),), allow_private=True)


@pytest.mark.parametrize("text", [text for text, kind in KINDS if kind in OPENED], ids=str)
def test_private_addresses_may_be_opened(text: str) -> None:
    check_addresses((ip_address(text),), allow_private=True)


def test_one_denied_answer_denies_the_name() -> None:
    answers = (ip_address("8.8.8.8"), ip_address("10.0.0.1"))

    with pytest.raises(RefusedByPolicy, match="private"):
        check_addresses(answers, allow_private=False)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1", IPv4Address("127.0.0.1")),
        ("fe80::1%eth0", IPv6Address("fe80::1")),
        ("0177.0.0.1", None),
        ("127.1", None),
        ("localhost", None),
    ],
)
def test_text_is_an_address_or_a_name(text: str, address: IPv4Address | None) -> None:
    assert find_address(text) == address


@pytest.mark.parametrize(
    ("text", "expected"),
    [("127.0.0.9", True), ("0.0.0.0", True), ("::", True), ("::1", True), ("10.0.0.1", False)],
)
def test_loopback_and_unspecified_addresses_are_this_machine(text: str, expected: bool) -> None:
    assert is_this_machine(ip_address(text)) is expected

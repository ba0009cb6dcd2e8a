"""Sealing of bytes."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.crypto import CannotOpen, Sealer, derive_key

OLD_KEY = b"b2xkIGtleSBvZiB0aGlydHktdHdvIGJ5dGVzIDAwMDE="
NEW_KEY = b"bmV3IGtleSBvZiB0aGlydHktdHdvIGJ5dGVzIDAwMDI="
PLACE = {"row": "1", "jar": "a"}


def test_derived_key_is_the_same_each_time() -> None:
    assert derive_key("a secret") == b"RjSYz3HGkCfUgHQSnigWIW5h3Cnikq7XdpOU0XsD1CU="


def test_derived_keys_of_two_secrets_differ() -> None:
    assert derive_key("a secret") != derive_key("another secret")


def test_derived_key_seals() -> None:
    sealer = Sealer([derive_key("a secret")])

    sealed = sealer.seal(b"token", context=PLACE)

    assert Sealer([derive_key("a secret")]).open(sealed, context=PLACE) == b"token"


@given(st.binary(), st.dictionaries(st.text(), st.text(), max_size=3))
def test_whatever_is_sealed_opens_in_its_place(plaintext: bytes, context: dict[str, str]) -> None:
    sealer = Sealer([OLD_KEY])

    assert sealer.open(sealer.seal(plaintext, context=context), context=context) == plaintext


def test_order_of_a_context_does_not_matter() -> None:
    sealer = Sealer([OLD_KEY])

    sealed = sealer.seal(b"token", context={"a": "1", "b": "2"})

    assert sealer.open(sealed, context={"b": "2", "a": "1"}) == b"token"


def test_sealed_value_shows_neither_value_nor_place() -> None:
    sealed = Sealer([OLD_KEY]).seal(b"token", context={"jar": "visible"})

    assert b"token" not in base64.urlsafe_b64decode(sealed)
    assert b"visible" not in base64.urlsafe_b64decode(sealed)


@pytest.mark.parametrize(
    "context",
    [
        pytest.param({"row": "2", "jar": "a"}, id="other row"),
        pytest.param({"row": "1"}, id="less"),
        pytest.param({"row": "1", "jar": "a", "more": ""}, id="more"),
        pytest.param({}, id="nothing"),
    ],
)
def test_sealed_value_does_not_open_elsewhere(context: dict[str, str]) -> None:
    sealer = Sealer([OLD_KEY])
    sealed = sealer.seal(b"token", context=PLACE)

    with pytest.raises(CannotOpen, match="another place"):
        sealer.open(sealed, context=context)


def test_value_that_looks_like_a_context_stays_a_value() -> None:
    sealer = Sealer([OLD_KEY])
    plaintext = b'\x00\x00\x00\x02{}{"row": "1"}'

    sealed = sealer.seal(plaintext, context=PLACE)

    assert sealer.open(sealed, context=PLACE) == plaintext


@pytest.mark.parametrize(
    "sealed",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"no sealed value", id="rubbish"),
        pytest.param(Sealer([NEW_KEY]).seal(b"token", context=PLACE), id="other key"),
        pytest.param(Sealer([OLD_KEY]).seal(b"token", context=PLACE)[:-4], id="damaged"),
    ],
)
def test_what_was_not_sealed_here_neither_opens_nor_rotates(sealed: bytes) -> None:
    sealer = Sealer([OLD_KEY])

    with pytest.raises(CannotOpen, match="no key"):
        sealer.open(sealed, context=PLACE)
    with pytest.raises(CannotOpen, match="no key"):
        sealer.rotate(sealed)


def test_value_of_an_older_key_still_opens() -> None:
    sealed = Sealer([OLD_KEY]).seal(b"token", context=PLACE)

    assert Sealer([NEW_KEY, OLD_KEY]).open(sealed, context=PLACE) == b"token"


def test_rotated_value_opens_with_the_newest_key_alone() -> None:
    sealed = Sealer([OLD_KEY]).seal(b"token", context=PLACE)

    rotated = Sealer([NEW_KEY, OLD_KEY]).rotate(sealed)

    assert Sealer([NEW_KEY]).open(rotated, context=PLACE) == b"token"
    with pytest.raises(CannotOpen):
        Sealer([OLD_KEY]).open(rotated, context=PLACE)

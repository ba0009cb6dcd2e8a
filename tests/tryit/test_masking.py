"""Nothing secret stays in what a request is shown as."""

from __future__ import annotations

import pytest

from tryit.masking import Masking, mask_value, mask_values

TOKEN = "eyJhbGciOiJIUzI1NiJ9.e30.x8Qk"


@pytest.mark.parametrize(
    ("secret", "shown"),
    [
        pytest.param(TOKEN, "••••x8Qk", id="long ones show their end"),
        pytest.param("sixteen-letters!", "••••ers!", id="sixteen characters are long enough"),
        pytest.param("fifteen-letters", "••••", id="shorter ones show nothing"),
        pytest.param("", "••••", id="nothing looks like anything"),
    ],
)
def test_secret_is_named_by_its_end_at_most(secret: str, shown: str) -> None:
    assert mask_value(secret) == shown


@pytest.mark.parametrize(
    ("secret", "text", "masked"),
    [
        pytest.param("s3cret/value", "a s3cret/value b", "a •••• b", id="as it is"),
        pytest.param("s3cret/value", "?k=s3cret%2Fvalue&x=1", "?k=••••&x=1", id="in a query"),
        pytest.param("two words", "k=two+words", "k=••••", id="in a form"),
        pytest.param("two words", "/two%20words/", "/••••/", id="in a path"),
        pytest.param('a"b\\c', '{"k": "a\\"b\\\\c"}', '{"k": "••••"}', id="escaped in JSON"),
        pytest.param("pässword", '"p\\u00e4ssword"', '"••••"', id="as ASCII in JSON"),
        pytest.param("abc", "abc abcd xabc", "•••• abcd xabc", id="short ones stand alone"),
        pytest.param("1", "127.0.0.1/v1?k=1", "127.0.0.••••/v1?k=••••", id="one character"),
    ],
)
def test_secret_is_hidden_however_it_is_written(secret: str, text: str, masked: str) -> None:
    masking = mask_values(tokens=[], passwords=[secret])

    assert masking.text(text) == masked


def test_longer_secret_goes_before_one_that_it_holds() -> None:
    masking = mask_values(tokens=["token-of-the-sandbox-1"], passwords=["token"])

    assert masking.text("token-of-the-sandbox-1 token") == "••••ox-1 ••••"


def test_text_stays_when_nothing_is_secret() -> None:
    assert Masking().text("a b") == "a b"


def test_empty_values_hide_nothing() -> None:
    assert mask_values(tokens=[""], passwords=[""]).text("a b") == "a b"


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        pytest.param("Authorization", f"Bearer {TOKEN}", "Bearer ••••x8Qk", id="bearer"),
        pytest.param("authorization", "Basic dXNlcjpzZWNyZXRzZWNyZXQ=", "Basic ••••", id="basic"),
        pytest.param("Authorization", TOKEN, "••••x8Qk", id="no scheme"),
        pytest.param("Authorization", "short", "••••", id="short"),
        pytest.param("Accept", "application/json", "application/json", id="another header"),
    ],
)
def test_credentials_are_hidden_even_when_nobody_named_them(
    name: str, value: str, shown: str
) -> None:
    assert Masking().header(name, value) == shown


def test_headers_keep_their_order_and_names() -> None:
    masking = mask_values(tokens=["key-of-sixteen-characters"], passwords=[])
    headers = [("X-Key", "key-of-sixteen-characters"), ("Accept", "*/*")]

    assert masking.headers(headers) == (("X-Key", "••••ters"), ("Accept", "*/*"))


def test_bytes_that_are_no_text_pass_through_a_body() -> None:
    masking = mask_values(tokens=[], passwords=["correct-horse"])

    assert masking.body(b"\xff\xfecorrect-horse\x80") == b"\xff\xfe" + "••••".encode() + b"\x80"

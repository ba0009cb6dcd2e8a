"""Reading JSON Web Tokens."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tryit.tokens.jwt import make_jwt
from tryit.tokens.json_web_tokens import read_claims, read_expiry

# RFC 7519, 3.1
EXAMPLE = (
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
    "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
)


def test_the_example_of_the_specification_is_read() -> None:
    assert read_claims(EXAMPLE) == {
        "iss": "joe",
        "exp": 1300819380,
        "http://example.com/is_root": True,
    }
    assert read_expiry(EXAMPLE) == datetime(2011, 3, 22, 18, 43, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "opaque",
        "a.b",
        "a.b.c.d",
        "!!!.e30.x",
        "e30.!!!.x",
        "e30.W10.x",
        "e30.bm90IGpzb24.x",
        "W10.e30.x",
        "e30.e30." + "x" * 100_000,
    ],
    ids=[
        "empty",
        "opaque",
        "two-parts",
        "four-parts",
        "header-no-base64",
        "claims-no-base64",
        "claims-a-list",
        "claims-no-json",
        "header-a-list",
        "too-long",
    ],
)
def test_other_texts_are_no_tokens(text: str) -> None:
    assert read_claims(text) is None
    assert read_expiry(text) is None


@pytest.mark.parametrize(
    "exp",
    ["1300819380", True, None, 1e30, float("nan"), float("inf")],
    ids=["text", "boolean", "null", "too-far", "nan", "infinite"],
)
def test_an_unusable_expiry_is_none(exp: object) -> None:
    assert read_expiry(make_jwt(exp=exp)) is None


def test_fractions_of_a_second_are_kept() -> None:
    assert read_expiry(make_jwt(exp=0.5)) == datetime(1970, 1, 1, 0, 0, 0, 500_000, tzinfo=UTC)


@given(st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    read_expiry(text)
    read_expiry(f"{text}.{text}.{text}")

"""Tokens: who gets one, where and how long it is valid."""

from __future__ import annotations

import jwt
import pytest

from examples.sandbox.tokens import TokenIssuer, TokenRefused
from tests.examples.client import NOW, Caller, Clock

KEY = b"a key of thirty-two bytes, or so"
PORTFOLIOS = "/company-data/v1/portfolios"


def test_token_says_how_long_it_is_valid(caller: Caller) -> None:
    answer = caller.authenticate()

    assert answer.json | {"token": ""} == {
        "token": "",
        "token_type": "Bearer",
        "expires_in": 3600,
        "issued_at": "2026-11-23T14:02:40Z",
    }
    assert answer.headers["Cache-Control"] == "no-store"


def test_token_is_a_jwt_with_its_expiry(caller: Caller) -> None:
    claims = jwt.decode(caller.token, options={"verify_signature": False})

    assert claims["exp"] - claims["iat"] == 3600
    assert (claims["sub"], claims["iss"], claims["aud"]) == (
        "sandbox-demo",
        "sandbox",
        "company-data",
    )


def test_two_tokens_of_the_same_second_differ(caller: Caller) -> None:
    first = caller.token

    assert caller.authenticate().json["token"] != first


def test_token_is_valid_until_its_last_second() -> None:
    clock = Clock()
    caller = Caller(clock=clock, token_seconds=1)
    caller.authenticate()

    assert caller.call("GET", PORTFOLIOS).status == 200
    clock.now = NOW + 1
    answer = caller.call("GET", PORTFOLIOS)

    assert answer.status == 401
    assert answer.json["detail"] == "The token has expired."
    assert answer.headers["WWW-Authenticate"] == (
        'Bearer realm="company-data", error="invalid_token",'
        ' error_description="The token has expired."'
    )


def test_request_without_a_token_is_asked_for_one() -> None:
    answer = Caller().call("GET", PORTFOLIOS)

    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="company-data"'


@pytest.mark.parametrize(
    "authorization",
    ["Basic c2FuZGJveC1kZW1vOng=", "Bearer", "Bearer  ", "Token abc"],
)
def test_other_authorization_counts_as_none(authorization: str) -> None:
    answer = Caller().call("GET", PORTFOLIOS, headers={"Authorization": authorization})

    assert answer.json["detail"] == "The request has no token."


def test_scheme_may_be_written_small(caller: Caller) -> None:
    answer = caller.call("GET", PORTFOLIOS, headers={"Authorization": f"bearer  {caller.token}"})

    assert answer.status == 200


def test_token_of_sandbox_is_refused_in_production(caller: Caller) -> None:
    production = Caller("production")
    production.token = caller.token

    answer = production.call("GET", PORTFOLIOS)

    assert answer.status == 401
    assert answer.json["detail"] == "The token was not issued in production."


def test_same_secret_makes_different_keys_in_different_environments() -> None:
    sandbox = Caller("sandbox", secret="shared")
    sandbox.authenticate()
    production = Caller("production", secret="shared")
    production.token = sandbox.token

    assert production.call("GET", PORTFOLIOS).status == 401


def test_same_secret_makes_tokens_outlive_the_process() -> None:
    before = Caller(secret="shared")
    before.authenticate()
    after = Caller(secret="shared")
    after.token = before.token

    assert after.call("GET", PORTFOLIOS).status == 200


def test_demonstration_account_is_unknown_in_production() -> None:
    answer = Caller("production").authenticate()

    assert answer.status == 401
    assert answer.json["detail"] == "The user name or the password is not right in production."


def test_production_has_accounts_of_its_own() -> None:
    production = Caller("production")
    production.authenticate(username="lighthouse-trading", password="only-known-in-production")

    assert production.call("GET", PORTFOLIOS).status == 200


@pytest.mark.parametrize(
    ("username", "password"),
    [("sandbox-demo", "wrong"), ("nobody", "lantern-works-74"), ("sandbox-demo", "ä")],
    ids=["password", "username", "not-ascii"],
)
def test_wrong_credentials_are_refused(username: str, password: str) -> None:
    answer = Caller().authenticate(username=username, password=password)

    assert answer.status == 401
    assert answer.json["type"] == "https://company-data.example/problems/wrong-credentials"


def test_token_of_one_product_is_refused_by_the_other(caller: Caller) -> None:
    answer = caller.call("GET", "/exchange-rates/v2/currencies")

    assert answer.status == 401
    assert answer.json == {
        "error": {"code": "unauthorized", "message": "The token is for company-data."}
    }


@pytest.mark.parametrize(
    "token",
    ["nonsense", "a.b.c", jwt.encode({"sub": "sandbox-demo"}, "", algorithm="none")],
    ids=["no-jwt", "three-parts", "unsigned"],
)
def test_what_is_no_token_of_ours_is_refused(token: str) -> None:
    issuer = TokenIssuer("sandbox", key=KEY, lifetime_seconds=60)

    with pytest.raises(TokenRefused, match="not one of ours"):
        issuer.verify(token, product="company-data", now=NOW)

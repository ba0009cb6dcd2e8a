"""Finding the token in a login's answer, and how long it lives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.openapi.json_values import JSONValue
from catalog.token_settings import (
    ExpirySetting,
    ExpiryUnit,
    LoginRequestSetting,
    LoginSettings,
    ValueLocation,
    ValuePlace,
)
from tests.tryit.tokens.jwt import make_jwt
from tryit.tokens.answers import Answer
from tryit.tokens.detection import (
    detect_token,
    find_account,
    find_declared_token,
    find_token_text,
)

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
JWT = make_jwt(exp=(NOW + timedelta(minutes=20)).timestamp())


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"token": "abcdefgh"}, "abcdefgh"),
        ({"access_token": "abcdefgh"}, "abcdefgh"),
        ({"accessToken": "abcdefgh"}, "abcdefgh"),
        ({"AccessToken": "abcdefgh"}, "abcdefgh"),
        ({"id_token": "abcdefgh"}, "abcdefgh"),
        ({"jwt": "abcdefgh"}, "abcdefgh"),
        ({"data": {"auth": [{"token": "abcdefgh"}]}}, "abcdefgh"),
        ({"token": {"access_token": "abcdefgh"}}, "abcdefgh"),
        ({"id_token": "identity", "access_token": "abcdefgh"}, "abcdefgh"),
        ({"id_token": "identity", "data": {"access_token": "abcdefgh"}}, "abcdefgh"),
        ({"user": {"access_token": "elsewhere"}, "token": "abcdefgh"}, "abcdefgh"),
        ({"token": "Bearer abcdefgh"}, "abcdefgh"),
        ({"token": " abcdefgh\n"}, "abcdefgh"),
        (JWT, JWT),
        ({"token": "short"}, None),
        ({"token": "two words here"}, None),
        ({"token": "abcdéfgh"}, None),
        ({"token": 12345678}, None),
        ({"token": None}, None),
        ({"token_type": "bearerbearer"}, None),
        ({"refresh_token": "abcdefgh"}, None),
        ("just some text", None),
        (["abcdefgh"], None),
        (None, None),
    ],
    ids=str,
)
def test_the_token_is_found_at_any_depth(body: JSONValue, expected: str | None) -> None:
    assert find_token_text(body) == expected


def test_a_huge_body_is_not_searched_to_its_end() -> None:
    body: JSONValue = [[] for _ in range(30_000)] + [{"token": "abcdefgh"}]

    assert find_token_text(body) is None


def expiry_of(body: JSONValue, setting: ExpirySetting | None = None) -> datetime | None:
    settings = LoginSettings(
        login=LoginRequestSetting(operation="a/1/b"), expires=setting, lifetime_seconds=900
    )
    found = find_declared_token(Answer(200, (), body), settings, now=NOW)
    return found.expires_at if found else None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"token": "abcdefgh", "expires_in": 60}, NOW + timedelta(seconds=60)),
        ({"token": "abcdefgh", "expires_in": "60"}, NOW + timedelta(seconds=60)),
        ({"token": "abcdefgh", "expiresIn": 60.5}, NOW + timedelta(seconds=60.5)),
        ({"data": {"token": "abcdefgh", "expires_in": 60}}, NOW + timedelta(seconds=60)),
        ({"token": JWT, "expires_in": 60}, NOW + timedelta(seconds=60)),
        ({"token": JWT}, NOW + timedelta(minutes=20)),
        ({"token": JWT, "expires_in": 0}, NOW + timedelta(minutes=20)),
        ({"token": JWT, "expires_in": "soon"}, NOW + timedelta(minutes=20)),
        ({"token": JWT, "expires_in": True}, NOW + timedelta(minutes=20)),
        ({"token": JWT, "expires_in": "nan"}, NOW + timedelta(minutes=20)),
        ({"token": "abcdefgh"}, NOW + timedelta(seconds=900)),
        ({"token": make_jwt(exp=1)}, NOW + timedelta(seconds=900)),
        ({"token": make_jwt(sub="me")}, NOW + timedelta(seconds=900)),
        ({"token": "abcdefgh", "expires_in": 10**12}, NOW + timedelta(days=3650)),
        ({"token": "abcdefgh", "expires_in": 10**400}, NOW + timedelta(seconds=900)),
        ({"token": make_jwt(exp=10**11)}, NOW + timedelta(days=3650)),
        ({"message": "no token here"}, None),
    ],
    ids=[
        "seconds",
        "seconds-as-text",
        "fraction",
        "nested",
        "before-the-jwt",
        "jwt",
        "zero",
        "words",
        "boolean",
        "nan",
        "lifetime",
        "expired-jwt",
        "jwt-without-exp",
        "far",
        "too-far",
        "far-jwt",
        "no-token",
    ],
)
def test_the_lifetime_is_the_first_that_is_stated(
    body: JSONValue, expected: datetime | None
) -> None:
    assert expiry_of(body) == expected


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (60, ExpiryUnit.SECONDS, NOW + timedelta(seconds=60)),
        ("60", ExpiryUnit.SECONDS, NOW + timedelta(seconds=60)),
        (60_000, ExpiryUnit.MILLISECONDS, NOW + timedelta(seconds=60)),
        ("2026-03-01T12:05:00Z", ExpiryUnit.DATE, NOW + timedelta(minutes=5)),
        ("2026-03-01T14:05:00+02:00", ExpiryUnit.DATE, NOW + timedelta(minutes=5)),
        ("2026-03-01 12:05:00", ExpiryUnit.DATE, NOW + timedelta(minutes=5)),
        ("Sun, 01 Mar 2026 12:05:00 GMT", ExpiryUnit.DATE, NOW + timedelta(minutes=5)),
        (NOW.timestamp() + 300, ExpiryUnit.DATE, NOW + timedelta(minutes=5)),
        ((NOW.timestamp() + 300) * 1000, ExpiryUnit.DATE, NOW + timedelta(minutes=5)),
        ("yesterday", ExpiryUnit.DATE, NOW + timedelta(minutes=1)),
        ([], ExpiryUnit.DATE, NOW + timedelta(minutes=1)),
        (1e300, ExpiryUnit.DATE, NOW + timedelta(minutes=1)),
        ("2020-01-01", ExpiryUnit.DATE, NOW + timedelta(minutes=1)),
        (None, ExpiryUnit.SECONDS, NOW + timedelta(minutes=1)),
        (None, ExpiryUnit.MILLISECONDS, NOW + timedelta(minutes=1)),
    ],
    ids=[
        "seconds",
        "text",
        "milliseconds",
        "utc",
        "offset",
        "naive",
        "http-date",
        "epoch",
        "epoch-milliseconds",
        "words",
        "list",
        "beyond-time",
        "past",
        "missing",
        "missing-ms",
    ],
)
def test_a_declared_expiry_goes_first(
    value: JSONValue, unit: ExpiryUnit, expected: datetime
) -> None:
    body: JSONValue = {"token": "abcdefgh", "expires_in": 60, "ends": value}

    assert expiry_of(body, ExpirySetting("/ends", unit)) == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (ValuePlace(ValueLocation.BODY, "/other"), "declared-one"),
        (ValuePlace(ValueLocation.BODY, "/missing"), None),
        (ValuePlace(ValueLocation.HEADER, "Authorization"), "header-token"),
    ],
    ids=["body", "nothing-there", "header"],
)
def test_a_declared_place_is_the_only_one(place: ValuePlace, expected: str | None) -> None:
    settings = LoginSettings(login=LoginRequestSetting(operation="a/1/b"), token=place)
    answer = Answer(
        200,
        (("Authorization", "Bearer header-token"),),
        {"token": "detected-one", "other": "declared-one"},
    )

    found = find_declared_token(answer, settings, now=NOW)

    assert (found.value if found else None) == expected


def test_an_undeclared_token_lives_as_long_as_it_says() -> None:
    found = detect_token(Answer(200, (), {"jwt": JWT}), lifetime_seconds=60, now=NOW)

    assert found is not None
    assert (found.value, found.expires_at) == (JWT, NOW + timedelta(minutes=20))


def test_without_a_token_nothing_is_detected() -> None:
    assert detect_token(Answer(200, (), {"id": 1}), lifetime_seconds=60, now=NOW) is None


def test_a_found_token_does_not_show_in_its_repr() -> None:
    found = detect_token(Answer(200, (), {"token": "very-secret"}), lifetime_seconds=60, now=NOW)

    assert "very-secret" not in repr(found)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"username": "jo", "password": "secret"}, "jo"),
        ({"Email": "jo@example.com"}, "jo@example.com"),
        ({"user": {"login": "jo"}}, "jo"),
        ({"client_id": "portal"}, "portal"),
        ({"username": " jo\x00\ud800 "}, "jo"),
        ({"username": "j" * 300}, "j" * 200),
        ({"username": 7}, ""),
        ({"password": "secret"}, ""),
        ("username=jo", ""),
        (None, ""),
    ],
    ids=repr,
)
def test_the_account_is_whom_the_body_names(body: JSONValue, expected: str) -> None:
    assert find_account(body) == expected


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.sampled_from(["token", "expires_in", "ends", "x"]), inner)
    ),
)


@given(json_values)
def test_no_body_makes_it_raise(body: JSONValue) -> None:
    for unit in ExpiryUnit:
        expiry_of(body, ExpirySetting("/ends", unit))
    expiry_of({"token": "abcdefgh", "expires_in": body, "ends": body})

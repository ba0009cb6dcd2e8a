"""Reading the settings of token sources."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.token_settings import (
    ExpirySetting,
    ExpiryUnit,
    LoginRequestSetting,
    LoginSettings,
    TokenSettingsError,
    ValueLocation,
    ValuePlace,
    parse_token_settings,
)

OPERATION: dict[str, Any] = {"login": {"operation": "company-data/1/authenticate"}}


def problems_of(settings: dict[str, Any], kind: str = "login") -> list[tuple[str, str]]:
    with pytest.raises(TokenSettingsError) as caught:
        parse_token_settings(kind, settings)
    return [(problem.pointer, problem.message) for problem in caught.value.problems]


def test_an_operation_is_all_that_is_needed() -> None:
    assert parse_token_settings("login", OPERATION) == LoginSettings(
        login=LoginRequestSetting(
            operation="company-data/1/authenticate", content_type="application/json"
        ),
        token=None,
        expires=None,
        lifetime_seconds=3600,
    )


def test_all_keys_are_read() -> None:
    settings = parse_token_settings(
        "login",
        {
            "login": {
                "url": "https://id.example.com/login",
                "content_type": "application/x-www-form-urlencoded",
                "body": {"mode": "json"},
            },
            "token": {"in": "header", "at": "X-Token"},
            "expires": {"at": "/data/expires", "unit": "ms"},
            "lifetime": 900,
        },
    )

    assert settings == LoginSettings(
        login=LoginRequestSetting(
            url="https://id.example.com/login",
            content_type="application/x-www-form-urlencoded",
            body={"mode": "json"},
        ),
        token=ValuePlace(ValueLocation.HEADER, "X-Token"),
        expires=ExpirySetting("/data/expires", ExpiryUnit.MILLISECONDS),
        lifetime_seconds=900,
    )


def test_expiry_counts_in_seconds_unless_it_says_otherwise() -> None:
    settings = parse_token_settings("login", {**OPERATION, "expires": {"at": "/expires"}})

    assert settings.expires == ExpirySetting("/expires", ExpiryUnit.SECONDS)


@pytest.mark.parametrize("kind", ["oauth2", "refresh"])
def test_kinds_of_later_versions_say_so(kind: str) -> None:
    assert problems_of({}, kind) == [
        ("/kind", f'Sources of kind "{kind}" are not available in this version yet.')
    ]


def test_an_unknown_kind_is_refused() -> None:
    assert problems_of({}, "magic") == [
        ("/kind", '"magic" is no kind of token source; it takes login.')
    ]


@pytest.mark.parametrize(
    ("values", "pointer", "message"),
    [
        ({}, "/login", '"login" must be an object with operation or url.'),
        ({"login": "x"}, "/login", '"login" must be an object with operation or url.'),
        ({"login": {}}, "/login", '"login" takes either operation or url, exactly one of them.'),
        (
            {"login": {"operation": "a/1/b", "url": "https://a.example"}},
            "/login",
            '"login" takes either operation or url, exactly one of them.',
        ),
        (
            {"login": {"operation": "authenticate"}},
            "/login/operation",
            '"authenticate" names no operation; it takes <product>/<version>/<operation>.',
        ),
        (
            {"login": {"url": "ftp://id.example.com"}},
            "/login/url",
            '"ftp://id.example.com" is no address that starts with https:// or http://.',
        ),
        (
            {"login": {"url": "https://[broken"}},
            "/login/url",
            '"https://[broken" is no address that starts with https:// or http://.',
        ),
        (
            {"login": {"url": "https://user@id.example.com"}},
            "/login/url",
            '"https://user@id.example.com" is no address that starts with https:// or http://.',
        ),
        (
            {"login": {"operation": "a/1/b", "body": []}},
            "/login/body",
            '"body" must be an object of constant fields.',
        ),
        (
            {"login": {"operation": "a/1/b", "content_type": ""}},
            "/login/content_type",
            '"content_type" must be a text that is not empty.',
        ),
        (
            {"login": {"operation": "a/1/b", "methd": "PUT"}},
            "/login/methd",
            '"methd" is not a key here; known: operation, url, content_type, body.',
        ),
        (
            {**OPERATION, "tokens": {}},
            "/tokens",
            '"tokens" is not a key here; known: login, token, expires, lifetime, refresh.',
        ),
        (
            {**OPERATION, "refresh": {}},
            "/refresh",
            "Refresh calls are not available in this version yet.",
        ),
        (
            {**OPERATION, "token": "/token"},
            "/token",
            'This must be an object such as {in: body, at: "/token"}.',
        ),
        (
            {**OPERATION, "token": {"in": "trailer", "at": "x"}},
            "/token/in",
            '"trailer" is no place: body, header or cookie.',
        ),
        ({**OPERATION, "token": {"in": "body"}}, "/token/at", '"at" is missing.'),
        (
            {**OPERATION, "token": {"in": "body", "at": "token"}},
            "/token/at",
            '"token" is no JSON pointer: it starts with "/".',
        ),
        (
            {**OPERATION, "expires": 3600},
            "/expires",
            'This must be an object such as {at: "/expires_in", unit: s}.',
        ),
        (
            {**OPERATION, "expires": {"at": "expires"}},
            "/expires/at",
            '"expires" is no JSON pointer: it starts with "/".',
        ),
        (
            {**OPERATION, "expires": {"at": "/expires", "unit": "h"}},
            "/expires/unit",
            '"h" is no unit: s, ms or date.',
        ),
        (
            {**OPERATION, "lifetime": "1h"},
            "/lifetime",
            '"lifetime" must be a whole number of seconds above 0.',
        ),
        (
            {**OPERATION, "lifetime": True},
            "/lifetime",
            '"lifetime" must be a whole number of seconds above 0.',
        ),
        (
            {**OPERATION, "lifetime": 0},
            "/lifetime",
            '"lifetime" must be a whole number of seconds above 0.',
        ),
    ],
    ids=lambda value: None if isinstance(value, dict) else value[:40],
)
def test_a_wrong_value_is_named_with_its_place(
    values: dict[str, Any], pointer: str, message: str
) -> None:
    assert problems_of(values) == [(pointer, message)]


def test_the_error_says_everything_at_once() -> None:
    with pytest.raises(TokenSettingsError) as caught:
        parse_token_settings("login", {"login": {"url": ""}, "lifetime": -1})

    assert str(caught.value) == (
        'login/url: "url" must be a text that is not empty. '
        'login/url: "" is no address that starts with https:// or http://. '
        'lifetime: "lifetime" must be a whole number of seconds above 0.'
    )

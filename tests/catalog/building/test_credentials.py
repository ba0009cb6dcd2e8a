"""Credentials: what security schemes add to a request."""

from __future__ import annotations

import pytest

from catalog.building import CannotBuild, placeholders
from catalog.openapi import (
    Location,
    Operation,
    Parameter,
    SchemeType,
    SecurityRequirement,
    SecurityScheme,
    SecurityUse,
)
from tests.catalog.building.operations import (
    build,
    header_of,
    make_operation,
    make_values,
    with_schemes,
)

BEARER = SecurityScheme("bearerToken", SchemeType.HTTP, scheme="bearer", bearer_format="JWT")
BASIC = SecurityScheme("login", SchemeType.HTTP, scheme="basic")
DIGEST = SecurityScheme("digest", SchemeType.HTTP, scheme="digest")
OAUTH = SecurityScheme("oauth", SchemeType.OAUTH2)
OPEN_ID = SecurityScheme("oidc", SchemeType.OPEN_ID_CONNECT)
KEY_HEADER = SecurityScheme("key", SchemeType.API_KEY, location="header", name="X-API-Key")
KEY_QUERY = SecurityScheme("key", SchemeType.API_KEY, location="query", name="api key")
KEY_COOKIE = SecurityScheme("key", SchemeType.API_KEY, location="cookie", name="sid")
MUTUAL_TLS = SecurityScheme("mtls", SchemeType.MUTUAL_TLS)
UNKNOWN = SecurityScheme("ghost", SchemeType.UNKNOWN)


@pytest.mark.parametrize(
    ("scheme", "variables", "expected"),
    [
        (BEARER, {"bearerToken_token": "abc"}, ("Authorization", "Bearer abc")),
        (BEARER, {"bearerToken_token": " abc\n"}, ("Authorization", "Bearer abc")),
        (BEARER, {"bearerToken_token": "Bearer abc"}, ("Authorization", "Bearer abc")),
        (BEARER, {"bearerToken_token": "bearer   abc"}, ("Authorization", "Bearer abc")),
        (OAUTH, {"oauth_token": "abc"}, ("Authorization", "Bearer abc")),
        (OPEN_ID, {"oidc_token": "abc"}, ("Authorization", "Bearer abc")),
        (
            BASIC,
            {"login_username": "Aladdin", "login_password": "open sesame"},
            ("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        ),
        (BASIC, {"login_username": "key"}, ("Authorization", "Basic a2V5Og==")),
        (BASIC, {"login_password": "ü"}, ("Authorization", "Basic OsO8")),
        (DIGEST, {"digest_token": 'username="a"'}, ("Authorization", 'Digest username="a"')),
        (KEY_HEADER, {"key": " k1 "}, ("X-API-Key", "k1")),
        (KEY_COOKIE, {"key": "a+b/c=="}, ("Cookie", "sid=a+b/c==")),
    ],
)
def test_scheme_sends_its_header(
    scheme: SecurityScheme, variables: dict[str, str], expected: tuple[str, str]
) -> None:
    request = build(with_schemes(scheme), variables=variables)

    assert request.headers == (("Accept", "*/*"), expected)
    assert request.problems == ()


def test_api_key_in_the_query_is_encoded() -> None:
    request = build(with_schemes(KEY_QUERY), variables={"key": "a&b"})

    assert request.url == "https://api.example.com/v1/things?api%20key=a%26b"


@pytest.mark.parametrize(
    ("scheme", "variables", "variable"),
    [
        (BEARER, {}, "bearerToken_token"),
        (BEARER, {"bearerToken_token": "  "}, "bearerToken_token"),
        (BEARER, {"bearerToken_token": "Bearer "}, "bearerToken_token"),
        (BASIC, {}, "login_username"),
        (KEY_QUERY, {"key": ""}, "key"),
        (KEY_COOKIE, {}, "key"),
        (OAUTH, {"oauth_client_id": "x"}, "oauth_token"),
    ],
)
def test_empty_variable_sends_nothing_and_is_a_problem(
    scheme: SecurityScheme, variables: dict[str, str], variable: str
) -> None:
    request = build(with_schemes(scheme), variables=variables)

    [problem] = request.problems
    assert (problem.kind, problem.location) == ("missing_credential", "security")
    assert (problem.name, problem.detail) == (variable, scheme.key)
    assert (request.url, request.headers) == (
        "https://api.example.com/v1/things",
        (("Accept", "*/*"),),
    )


def test_operation_without_security_sends_no_credentials() -> None:
    request = build(make_operation(), variables={"bearerToken_token": "abc"})

    assert header_of(request, "Authorization") is None


def either(*schemes: SecurityScheme) -> Operation:
    requirements = (SecurityRequirement((SecurityUse(scheme),)) for scheme in schemes)
    return make_operation(security=(*requirements, SecurityRequirement()))


@pytest.mark.parametrize(
    ("security", "expected"),
    [
        (0, (("Authorization", "Bearer abc"),)),
        (1, (("X-API-Key", "k1"),)),
        (2, ()),
        (None, ()),
    ],
)
def test_only_the_chosen_alternative_is_sent(
    security: int | None, expected: tuple[tuple[str, str], ...]
) -> None:
    variables = {"bearerToken_token": "abc", "key": "k1"}

    request = build(either(BEARER, KEY_HEADER), make_values(security=security), variables=variables)

    assert request.headers[1:] == expected


@pytest.mark.parametrize("security", [3, -1])
def test_unknown_alternative_is_refused(security: int) -> None:
    with pytest.raises(CannotBuild, match="unknown_security"):
        build(either(BEARER, KEY_HEADER), make_values(security=security))


def test_schemes_of_one_requirement_are_sent_together() -> None:
    operation = with_schemes(BEARER, KEY_HEADER, KEY_QUERY)

    request = build(operation, variables={"bearerToken_token": "abc", "key": "k1"})

    assert request.headers[1:] == (("Authorization", "Bearer abc"), ("X-API-Key", "k1"))
    assert request.url.endswith("?api%20key=k1")


def test_two_schemes_for_one_header_send_it_once() -> None:
    request = build(
        with_schemes(BEARER, OAUTH), variables={"bearerToken_token": "a", "oauth_token": "b"}
    )

    assert request.headers[1:] == (("Authorization", "Bearer a"),)


@pytest.mark.parametrize(
    ("scheme", "by_hand"),
    [
        (BEARER, {"header": {"authorization": "Custom 1"}}),
        (KEY_HEADER, {"header": {"x-api-key": "mine"}}),
        (KEY_QUERY, {"query": {"api key": "mine"}}),
        (KEY_COOKIE, {"cookie": {"sid": "mine"}}),
    ],
    ids=["bearer", "header", "query", "cookie"],
)
def test_value_by_hand_wins(scheme: SecurityScheme, by_hand: dict[str, dict[str, str]]) -> None:
    variables = {"bearerToken_token": "secret", "key": "secret"}

    request = build(with_schemes(scheme), make_values(**by_hand), variables=variables)

    assert "secret" not in repr(request)
    assert request.problems == ()


@pytest.mark.parametrize(
    ("scheme", "location", "name"),
    [
        (KEY_HEADER, Location.HEADER, "x-api-key"),
        (KEY_QUERY, Location.QUERY, "api key"),
        (KEY_COOKIE, Location.COOKIE, "sid"),
    ],
)
def test_required_parameter_that_the_scheme_sends_is_not_missing(
    scheme: SecurityScheme, location: Location, name: str
) -> None:
    parameter = Parameter(name, location, required=True)

    request = build(with_schemes(scheme, parameters=(parameter,)), variables={"key": "k1"})

    assert request.problems == ()


def test_schemes_without_text_send_nothing() -> None:
    request = build(with_schemes(MUTUAL_TLS, UNKNOWN))

    assert request.headers == (("Accept", "*/*"),)
    assert [(one.kind, one.name) for one in request.problems] == [
        ("undefined_security_scheme", "ghost")
    ]


def test_api_key_without_a_name_sends_nothing() -> None:
    scheme = SecurityScheme("key", SchemeType.API_KEY, location="header")

    assert build(with_schemes(scheme), variables={"key": "k"}).headers == (("Accept", "*/*"),)


@pytest.mark.parametrize("token", ["a\r\nX-B: b", "日本"])
def test_credential_that_could_smuggle_is_refused(token: str) -> None:
    with pytest.raises(CannotBuild, match="invalid_header"):
        build(with_schemes(BEARER), variables={"bearerToken_token": token})


def test_credential_that_is_no_unicode_is_refused() -> None:
    with pytest.raises(CannotBuild, match="invalid_text"):
        build(with_schemes(BASIC), variables={"login_username": "\ud800"})


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        (BEARER, ("Authorization", "Bearer <YOUR_JWT_HERE>")),
        (OAUTH, ("Authorization", "Bearer <YOUR_TOKEN_HERE>")),
        (BASIC, ("Authorization", "Basic <YOUR_CREDENTIALS_HERE>")),
        (KEY_HEADER, ("X-API-Key", "<YOUR_API_KEY_HERE>")),
    ],
)
def test_placeholders_stand_for_credentials(
    scheme: SecurityScheme, expected: tuple[str, str]
) -> None:
    variables = {"bearerToken_token": "secret", "login_password": "secret", "key": "secret"}

    request = build(with_schemes(scheme), placeholders(make_values()), variables=variables)

    assert request.headers[1:] == (expected,)
    assert request.problems == ()


def test_placeholders_replace_what_was_filled_in_by_hand() -> None:
    values = make_values(header={"Authorization": "secret", "cookie": "secret", "X-A": "a"})

    request = build(make_operation(), placeholders(values))

    assert request.headers == (
        ("Accept", "*/*"),
        ("Authorization", "<YOUR_CREDENTIALS_HERE>"),
        ("X-A", "a"),
        ("Cookie", "<YOUR_CREDENTIALS_HERE>"),
    )


@pytest.mark.parametrize("security", [0, None])
@pytest.mark.parametrize(
    ("scheme", "by_hand"),
    [
        (KEY_HEADER, {"header": {"x-api-key": "secret"}}),
        (KEY_QUERY, {"query": {"api key": "secret"}}),
        (KEY_COOKIE, {"cookie": {"sid": "secret"}}),
        (MUTUAL_TLS, {"header": {"authorization": "secret"}}),
    ],
    ids=["header", "query", "cookie", "no scheme"],
)
def test_placeholders_replace_a_key_filled_in_by_hand(
    scheme: SecurityScheme, by_hand: dict[str, dict[str, str]], security: int | None
) -> None:
    values = make_values(security=security, **by_hand)

    request = build(with_schemes(scheme), placeholders(values))

    assert "secret" not in repr(request)
    assert repr(request).count("YOUR_") == 1


def test_placeholders_keep_an_unfilled_path_parameter_readable() -> None:
    request = build(make_operation("/a/{id}"), placeholders(make_values()))

    assert request.url == "https://api.example.com/v1/a/{id}"

"""The request that logs in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from catalog.models import Environment, Server, TokenSource
from catalog.openapi import JSONValue
from tests.factories import make_environment
from tests.tryit.token_factories import make_company_data, make_login_source
from tryit.services.fresh_tokens import find_bound_source
from tryit.tokens.kept_logins import KeptLogin, find_kept_login
from tryit.tokens.login_requests import LoginMoved, build_login_again, encode_body

URL = "https://company-data.example.com/v1/authenticate"
KEPT = KeptLogin(
    operation="company-data/v1/authenticate",
    method="POST",
    url=URL,
    headers=(("Accept", "application/json"), ("X-Tenant", "7")),
    content_type="application/json",
    body={"username": "jo", "password": "söcret"},
)


def make_undeclared_source(environment: Environment) -> TokenSource:
    source = find_bound_source(make_company_data(environment), "bearerToken")
    assert source is not None
    return source


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        ({"a": "ö", "b": 1}, "application/json", '{"a":"ö","b":1}'.encode()),
        ({"a": 1}, "application/vnd.login+json", b'{"a":1}'),
        ({"a": 1}, "", b'{"a":1}'),
        ("text", "application/json", b'"text"'),
        ("<login/>", "application/xml", b"<login/>"),
        (
            {"a": "b c", "d": ["1", "2"]},
            "application/x-www-form-urlencoded; charset=utf-8",
            b"a=b+c&d=1&d=2",
        ),
        (None, "application/json", None),
    ],
    ids=["json", "json-suffix", "no-type", "json-text", "xml", "form", "none"],
)
def test_a_body_is_written_by_its_content_type(
    body: JSONValue, content_type: str, expected: bytes | None
) -> None:
    assert encode_body(body, content_type) == expected


def test_a_kept_login_comes_back_as_it_was() -> None:
    assert find_kept_login(KEPT.as_secrets()) == KEPT


def test_a_kept_login_does_not_show_its_secrets() -> None:
    assert "söcret" not in repr(KEPT)


def test_other_credentials_are_not_kept_with_a_login() -> None:
    headers = (("Authorization", "Bearer x"), ("Cookie", "a=b"), ("Host", "h"), ("X-Tenant", "7"))

    kept = find_kept_login(replace(KEPT, headers=headers).as_secrets())

    assert kept is not None
    assert kept.headers == (("X-Tenant", "7"),)


@pytest.mark.parametrize(
    "secrets",
    [{}, {"access_token": "a"}, {"login_body": {}}, {"login_request": {}}],
    ids=["empty", "token", "body-only", "request-only"],
)
def test_without_consent_there_is_no_kept_login(secrets: dict[str, JSONValue]) -> None:
    assert find_kept_login(secrets) is None


@pytest.mark.django_db
def test_the_same_request_is_sent_again() -> None:
    environment = make_environment()
    source = make_undeclared_source(environment)

    login = build_login_again(KEPT, source=source, environment=environment)

    assert (login.request.method, login.request.url) == ("POST", URL)
    assert login.request.headers == (
        ("Accept", "application/json"),
        ("X-Tenant", "7"),
        ("Content-Type", "application/json"),
    )
    assert login.request.body == '{"username":"jo","password":"söcret"}'.encode()
    assert login.target.base_url == "https://company-data.example.com/v1"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    [
        "https://moved.example.com/v1",
        "https://company-data.example.com/v2",
        "https://company-data.example.com/v1/auth",
        "http://company-data.example.com/v1",
        "https://company-data.example.com:8443/v1",
    ],
    ids=["host", "path", "longer-path", "scheme", "port"],
)
def test_a_login_is_not_sent_to_a_server_that_moved(url: str) -> None:
    environment = make_environment()
    source = make_undeclared_source(environment)
    Server.objects.update(url=url)

    with pytest.raises(LoginMoved):
        build_login_again(KEPT, source=source, environment=environment)


@pytest.mark.django_db
def test_a_login_is_not_sent_to_another_environment() -> None:
    source = make_undeclared_source(make_environment())

    with pytest.raises(LoginMoved):
        build_login_again(KEPT, source=source, environment=make_environment("production"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "settings_of_today",
    [
        {"login": {"operation": "evil/v1/authenticate"}},
        {"login": {"url": "https://evil.example.com/login"}},
    ],
    ids=["operation", "url"],
)
def test_a_login_is_not_sent_when_the_source_names_another_one(
    settings_of_today: dict[str, JSONValue],
) -> None:
    environment = make_environment()
    version = make_company_data(environment)
    source = make_login_source(version)
    source.settings = settings_of_today

    with pytest.raises(LoginMoved):
        build_login_again(KEPT, source=source, environment=environment)


@pytest.mark.django_db
def test_a_login_at_an_address_is_sent_again_there_and_nowhere_else() -> None:
    environment = make_environment()
    source = make_login_source(make_company_data(environment))
    source.settings = {"login": {"url": "https://id.example.com/login"}}
    kept = replace(KEPT, operation="", url="https://id.example.com/login")

    login = build_login_again(kept, source=source, environment=environment)
    with pytest.raises(LoginMoved):
        build_login_again(
            replace(kept, url="https://old.example.com/login"),
            source=source,
            environment=environment,
        )

    assert login.target.base_url == "https://id.example.com/login"


@pytest.mark.django_db
def test_an_undeclared_login_at_an_address_is_never_repeated() -> None:
    environment = make_environment()
    source = make_undeclared_source(environment)

    with pytest.raises(LoginMoved):
        build_login_again(replace(KEPT, operation=""), source=source, environment=environment)

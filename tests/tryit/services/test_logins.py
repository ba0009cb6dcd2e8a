"""Keeping the token of a login."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from catalog.models import Server, TokenSource, TokenSourceKind
from catalog.openapi import JSONValue
from portal.egress import CannotConnect, Target
from tests.factories import make_environment
from tests.tryit.token_factories import (
    BODY,
    NOW,
    PACE,
    TOKEN,
    FakeSend,
    keep_login,
    make_company_data,
    make_login,
    make_login_source,
    make_response,
    make_scene,
    no_jitter,
)
from tryit.models import SessionToken, TokenState
from tryit.services.fresh_tokens import find_bound_source
from tryit.services.logins import (
    LoginFailed,
    find_login_sources,
    keep_from_login,
    obtain_token,
)
from tryit.services.variables import resolve_variables
from tryit.tokens.outcomes import FailureKind
from tryit.tokens.storage import TokenPlace

pytestmark = pytest.mark.django_db


def test_an_operation_finds_the_sources_it_logs_in_to() -> None:
    _jar, version, environment = make_scene()
    other = make_company_data(environment, product="other")
    source = make_login_source(version)

    assert find_login_sources(make_login(version, environment).operation_row) == [source]
    assert find_login_sources(make_login(other, environment).operation_row) == []


def test_a_scheme_has_one_source_behind_it() -> None:
    _jar, version, _environment = make_scene()

    source = find_bound_source(version, "bearerToken")

    assert source is not None
    assert source.slug == "company-data.bearerToken"
    assert find_bound_source(version, "other") is None


def test_the_token_of_a_declared_login_is_kept_by_itself() -> None:
    jar, version, environment = make_scene()
    source = make_login_source(version)

    view = keep_from_login(
        jar=jar,
        environment=environment,
        login=make_login(version, environment),
        source=source,
        version=version,
        scheme=None,
        stay_signed_in=False,
        now=NOW,
    )

    row = SessionToken.objects.get()
    assert view is not None
    assert (view.id, view.source, view.account) == (row.id, "company-login", "jo@example.com")
    assert row.secrets == {"access_token": TOKEN}
    assert (row.expires_at, row.refresh_at) == (NOW + timedelta(hours=1), None)
    assert row.allowed_origins == ["https://company-data.example.com"]
    assert row.token_endpoint_origin == "https://company-data.example.com"


def test_with_consent_the_login_is_kept_with_where_it_went() -> None:
    jar, version, environment = make_scene()

    row = keep_login(jar, version, environment)

    assert row.refresh_at == NOW + timedelta(minutes=54)
    assert row.secrets == {
        "access_token": TOKEN,
        "login_body": BODY,
        "login_request": {
            "operation": "company-data/v1/authenticate",
            "method": "POST",
            "url": "https://company-data.example.com/v1/authenticate",
            "headers": [["Content-Type", "application/json"], ["X-Tenant", "7"]],
            "content_type": "application/json",
        },
    }


def test_consent_lasts_for_one_login() -> None:
    jar, version, environment = make_scene()
    keep_login(jar, version, environment)

    row = keep_login(jar, version, environment, stay_signed_in=False)

    assert row.secrets == {"access_token": TOKEN}
    assert row.refresh_at is None


def test_a_new_login_clears_what_was_wrong() -> None:
    jar, version, environment = make_scene()
    first = keep_login(jar, version, environment)
    SessionToken.objects.update(
        state=TokenState.NEEDS_SIGN_IN, last_error="refused:401", attempts=3, refresh_at=None
    )

    row = keep_login(jar, version, environment)

    assert row.id == first.id
    assert (row.state, row.last_error, row.attempts) == (TokenState.ACTIVE, "", 0)
    assert row.version == first.version + 1


@pytest.mark.parametrize(
    ("status", "answer"),
    [(401, {"token": TOKEN}), (200, {"message": "hello"}), (204, ""), (302, {"token": TOKEN})],
    ids=["refused", "no-token", "empty", "redirect"],
)
def test_without_a_token_nothing_changes(status: int, answer: JSONValue) -> None:
    jar, version, environment = make_scene()
    row = keep_login(jar, version, environment)

    view = keep_from_login(
        jar=jar,
        environment=environment,
        login=make_login(version, environment, answer=answer, status=status),
        source=None,
        version=version,
        scheme="bearerToken",
        stay_signed_in=False,
        now=NOW,
    )

    assert view is None
    assert SessionToken.objects.get().version == row.version


def test_without_such_a_scheme_nothing_is_kept() -> None:
    jar, version, environment = make_scene()

    view = keep_from_login(
        jar=jar,
        environment=environment,
        login=make_login(version, environment),
        source=None,
        version=version,
        scheme=None,
        stay_signed_in=False,
        now=NOW,
    )

    assert view is None


def test_a_login_answers_201_too() -> None:
    jar, version, environment = make_scene()

    view = keep_from_login(
        jar=jar,
        environment=environment,
        login=make_login(version, environment, status=201),
        source=None,
        version=version,
        scheme="bearerToken",
        stay_signed_in=False,
        now=NOW,
    )

    assert view is not None


def test_the_token_is_taken_from_its_declared_place() -> None:
    jar, version, environment = make_scene()
    source = make_login_source(version, token={"in": "body", "at": "/data/key"}, lifetime=120)

    keep_from_login(
        jar=jar,
        environment=environment,
        login=make_login(
            version, environment, answer={"token": "not-this-one", "data": {"key": "this-one-here"}}
        ),
        source=source,
        version=version,
        scheme=None,
        stay_signed_in=True,
        now=NOW,
        jitter=no_jitter,
    )

    row = SessionToken.objects.get()
    assert row.secrets["access_token"] == "this-one-here"
    assert row.expires_at == NOW + timedelta(seconds=120)
    assert row.refresh_at == NOW + timedelta(seconds=84)


def test_a_login_that_is_not_the_sources_own_is_not_kept() -> None:
    jar, version, environment = make_scene()
    other = make_company_data(environment, product="other")
    make_login_source(other, version)

    row = keep_login(jar, version, environment)

    assert row.secrets == {"access_token": TOKEN}
    assert row.refresh_at is None


def test_the_token_goes_to_all_servers_of_its_source_and_to_its_login() -> None:
    jar, version, environment = make_scene()
    other = make_company_data(environment, product="other")
    make_login_source(other, version)
    Server.objects.filter(version=other).delete()

    keep_login(jar, other, environment)

    row = SessionToken.objects.get()
    assert row.allowed_origins == ["https://company-data.example.com"]
    resolved = resolve_variables(
        jar=jar, version=version, environment=environment, origin="https://other.example.com"
    )
    assert resolved.values == {"bearerToken_token": TOKEN}


def test_a_server_whose_address_cannot_be_read_is_left_out() -> None:
    jar, version, environment = make_scene()
    Server.objects.update(url="not an address")

    row = keep_login(jar, version, environment)

    assert row.allowed_origins == []


def obtain(place: TokenPlace, send: FakeSend, **options: Any) -> SessionToken:
    obtain_token(
        place,
        body=BODY,
        now=NOW,
        send=send,
        pace=PACE,
        stay_signed_in=options.get("stay_signed_in", True),
    )
    return SessionToken.objects.get()


def test_a_token_is_obtained_by_the_sources_operation() -> None:
    jar, version, environment = make_scene()
    source = make_login_source(version)
    source.settings["login"]["body"] = {"mode": "json"}
    source.save(update_fields=["settings"])
    send = FakeSend([make_response(201, {"token": TOKEN})])

    row = obtain(TokenPlace(jar, environment, source), send)

    (request,) = send.requests
    assert (request.method, request.url) == (
        "POST",
        "https://company-data.example.com/v1/authenticate",
    )
    assert json.loads(request.body or b"") == {**BODY, "mode": "json"}
    assert dict(request.headers)["Content-Type"] == "application/json"
    assert send.targets[0].base_url == "https://company-data.example.com/v1"
    assert send.targets[0].allow_private is True
    assert row.secrets["login_body"] == {**BODY, "mode": "json"}
    assert row.account == "jo@example.com"


def test_a_token_is_obtained_from_an_address() -> None:
    jar, version, environment = make_scene()
    source = make_login_source(version)
    source.settings = {
        "login": {
            "url": "https://id.example.com/token",
            "content_type": "application/x-www-form-urlencoded",
        }
    }
    source.save(update_fields=["settings"])
    send = FakeSend([make_response(200, {"access_token": TOKEN})])

    row = obtain(TokenPlace(jar, environment, source), send, stay_signed_in=False)

    (request,) = send.requests
    assert request.url == "https://id.example.com/token"
    assert request.body == b"username=jo%40example.com&password=correct+horse"
    assert ("Content-Type", "application/x-www-form-urlencoded") in request.headers
    assert send.targets == [Target("https://id.example.com/token", denied=send.targets[0].denied)]
    assert row.secrets == {"access_token": TOKEN}
    assert row.token_endpoint_origin == "https://id.example.com"
    assert row.allowed_origins == ["https://company-data.example.com"]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (make_response(401), FailureKind.REFUSED),
        (make_response(503), FailureKind.SERVER_ERROR),
        (make_response(200, {}), FailureKind.NO_TOKEN),
        (CannotConnect("refused"), FailureKind.UNREACHABLE),
    ],
    ids=["refused", "server-error", "no-token", "unreachable"],
)
def test_a_login_that_fails_says_why_and_changes_nothing(answer: Any, kind: FailureKind) -> None:
    jar, version, environment = make_scene()
    source = make_login_source(version)
    before = keep_login(jar, version, environment)

    with pytest.raises(LoginFailed) as caught:
        obtain(TokenPlace(jar, environment, source), FakeSend([answer]))

    assert caught.value.failure.kind is kind
    assert SessionToken.objects.get().version == before.version


def test_an_undeclared_source_cannot_be_logged_in_to() -> None:
    jar, version, environment = make_scene()
    source = find_bound_source(version, "bearerToken")
    assert source is not None
    send = FakeSend([make_response(200, {"token": TOKEN})])

    with pytest.raises(LoginFailed):
        obtain(TokenPlace(jar, environment, source), send)

    assert send.requests == []


def test_a_login_without_a_server_in_the_environment_is_not_sent() -> None:
    jar, version, _environment = make_scene()
    source = make_login_source(version)
    send = FakeSend([make_response(200, {"token": TOKEN})])

    with pytest.raises(LoginFailed) as caught:
        obtain(TokenPlace(jar, make_environment("production"), source), send)

    assert caught.value.failure.kind is FailureKind.MOVED
    assert send.requests == []


def test_a_login_by_an_operation_that_is_gone_is_not_sent() -> None:
    jar, version, environment = make_scene()
    source = make_login_source(version)
    source.settings = {"login": {"operation": "company-data/v1/log-in"}}
    send = FakeSend([make_response(200, {"token": TOKEN})])

    with pytest.raises(LoginFailed):
        obtain(TokenPlace(jar, environment, source), send)

    assert send.requests == []


def test_settings_of_a_later_version_are_taken_as_undeclared() -> None:
    jar, _version, environment = make_scene()
    source = TokenSource.objects.create(
        slug="later", kind=TokenSourceKind.LOGIN, settings={"login": {"magic": True}}
    )

    with pytest.raises(LoginFailed):
        obtain(TokenPlace(jar, environment, source), FakeSend([make_response(200)]))

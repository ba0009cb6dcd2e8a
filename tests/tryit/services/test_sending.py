"""Sending a request from the console, with egress replaced by a fake that remembers."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from pytest_django import Settings

from catalog.building import RequestValues
from catalog.models import Environment, SecurityBinding, TokenSource, TokenSourceKind, Version
from catalog.openapi import Location
from portal.accounts.models import User
from portal.egress import CannotConnect, RefusedByPolicy
from tests.factories import make_environment
from tests.tryit.console_factories import (
    NOW,
    FakeSend,
    make_api,
    make_draft,
    make_response,
    make_session,
)
from tests.tryit.target_api import make_token
from tryit.drafts import Draft
from tryit.exchanges import Exchange
from tryit.permissions import SignInRequired
from tryit.services.jars import open_jar
from tryit.services.sending import confirmation_of, preview_operation, send_operation
from tryit.services.tokens import list_tokens
from tryit.services.variables import set_variable

pytestmark = pytest.mark.django_db

TOKEN = make_token(issued_at=int(NOW.timestamp()))


def run(draft: Draft, session: SessionBase, send: FakeSend, **options: Any) -> Exchange:
    """Send as an anonymous visitor."""
    user = options.pop("user", AnonymousUser())
    return send_operation(draft, session=session, user=user, now=NOW, send=send)


def keep(version: Version, session: SessionBase, name: str, value: str, **options: Any) -> None:
    """Set a variable of the session in Sandbox."""
    set_variable(
        jar=open_jar(session, user=AnonymousUser(), now=NOW),
        version=version,
        environment=Environment.objects.get(slug="sandbox"),
        name=name,
        value=value,
        is_secret=options.get("is_secret", False),
        now=NOW,
    )


def test_request_goes_to_the_server_of_its_environment() -> None:
    make_api("https://sandbox.example.com/v1")
    send = FakeSend()

    run(make_draft("company-search", query={"country": "NO"}), make_session(), send)

    assert send.requests[0].url == "https://sandbox.example.com/v1/companies?country=NO"
    assert send.targets[0].base_url == "https://sandbox.example.com/v1"


def test_response_comes_back_with_its_timing() -> None:
    make_api()
    send = FakeSend(make_response(b'{"a": 1}'))

    exchange = run(make_draft("company-search", query={"country": "NO"}), make_session(), send)

    assert exchange.as_json()["response"] == {
        "status": 200,
        "reason": "OK",
        "headers": [["Content-Type", "application/json"]],
        "body": {"text": '{"a": 1}', "size": 8, "truncated": False},
    }
    assert exchange.as_json()["timing"] == {
        "dns_ms": 1,
        "connect_ms": 2,
        "tls_ms": None,
        "first_byte_ms": 5,
        "total_ms": 10,
    }


def test_token_of_the_session_is_sent_and_masked_in_what_is_shown() -> None:
    version, session, send = make_api(), make_session(), FakeSend()
    keep(version, session, "bearerToken_token", TOKEN)

    exchange = run(make_draft("company-search", query={"country": "NO"}), session, send)

    assert ("Authorization", f"Bearer {TOKEN}") in send.requests[0].headers
    assert exchange.request is not None
    assert ("Authorization", f"Bearer ••••{TOKEN[-4:]}") in exchange.request.headers
    assert TOKEN not in json.dumps(exchange.as_json())


def test_token_stays_in_its_environment() -> None:
    version, session, send = make_api(), make_session(), FakeSend()
    keep(version, session, "bearerToken_token", TOKEN)
    production = make_environment("production")
    version.servers.create(environment=production, url="https://api.example.com/v1")

    draft = make_draft("company-search", query={"country": "NO"}, environment=production)
    exchange = run(draft, session, send)

    assert all(name != "Authorization" for name, _value in send.requests[0].headers)
    assert [problem.kind for problem in exchange.problems] == ["missing_credential"]


def test_operation_without_security_gets_no_token() -> None:
    version, session, send = make_api(), make_session(), FakeSend()
    keep(version, session, "bearerToken_token", TOKEN)

    values = RequestValues(body={"username": "a", "password": "b"})
    run(make_draft("authenticate", values=values), session, send)

    assert all(name != "Authorization" for name, _value in send.requests[0].headers)


def test_variables_are_put_in() -> None:
    version, session, send = make_api(), make_session(), FakeSend()
    keep(version, session, "country", "SE")

    run(make_draft("company-search", query={"country": "{{country}}"}), session, send)

    assert send.requests[0].url.endswith("?country=SE")


def test_undefined_variable_is_sent_as_it_stands_and_reported() -> None:
    make_api()
    send = FakeSend()

    draft = make_draft("company-search", query={"country": "NO", "name": "{{who}}"})
    exchange = run(draft, make_session(), send)

    assert send.requests[0].url.endswith("country=NO&name=%7B%7Bwho%7D%7D")
    assert exchange.problems[0].as_json() == {
        "kind": "undefined_variable",
        "location": "query",
        "name": "who",
        "detail": "name",
        "message": "who is not defined in Sandbox; the text is sent as it stands.",
    }


def test_variables_of_one_request_go_before_those_of_the_session() -> None:
    version, session, send = make_api(), make_session(), FakeSend()
    keep(version, session, "bearerToken_token", TOKEN)
    draft = make_draft(
        "company-search",
        query={"country": "NO"},
        variables={"bearerToken_token": "another-token-for-once"},
    )

    exchange = run(draft, session, send)

    assert ("Authorization", "Bearer another-token-for-once") in send.requests[0].headers
    assert exchange.request is not None
    assert "another-token-for-once" not in str(exchange.request)


def test_variable_of_one_request_may_name_one_of_the_session() -> None:
    version, session, send = make_api(), make_session(), FakeSend()
    keep(version, session, "mine", "token-under-a-name-of-mine")
    draft = make_draft(
        "company-search", query={"country": "NO"}, variables={"bearerToken_token": "{{mine}}"}
    )

    run(draft, session, send)

    assert ("Authorization", "Bearer token-under-a-name-of-mine") in send.requests[0].headers


def test_emptied_credential_sends_none() -> None:
    version, session, send = make_api(), make_session(), FakeSend()
    keep(version, session, "bearerToken_token", TOKEN)
    draft = make_draft(
        "company-search", query={"country": "NO"}, variables={"bearerToken_token": ""}
    )

    run(draft, session, send)

    assert all(name != "Authorization" for name, _value in send.requests[0].headers)


def test_password_of_a_login_is_never_shown() -> None:
    make_api()
    send = FakeSend(make_response(b"{}", status=401))
    values = RequestValues(body={"username": "demo", "password": "correct-horse-battery"})

    exchange = run(make_draft("authenticate", values=values), make_session(), send)

    assert send.requests[0].body == b'{"username":"demo","password":"correct-horse-battery"}'
    assert exchange.request is not None
    assert exchange.request.body == '{"username":"demo","password":"••••"}'.encode()


def test_raw_body_is_sent_as_it_is_written() -> None:
    make_api()
    send = FakeSend()
    text = '{"username": "{{who}}", "password": nothing}'
    draft = make_draft("authenticate", values=RequestValues(), raw_body=text)

    exchange = run(draft, make_session(), send)

    assert send.requests[0].body == text.encode()
    assert [problem.kind for problem in exchange.problems] == ["undefined_variable"]


def test_missing_path_parameter_sends_nothing() -> None:
    make_api()
    send = FakeSend()

    exchange = run(make_draft("get-company"), make_session(), send)

    assert send.requests == []
    assert exchange.as_json() == {
        "request": None,
        "response": None,
        "timing": None,
        "token": None,
        "problems": [
            {
                "kind": "missing_path_parameter",
                "location": "path",
                "name": "id",
                "detail": "",
                "message": "id is part of the path and is empty. Without it the request would "
                "call another operation, so it was not sent. Fill it in and send again.",
            }
        ],
    }


def test_environment_without_server_sends_nothing() -> None:
    make_api()
    send = FakeSend()
    draft = make_draft("company-search", environment=make_environment("staging"))

    exchange = run(draft, make_session(), send)

    assert send.requests == []
    assert [problem.kind for problem in exchange.problems] == ["no_server"]


@pytest.mark.parametrize(
    ("error", "kind", "can_retry"),
    [
        pytest.param(CannotConnect("connection refused"), "connect", True, id="nothing there"),
        pytest.param(RefusedByPolicy("loopback"), "refused_by_policy", False, id="not allowed"),
    ],
)
def test_target_out_of_reach_is_a_problem(error: Any, kind: str, can_retry: bool) -> None:
    make_api()
    error.host, error.port = "api.example.com", 443

    exchange = run(
        make_draft("company-search", query={"country": "NO"}),
        make_session(),
        FakeSend(error),
    )

    assert exchange.response is None
    assert exchange.request is not None
    problem = exchange.problems[-1]
    assert (problem.kind, problem.facts["can_retry"]) == (kind, can_retry)
    assert "api.example.com" in problem.title


def declare_login(version: Version) -> TokenSource:
    """Put a declared login operation behind the API's scheme."""
    source = TokenSource.objects.create(
        slug="company-login",
        kind=TokenSourceKind.LOGIN,
        settings={"login": {"operation": "example/v1/authenticate"}},
        login_operation="example/v1/authenticate",
    )
    SecurityBinding.objects.filter(version=version).update(token_source=source)
    return source


def test_declared_login_keeps_its_token_by_itself() -> None:
    version, session = make_api(), make_session()
    declare_login(version)
    send = FakeSend(make_response(json.dumps({"token": TOKEN}).encode()))
    values = RequestValues(body={"username": "demo", "password": "correct-horse"})

    exchange = run(make_draft("authenticate", values=values), session, send)

    assert exchange.token is not None
    assert exchange.token.expires_at == NOW + timedelta(hours=1)
    assert exchange.token.is_renewable is False
    assert exchange.offer is None
    assert exchange.token.ends_in == TOKEN[-4:]


def test_login_body_is_kept_only_with_consent() -> None:
    version, session = make_api(), make_session()
    declare_login(version)
    send = FakeSend(make_response(json.dumps({"token": TOKEN}).encode()))
    values = RequestValues(body={"username": "demo", "password": "correct-horse"})
    draft = make_draft("authenticate", values=values, stay_signed_in=True)

    exchange = run(draft, session, send)

    assert exchange.token is not None
    assert exchange.token.is_renewable is True


def test_undeclared_login_is_offered_to_be_kept() -> None:
    make_api()
    session = make_session()
    send = FakeSend(make_response(json.dumps({"token": TOKEN}).encode()))
    values = RequestValues(body={"username": "demo", "password": "correct-horse"})

    exchange = run(make_draft("authenticate", values=values), session, send)

    assert exchange.token is None
    assert exchange.offer is not None
    assert exchange.offer.variable == "bearerToken_token"
    assert TOKEN not in exchange.offer.sealed


@pytest.mark.parametrize("declared", [True, False], ids=["declared", "undeclared"])
def test_refused_login_keeps_nothing(declared: bool) -> None:
    version, session = make_api(), make_session()
    if declared:
        declare_login(version)
    send = FakeSend(make_response(json.dumps({"token": TOKEN}).encode(), status=401))
    values = RequestValues(body={"username": "demo", "password": "wrong"})

    exchange = run(make_draft("authenticate", values=values), session, send)

    assert (exchange.token, exchange.offer) == (None, None)
    assert list_tokens(open_jar(session, user=AnonymousUser(), now=NOW)) == []


@pytest.mark.parametrize(
    ("rule", "operation", "may"),
    [
        pytest.param("on", "delete-company", True, id="on: anything"),
        pytest.param("read", "get-company", True, id="read: GET"),
        pytest.param("read", "authenticate", True, id="read: a declared login"),
        pytest.param("read", "delete-company", False, id="read: no DELETE"),
        pytest.param("off", "get-company", False, id="off: nothing"),
    ],
)
def test_rule_for_anonymous_visitors(
    settings: Settings, rule: str, operation: str, may: bool
) -> None:
    settings.TRY_IT_ANONYMOUS = rule
    declare_login(make_api())
    send = FakeSend(make_response(b"{}", status=401))
    values = RequestValues(parameters={Location.PATH: {"id": "7"}})
    draft = make_draft(operation, values=values)

    if may:
        run(draft, make_session(), send)
    else:
        with pytest.raises(SignInRequired):
            run(draft, make_session(), send)

    assert len(send.requests) == int(may)


def test_signed_in_user_may_always_send(settings: Settings) -> None:
    settings.TRY_IT_ANONYMOUS = "off"
    make_api()
    send = FakeSend()
    values = RequestValues(parameters={Location.PATH: {"id": "7"}})
    user = User.objects.create_user("ada")

    run(make_draft("delete-company", values=values), make_session(), send, user=user)

    assert send.requests[0].method == "DELETE"


def test_preview_sends_nothing_and_masks() -> None:
    version, session = make_api(), make_session()
    keep(version, session, "bearerToken_token", TOKEN)

    preview = preview_operation(
        make_draft("company-search", query={"country": "NO"}), session=session
    )

    assert preview.request is not None
    assert preview.request.url == "https://api.example.com/v1/companies?country=NO"
    assert ("Authorization", f"Bearer ••••{TOKEN[-4:]}") in preview.request.headers


@pytest.mark.parametrize(
    ("operation", "confirm_writes", "asks"),
    [
        pytest.param("delete-company", True, True, id="a write to live data"),
        pytest.param("get-company", True, False, id="reading live data"),
        pytest.param("delete-company", False, False, id="a write to test data"),
    ],
)
def test_live_data_is_asked_about(operation: str, confirm_writes: bool, asks: bool) -> None:
    make_api()
    Environment.objects.update(confirm_writes=confirm_writes)
    draft = make_draft(operation, values=RequestValues(parameters={Location.PATH: {"id": "7"}}))

    digest = confirmation_of(draft, preview_operation(draft, session=make_session()))

    assert bool(digest) is asks


def test_confirmation_counts_for_one_url_only() -> None:
    make_api()
    Environment.objects.update(confirm_writes=True)
    drafts = [
        make_draft(
            "delete-company", values=RequestValues(parameters={Location.PATH: {"id": company}})
        )
        for company in ("7", "8")
    ]

    digests = {
        confirmation_of(draft, preview_operation(draft, session=make_session())) for draft in drafts
    }

    assert len(digests) == 2

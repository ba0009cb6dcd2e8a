"""Calling the REST API with an API token, and with a session."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.api_tokens import issue_api_token, revoke_api_token
from portal.accounts.models import Scope, User
from tests.tryit.console_factories import make_api
from tryit.models import TokenJar

pytestmark = pytest.mark.django_db

PRODUCTS = "/api/v1/products/"
VARIABLE = "/api/v1/products/example/versions/v1/environments/sandbox/variables/company"


@pytest.fixture
def strict() -> Client:
    """A client whose calls are checked for CSRF."""
    return Client(enforce_csrf_checks=True)


def make_token(user: User, *scopes: Scope) -> str:
    return issue_api_token(user, scopes=scopes, lifetime=timedelta(days=1), now=timezone.now())[1]


def call(client: Client, method: str, url: str, *, token: str, body: Any = None) -> Any:
    return client.generic(
        method,
        url,
        body or "",
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )


def set_variable(client: Client, token: str) -> Any:
    return call(client, "PUT", VARIABLE, token=token, body='{"value": "NO1"}')


def test_token_needs_no_csrf_token(strict: Client, ada: User) -> None:
    make_api()

    assert set_variable(strict, make_token(ada, Scope.SEND)).status_code == 200


def test_session_needs_a_csrf_token_even_when_nobody_signed_in(strict: Client, ada: User) -> None:
    make_api()
    anonymous = strict.put(VARIABLE, {"value": "NO1"}, content_type="application/json")
    strict.force_login(ada)
    signed_in = strict.put(VARIABLE, {"value": "NO1"}, content_type="application/json")

    assert (anonymous.status_code, signed_in.status_code) == (403, 403)
    assert "CSRF" in signed_in.json()["detail"]


def test_other_schemes_do_not_replace_the_csrf_token(strict: Client, ada: User) -> None:
    make_api()
    strict.force_login(ada)

    response = strict.put(
        VARIABLE,
        {"value": "NO1"},
        content_type="application/json",
        headers={"Authorization": "Basic YTpi"},
    )

    assert response.status_code == 403


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer wrong", "bearer portico_x y", "Bearer \xff"]
)
def test_wrong_token_is_refused_even_for_reading(strict: Client, header: str) -> None:
    response = strict.get(PRODUCTS, headers={"Authorization": header})

    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"] == 'Bearer realm="portico", error="invalid_token"'
    assert response.json() == {
        "title": "Unauthorized",
        "status": 401,
        "detail": "There is no such API token.",
    }


def test_expired_token_is_refused(client: Client, ada: User) -> None:
    past = timezone.now() - timedelta(days=2)
    token = issue_api_token(ada, scopes=[Scope.ADMIN], lifetime=timedelta(days=1), now=past)[1]

    assert call(client, "GET", PRODUCTS, token=token).status_code == 401


def test_revoked_token_is_refused(client: Client, ada: User) -> None:
    row, token = issue_api_token(
        ada, scopes=[Scope.ADMIN], lifetime=timedelta(days=1), now=timezone.now()
    )
    revoke_api_token(row, now=timezone.now())

    assert call(client, "GET", PRODUCTS, token=token).status_code == 401


def test_token_of_a_closed_account_is_refused(client: Client, ada: User) -> None:
    token = make_token(ada, Scope.ADMIN)
    User.objects.update(is_active=False)

    assert call(client, "GET", PRODUCTS, token=token).status_code == 401


def test_token_without_the_scope_may_not(client: Client, ada: User) -> None:
    make_api()

    response = set_variable(client, make_token(ada, Scope.READ, Scope.PUBLISH))

    assert response.status_code == 403
    assert response.json()["detail"] == "This API token lacks the scope “send”."


def test_method_that_is_not_offered_is_405_for_every_token(client: Client, ada: User) -> None:
    response = call(client, "PATCH", PRODUCTS, token=make_token(ada))

    assert response.status_code == 405


def test_variables_belong_to_the_token(client: Client, ada: User) -> None:
    make_api()
    token, other = make_token(ada, Scope.SEND), make_token(ada, Scope.SEND)
    set_variable(client, token)

    own = call(client, "GET", VARIABLE, token=token)
    foreign = call(client, "GET", VARIABLE, token=other)
    client.force_login(ada)
    in_the_browser = client.get(VARIABLE)

    assert own.json()["value"] == "NO1"
    assert foreign.status_code == 404
    assert in_the_browser.status_code == 404


def test_token_and_cookie_in_one_call_leave_the_cookies_session_alone(
    client: Client, ada: User
) -> None:
    make_api()
    client.force_login(ada)

    response = set_variable(client, make_token(ada, Scope.SEND))

    assert "portico_session" not in response.cookies
    assert client.get(VARIABLE).status_code == 404


def test_no_cookie_is_set_for_a_token(strict: Client, ada: User) -> None:
    make_api()

    response = set_variable(strict, make_token(ada, Scope.SEND))

    assert not response.cookies
    assert TokenJar.objects.get().user == ada


def test_jar_of_a_token_stays_with_another_user_of_the_browser(client: Client, ada: User) -> None:
    make_api()
    set_variable(client, make_token(ada, Scope.SEND))
    client.force_login(User.objects.create_user("grace", password="a long password"))

    assert client.get(VARIABLE).status_code == 404

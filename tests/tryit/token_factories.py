"""Factories for sessions, jars, logins and tokens."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session

from catalog.models import (
    Environment,
    Operation,
    SecurityBinding,
    TokenSource,
    TokenSourceKind,
    Version,
)
from catalog.openapi import JSONObject, JSONValue
from portal.accounts.models import User
from portal.egress import EgressError, Limits, Request, Response, Target, Timing
from tests.factories import make_environment, make_server, make_version
from tryit.models import SessionToken, TokenJar
from tryit.services.fresh_tokens import LoginExchange
from tryit.services.logins import keep_from_login
from tryit.services.tokens import Pace
from tryit.sessions import SessionStore

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FAR_AWAY = datetime(2999, 1, 1, tzinfo=UTC)
BODY: JSONObject = {"username": "jo@example.com", "password": "correct horse"}
TOKEN = "first-token-of-jo"

DEFINITION: JSONObject = {
    "openapi": "3.1.0",
    "info": {"title": "Company Data", "version": "1.0.0"},
    "security": [{"bearerToken": []}],
    "paths": {
        "/authenticate": {
            "post": {
                "operationId": "authenticate",
                "security": [],
                "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}},
                "responses": {"200": {"description": "OK"}},
            }
        },
        "/companies": {
            "get": {"operationId": "companySearch", "responses": {"200": {"description": "OK"}}}
        },
    },
    "components": {
        "securitySchemes": {
            "bearerToken": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
        }
    },
}


def no_jitter(low: float, _high: float) -> float:
    """The lower bound, so that times are exact."""
    return low


def no_wait(_seconds: float) -> None:
    """Patience that takes no time."""


PACE = Pace(jitter=no_jitter, wait=no_wait)


@dataclass
class FakeSend:
    """Stands in for egress: notes what would be sent and gives the answers in order.

    The last answer is given again and again. `during` is called while "on the wire".
    """

    answers: Sequence[Response | EgressError]
    requests: list[Request] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    during: Any = None

    def __call__(self, request: Request, *, target: Target, limits: Limits) -> Response:
        """Answer as told."""
        self.requests.append(request)
        self.targets.append(target)
        if self.during:
            self.during()
        answer = self.answers[min(len(self.requests), len(self.answers)) - 1]
        if isinstance(answer, EgressError):
            raise answer
        return answer


def make_response(
    status: int = 200, body: JSONValue = None, headers: tuple[tuple[str, str], ...] = ()
) -> Response:
    """A response with a JSON body."""
    content = b"" if body is None else json.dumps(body).encode()
    return Response(
        status=status,
        reason="",
        headers=headers,
        body=content,
        truncated=False,
        raw_bytes=len(content),
        sent_headers=(),
        timing=Timing(),
        http_version="1.1",
    )


def make_session(**content: Any) -> SessionStore:
    """A saved session that is alive by the tests' clock and by the real one."""
    session = SessionStore()
    session.update(content)
    session.create()
    rows = Session.objects.filter(session_key=session.session_key)
    rows.update(expire_date=FAR_AWAY)
    return session


def make_jar(session: SessionStore | None = None, user: User | None = None) -> TokenJar:
    """A jar in use, of a session of its own unless one is given."""
    session = session or make_session()
    assert session.session_key is not None
    return TokenJar.objects.create(
        session_key=session.session_key,
        user=user,
        expires_at=NOW + timedelta(days=14),
        last_used_at=NOW,
    )


def make_company_data(environment: Environment, *, product: str = "company-data") -> Version:
    """A product with a login and a JWT scheme, and a server at <product>.example.com."""
    version = make_version(DEFINITION, product=product)
    make_server(version, environment, f"https://{product}.example.com/v1")
    return version


def make_login_source(*versions: Version, **settings: JSONValue) -> TokenSource:
    """A declared source that the JWT schemes of these versions use, the first one's login."""
    operation = f"{versions[0].product.slug}/v1/authenticate"
    source = TokenSource.objects.create(
        slug="company-login",
        kind=TokenSourceKind.LOGIN,
        settings={"login": {"operation": operation}, **settings},
        login_operation=operation,
    )
    SecurityBinding.objects.filter(version__in=versions).update(token_source=source)
    return source


def make_login(
    version: Version,
    environment: Environment,
    *,
    answer: JSONValue = None,
    status: int = 200,
) -> LoginExchange:
    """The exchange of a user who logged in by hand."""
    row = Operation.objects.select_related("revision__version__product").get(
        revision=version.current_revision, slug="authenticate"
    )
    body: JSONValue = {"token": TOKEN, "expires_in": 3600} if answer is None else answer
    return LoginExchange(
        operation_row=row,
        environment=environment,
        request=Request(
            "POST",
            f"https://{version.product.slug}.example.com/v1/authenticate",
            (("Content-Type", "application/json"), ("X-Tenant", "7")),
        ),
        login_body=BODY,
        content_type="application/json",
        response=make_response(status, body),
    )


def keep_login(
    jar: TokenJar,
    version: Version,
    environment: Environment,
    *,
    stay_signed_in: bool = True,
    **answer: JSONValue,
) -> SessionToken:
    """The row of a user who logged in, by default agreeing to be kept signed in."""
    view = keep_from_login(
        jar=jar,
        environment=environment,
        login=make_login(version, environment, answer=answer or None),
        source=None,
        version=version,
        scheme="bearerToken",
        stay_signed_in=stay_signed_in,
        now=NOW,
        jitter=no_jitter,
    )
    assert view is not None
    return SessionToken.objects.get(id=view.id)


def make_scene() -> tuple[TokenJar, Version, Environment]:
    """A session's jar, Company Data and its Sandbox."""
    environment = make_environment()
    return make_jar(), make_company_data(environment), environment

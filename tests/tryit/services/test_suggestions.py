"""Keeping the token of a response whose operation nobody declared as a login."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from typing import Any

import pytest

from catalog.models import Environment, Version
from catalog.openapi import (
    JSONObject,
    JSONValue,
    Operation,
    SchemeType,
    SecurityRequirement,
    SecurityScheme,
    SecurityUse,
)
from tests.factories import make_version
from tests.tryit.token_factories import (
    BODY,
    DEFINITION,
    NOW,
    TOKEN,
    make_jar,
    make_login,
    make_scene,
    no_jitter,
)
from tryit.models import SessionToken, TokenJar
from tryit.services.suggestions import (
    SuggestionRefused,
    TokenSuggestion,
    accept_suggestion,
    seal_suggestion,
    suggest_token,
)

pytestmark = pytest.mark.django_db

OPEN = Operation(method="POST", path="/authenticate")
GUARDED = Operation(
    method="POST",
    path="/authenticate",
    security=(SecurityRequirement((SecurityUse(SecurityScheme("bearerToken", SchemeType.HTTP)),)),),
)
OPTIONAL = Operation(method="POST", path="/authenticate", security=(SecurityRequirement(),))
BODY_WITH_TOKEN = b'{"token": "first-token-of-jo"}'
SUGGESTION = TokenSuggestion("bearerToken", "bearerToken_token")


def version_with(**schemes: JSONValue) -> Version:
    components: JSONObject = {"securitySchemes": dict(schemes)}
    return make_version({**DEFINITION, "components": components})


def suggest(
    version: Version,
    operation: Operation = OPEN,
    *,
    status: int = 200,
    body: bytes = BODY_WITH_TOKEN,
) -> TokenSuggestion | None:
    return suggest_token(operation=operation, version=version, status=status, headers=(), body=body)


def seal(jar: TokenJar, version: Version, environment: Environment, **answer: JSONValue) -> str:
    return seal_suggestion(
        jar,
        suggestion=SUGGESTION,
        login=make_login(version, environment, answer=answer or None),
        version=version,
        now=NOW,
    )


def accept(jar: TokenJar, sealed: str, *, now: datetime = NOW, **options: Any) -> SessionToken:
    view = accept_suggestion(jar=jar, sealed=sealed, now=now, jitter=no_jitter, **options)
    return SessionToken.objects.get(id=view.id)


@pytest.mark.parametrize("operation", [OPEN, OPTIONAL], ids=["no-security", "optional-security"])
def test_a_token_of_an_open_operation_is_suggested(operation: Operation) -> None:
    version = version_with(bearerToken={"type": "http", "scheme": "bearer"})

    assert suggest(version, operation) == TokenSuggestion("bearerToken", "bearerToken_token")


@pytest.mark.parametrize(
    ("operation", "status", "body"),
    [
        (GUARDED, 200, BODY_WITH_TOKEN),
        (OPEN, 401, BODY_WITH_TOKEN),
        (OPEN, 200, b'{"id": 1}'),
        (OPEN, 200, b"%PDF"),
    ],
    ids=["guarded", "refused", "no-token", "no-json"],
)
def test_other_responses_suggest_nothing(operation: Operation, status: int, body: bytes) -> None:
    version = version_with(bearerToken={"type": "http", "scheme": "bearer"})

    assert suggest(version, operation, status=status, body=body) is None


@pytest.mark.parametrize(
    ("schemes", "variable"),
    [
        (
            {
                "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
                "oauth": {"type": "oauth2", "flows": {}},
                "jwt": {"type": "http", "scheme": "bearer"},
            },
            "jwt_token",
        ),
        (
            {
                "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
                "oauth": {"type": "oauth2", "flows": {}},
            },
            "oauth_token",
        ),
        (
            {
                "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
                "bearer": {"type": "apiKey", "in": "header", "name": "Authorization"},
            },
            "bearer",
        ),
        ({"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}, "key"),
    ],
    ids=["bearer", "oauth", "authorization-key", "key"],
)
def test_the_scheme_that_fits_best_is_taken(schemes: JSONObject, variable: str) -> None:
    suggestion = suggest(version_with(**schemes))

    assert suggestion is not None
    assert suggestion.variable == variable


@pytest.mark.parametrize(
    "schemes",
    [
        {},
        {"basic": {"type": "http", "scheme": "basic"}},
        {"key": {"type": "apiKey", "in": "query", "name": "key"}},
        {"certificate": {"type": "mutualTLS"}},
    ],
    ids=["none", "basic", "query", "certificate"],
)
def test_without_a_scheme_that_takes_a_token_nothing_is_suggested(schemes: JSONObject) -> None:
    assert suggest(version_with(**schemes)) is None


def test_one_press_keeps_the_token() -> None:
    jar, version, environment = make_scene()
    sealed = seal(jar, version, environment)

    row = accept(jar, sealed, now=NOW + timedelta(minutes=9))

    assert row.secrets == {"access_token": TOKEN}
    assert row.account == "jo@example.com"
    assert (row.obtained_at, row.expires_at) == (NOW, NOW + timedelta(hours=1))
    assert row.refresh_at is None
    assert row.allowed_origins == ["https://company-data.example.com"]


def test_with_consent_the_login_is_kept_too() -> None:
    jar, version, environment = make_scene()

    row = accept(jar, seal(jar, version, environment), stay_signed_in=True)

    assert row.secrets["login_body"] == BODY
    assert row.secrets["login_request"]["operation"] == "company-data/v1/authenticate"
    assert row.refresh_at == NOW + timedelta(minutes=54)


def test_a_suggestion_tells_nothing_to_who_reads_the_page() -> None:
    jar, version, environment = make_scene()

    sealed = seal(jar, version, environment)

    readable = sealed.encode() + base64.urlsafe_b64decode(sealed)
    assert TOKEN.encode() not in readable
    assert b"correct horse" not in readable


def test_a_suggestion_serves_no_other_session() -> None:
    jar, version, environment = make_scene()
    sealed = seal(jar, version, environment)

    with pytest.raises(SuggestionRefused):
        accept(make_jar(), sealed)

    assert SessionToken.objects.count() == 0


def test_a_suggestion_is_over_after_10_minutes() -> None:
    jar, version, environment = make_scene()
    sealed = seal(jar, version, environment)

    with pytest.raises(SuggestionRefused):
        accept(jar, sealed, now=NOW + timedelta(minutes=10, seconds=1))


@pytest.mark.parametrize("sealed", ["", "nonsense", "gAAAAA==", "é"])
def test_a_damaged_suggestion_is_refused(sealed: str) -> None:
    with pytest.raises(SuggestionRefused):
        accept(make_jar(), sealed)


def test_a_suggestion_for_what_is_gone_is_refused() -> None:
    jar, version, environment = make_scene()
    sealed = seal(jar, version, environment)
    version.delete()

    with pytest.raises(SuggestionRefused):
        accept(jar, sealed)


def test_without_a_token_there_is_nothing_to_seal() -> None:
    jar, version, environment = make_scene()

    assert seal(jar, version, environment, id=7) == ""

"""Suggestions: keeping the token of a response whose operation nobody declared as a login."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from catalog.models import Environment, Version
from catalog.openapi import JSONObject, Operation, SchemeType, SecurityScheme
from portal.crypto import CannotOpen, Sealer
from portal.egress import origin_of
from tryit.models import TokenJar
from tryit.services.fresh_tokens import (
    LoginExchange,
    ObtainedToken,
    find_bound_source,
    keep_token,
)
from tryit.services.security_variables import list_schemes
from tryit.services.tokens import TokenError, TokenView, view_token
from tryit.tokens.answers import read_answer
from tryit.tokens.detection import FoundToken, find_account, find_token_text
from tryit.tokens.kept_logins import find_kept_login
from tryit.tokens.outcomes import find_token_in_response
from tryit.tokens.schedule import Jitter
from tryit.tokens.storage import TokenPlace

__all__ = [
    "SuggestionRefused",
    "TokenSuggestion",
    "accept_suggestion",
    "seal_suggestion",
    "suggest_token",
]

SUGGESTION_LIFE = timedelta(minutes=10)


class SuggestionRefused(TokenError):
    """The suggestion is older than 10 minutes, was made for another session, or is damaged."""


@dataclass(frozen=True, slots=True)
class TokenSuggestion:
    """A token was found that would fit a scheme of this version, used as `{{variable}}`."""

    scheme: str
    variable: str


def suggest_token(
    *,
    operation: Operation,
    version: Version,
    status: int,
    headers: Sequence[tuple[str, str]],
    body: bytes,
) -> TokenSuggestion | None:
    """Whether a response looks like a login's: 2xx, with a token, of an operation without security.

    None when it does not, or when the version has no scheme that takes a token.
    """
    if any(requirement.uses for requirement in operation.security):
        return None
    answer = read_answer(status, headers, body)
    if not answer.is_success or find_token_text(answer.body) is None:
        return None
    schemes = [scheme for scheme in list_schemes(version) if _rank(scheme) is not None]
    if not schemes:
        return None
    best = min(schemes, key=lambda scheme: _rank(scheme) or 0)
    return TokenSuggestion(best.key, best.variable_names[0])


def seal_suggestion(
    jar: TokenJar,
    *,
    suggestion: TokenSuggestion,
    login: LoginExchange,
    version: Version,
    now: datetime,
) -> str:
    """What a page carries so that one press keeps the token: only this portal can read it.

    It serves this jar alone, for 10 minutes. "" when the response holds no token.
    """
    found = find_token_in_response(login.response, None, now=now)
    if found is None:
        return ""
    content: JSONObject = {
        "version": version.pk,
        "scheme": suggestion.scheme,
        "environment": login.environment.pk,
        "token": found.value,
        "expires_at": found.expires_at.isoformat(),
        "obtained_at": now.isoformat(),
        "account": find_account(login.login_body),
        "endpoint": origin_of(login.request.url),
        "login": login.as_kept_login().as_secrets(),
    }
    return _sealer().seal(json.dumps(content).encode(), context=_context(jar)).decode()


def accept_suggestion(
    *,
    jar: TokenJar,
    sealed: str,
    now: datetime,
    stay_signed_in: bool = False,
    jitter: Jitter = random.uniform,
) -> TokenView:
    """Keep the token of a suggestion; with `stay_signed_in` also its login, for renewal.

    Raises SuggestionRefused.
    """
    content = _open(jar, sealed)
    obtained_at = datetime.fromisoformat(content["obtained_at"])
    version = Version.objects.filter(pk=content["version"]).first()
    environment = Environment.objects.filter(pk=content["environment"]).first()
    source = version and find_bound_source(version, content["scheme"])
    if now > obtained_at + SUGGESTION_LIFE or environment is None or not source:
        raise SuggestionRefused("it is over")
    obtained = ObtainedToken(
        token=FoundToken(content["token"], datetime.fromisoformat(content["expires_at"])),
        obtained_at=obtained_at,
        account=content["account"],
        endpoint_origin=content["endpoint"],
        login=find_kept_login(content["login"]) if stay_signed_in else None,
    )
    place = TokenPlace(jar=jar, environment=environment, source=source)
    return view_token(keep_token(place, obtained, jitter=jitter), scheme=content["scheme"])


def _rank(scheme: SecurityScheme) -> int | None:
    """How well a scheme fits a token of unknown kind; None when it takes none."""
    if scheme.type is SchemeType.HTTP:
        return 0 if scheme.takes_bearer_token else None
    if scheme.takes_bearer_token:
        return 1
    if scheme.type is SchemeType.API_KEY and scheme.location == "header":
        return 2 if scheme.name.lower() == "authorization" else 3
    return None


def _sealer() -> Sealer:
    return Sealer(tuple(settings.TOKEN_KEYS))


def _context(jar: TokenJar) -> dict[str, str]:
    return {"purpose": "token suggestion", "jar": str(jar.id)}


def _open(jar: TokenJar, sealed: str) -> dict[str, Any]:
    try:
        opened = _sealer().open(sealed.encode(), context=_context(jar))
    except CannotOpen as error:
        raise SuggestionRefused("it was not made for this session") from error
    content: dict[str, Any] = json.loads(opened)
    return content

"""Keeping the token of a login's answer, or offering to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from urllib.parse import parse_qsl

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase

from catalog.building import BuiltRequest
from catalog.openapi import JSONValue
from portal import egress
from portal.accounts.models import User
from tryit.drafts import Draft
from tryit.exchanges import KeepOffer
from tryit.services.fresh_tokens import LoginExchange
from tryit.services.jars import open_jar
from tryit.services.logins import keep_from_login
from tryit.services.suggestions import seal_suggestion, suggest_token
from tryit.services.tokens import TokenView

__all__ = ["Keeper", "keep_or_offer"]

CREDENTIAL_HEADERS = frozenset({"authorization", "cookie"})
FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Keeper:
    """Whose session keeps a token, and when."""

    session: SessionBase
    user: User | AnonymousUser
    now: datetime


def keep_or_offer(
    draft: Draft, built: BuiltRequest, response: egress.Response, *, keeper: Keeper
) -> tuple[TokenView | None, KeepOffer | None]:
    """Keep the token of a declared login operation; offer any other token that is found.

    Only 2xx answers count. Neither comes of an answer without a token.
    """
    if response.status // 100 != HTTPStatus.OK // 100:
        return None, None
    login = _login_exchange(draft, built, response)
    if draft.called.login_sources:
        jar = open_jar(keeper.session, user=keeper.user, now=keeper.now)
        token = keep_from_login(
            jar=jar,
            environment=draft.environment,
            login=login,
            source=draft.called.login_sources[0],
            version=draft.called.version,
            scheme=None,
            stay_signed_in=draft.stay_signed_in,
            now=keeper.now,
        )
        return token, None
    return None, _offer(draft, login, keeper)


def _offer(draft: Draft, login: LoginExchange, keeper: Keeper) -> KeepOffer | None:
    suggestion = suggest_token(
        operation=draft.called.operation,
        version=draft.called.version,
        status=login.response.status,
        headers=login.response.headers,
        body=login.response.body,
    )
    if suggestion is None:
        return None
    # The offer is sealed for a jar, so there must be one.
    jar = open_jar(keeper.session, user=keeper.user, now=keeper.now)
    sealed = seal_suggestion(
        jar,
        suggestion=suggestion,
        login=login,
        version=draft.called.version,
        now=keeper.now,
    )
    return KeepOffer(
        variable=suggestion.variable,
        environment_name=draft.environment.name,
        sealed=sealed,
    )


def _login_exchange(draft: Draft, built: BuiltRequest, response: egress.Response) -> LoginExchange:
    """The exchange as it may be repeated: without other credentials, the body apart."""
    headers = tuple(
        (name, value) for name, value in built.headers if name.lower() not in CREDENTIAL_HEADERS
    )
    content_type = next(
        (value for name, value in built.headers if name.lower() == "content-type"), ""
    )
    return LoginExchange(
        operation_row=draft.called.row,
        environment=draft.environment,
        request=egress.Request(built.method, built.url, headers, None),
        login_body=_login_body(built.body, content_type),
        content_type=content_type,
        response=response,
    )


def _login_body(body: bytes | None, content_type: str) -> JSONValue:
    """The body with its variables put in, as a value; text when it is neither JSON nor a form."""
    if body is None:
        return None
    text = body.decode("utf-8", "replace")
    if content_type.partition(";")[0].strip().lower() == FORM_TYPE:
        return dict(parse_qsl(text, keep_blank_values=True))
    try:
        return json.loads(text)  # type: ignore[no-any-return]  # JSON
    except (ValueError, RecursionError):
        return text

"""Logins to declared token sources: keeping the token of a response, or getting one."""

from __future__ import annotations

import random
from datetime import datetime

from catalog.models import Environment, TokenSource, Version
from catalog.models import Operation as OperationRow
from catalog.openapi import JSONObject
from portal.egress import EgressError, origin_of
from tryit.models import TokenJar
from tryit.services.fresh_tokens import (
    LoginExchange,
    ObtainedToken,
    find_bound_source,
    keep_token,
    operation_name,
)
from tryit.services.tokens import REAL_PACE, Pace, TokenError, TokenView, view_token
from tryit.tokens.detection import find_account
from tryit.tokens.login_requests import LoginMoved, build_login, find_login_settings
from tryit.tokens.outcomes import (
    Failure,
    FailureKind,
    failure_of_error,
    find_token_in_response,
    judge_response,
)
from tryit.tokens.renewal import Send, login_limits
from tryit.tokens.schedule import Jitter
from tryit.tokens.storage import TokenPlace

__all__ = [
    "LoginFailed",
    "find_login_sources",
    "keep_from_login",
    "obtain_token",
]


class LoginFailed(TokenError):
    """A login brought no token; `failure` says why (see `tryit.tokens.wording`)."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(str(failure))
        self.failure = failure


def find_login_sources(operation_row: OperationRow) -> list[TokenSource]:
    """The declared sources this operation logs in to, by slug."""
    return list(TokenSource.objects.filter(login_operation=operation_name(operation_row)))


def keep_from_login(
    *,
    jar: TokenJar,
    environment: Environment,
    login: LoginExchange,
    source: TokenSource | None,
    version: Version,
    scheme: str | None,
    stay_signed_in: bool,
    now: datetime,
    jitter: Jitter = random.uniform,
) -> TokenView | None:
    """Keep the token of a login's response under its declared source.

    Without a source, under the one behind `scheme`. None when the response holds no token (or
    there is no such scheme); the row is then left as it was.
    """
    source = source or find_bound_source(version, scheme or "")
    if source is None:
        return None
    found = find_token_in_response(login.response, find_login_settings(source), now=now)
    if found is None:
        return None
    obtained = ObtainedToken(
        token=found,
        obtained_at=now,
        account=find_account(login.login_body),
        endpoint_origin=origin_of(login.request.url),
        login=login.as_kept_login() if stay_signed_in else None,
    )
    place = TokenPlace(jar=jar, environment=environment, source=source)
    return view_token(keep_token(place, obtained, jitter=jitter), scheme=scheme or "")


def obtain_token(
    place: TokenPlace,
    *,
    body: JSONObject,
    stay_signed_in: bool,
    now: datetime,
    send: Send,
    pace: Pace = REAL_PACE,
) -> TokenView:
    """Log in to a declared source with what the user filled in, wherever it is described.

    Raises LoginFailed; what was kept before stays then.
    """
    settings = find_login_settings(place.source)
    if settings is None:
        raise LoginFailed(Failure(FailureKind.MOVED))
    try:
        login = build_login(settings, place.environment, body)
        response = send(login.request, target=login.target, limits=login_limits())
    except LoginMoved as error:
        raise LoginFailed(Failure(FailureKind.MOVED)) from error
    except EgressError as error:
        raise LoginFailed(failure_of_error(error)) from error
    outcome = judge_response(response, settings, now=now)
    if isinstance(outcome, Failure):
        raise LoginFailed(outcome)
    obtained = ObtainedToken(
        token=outcome,
        obtained_at=now,
        account=find_account(body),
        endpoint_origin=origin_of(login.request.url),
        login=login.kept if stay_signed_in else None,
    )
    return view_token(keep_token(place, obtained, jitter=pace.jitter))

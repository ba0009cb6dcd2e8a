"""Sending a request from the console: the one way, behind the page and the REST API."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase

from catalog.building import (
    BuiltRequest,
    CannotBuild,
    ProblemKind,
    RequestProblem,
    RequestValues,
    build_request,
    substitute,
)
from catalog.models import Server
from catalog.targets import egress_limits, target_of
from portal import egress
from portal.accounts.models import User
from tryit.drafts import Draft
from tryit.egress_wording import describe_egress_error
from tryit.exchanges import Exchange, ExchangeProblem, SentRequest
from tryit.masking import Masking
from tryit.models import TokenJar
from tryit.permissions import SAFE_METHODS, check_may_send
from tryit.request_problems import explain_problem
from tryit.secret_values import collect_masking
from tryit.selectors import find_server
from tryit.services.jars import find_jar, touch_jar
from tryit.services.keeping import Keeper, keep_or_offer
from tryit.services.tokens import ensure_fresh
from tryit.services.variables import ResolvedVariables, resolve_variables
from tryit.wording import (
    describe_no_server,
    describe_refused_variable,
)

__all__ = ["Preview", "Send", "confirmation_of", "preview_operation", "send_operation"]

logger = structlog.get_logger(__name__)

Send = Callable[..., egress.Response]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be sent: the request with its secrets masked, or None with the reason why not."""

    request: SentRequest | None
    problems: tuple[ExchangeProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A request ready to go, and what to hide of it. Without `built` nothing may be sent."""

    built: BuiltRequest | None
    masking: Masking
    problems: tuple[ExchangeProblem, ...]


def send_operation(
    draft: Draft,
    *,
    session: SessionBase,
    user: User | AnonymousUser,
    now: datetime,
    send: Send = egress.send,
) -> Exchange:
    """Send a draft to the server of its environment and say what came of it.

    Tokens about to end are renewed first; the token of a declared login operation is kept, the
    token of any other answer is offered. Everything that goes wrong on the way is a problem of
    the exchange. Raises SignInRequired when this user may not send it.
    """
    called = draft.called
    is_login = bool(called.login_sources)
    check_may_send(user, method=called.operation.method, is_login=is_login)
    server = find_server(called, draft.environment)
    if server is None:
        return Exchange(problems=(describe_no_server(environment=draft.environment.name),))
    jar = find_jar(session)
    _freshen(draft, jar, now=now, send=send)
    prepared = _prepare(draft, server, jar)
    if prepared.built is None:
        return Exchange(problems=prepared.problems)
    exchange = _exchange(draft, server, prepared, built=prepared.built, send=send)
    if exchange.response is None:
        return exchange
    keeper = Keeper(session, user, now)
    token, offer = keep_or_offer(draft, prepared.built, exchange.response, keeper=keeper)
    return replace(exchange, token=token, offer=offer)


def preview_operation(draft: Draft, *, session: SessionBase) -> Preview:
    """What Send would send now, without sending or renewing anything."""
    server = find_server(draft.called, draft.environment)
    if server is None:
        return Preview(None, (describe_no_server(environment=draft.environment.name),))
    prepared = _prepare(draft, server, find_jar(session))
    shown = _masked(prepared.built, prepared.masking) if prepared.built is not None else None
    return Preview(shown, prepared.problems)


def confirmation_of(draft: Draft, preview: Preview) -> str:
    """A digest of what the user must agree to before it is sent, "" when nothing need be asked.

    Environments with live data ask before anything that may change them.
    """
    request = preview.request
    if request is None or not draft.environment.confirm_writes:
        return ""
    if request.method in SAFE_METHODS:
        return ""
    agreed = f"{draft.environment.slug} {request.method} {request.url}"
    return hashlib.sha256(agreed.encode()).hexdigest()[:16]


def _prepare(draft: Draft, server: Server, jar: TokenJar | None) -> _Prepared:
    """Put the variables in and build the request."""
    resolved = resolve_variables(
        jar=jar,
        version=draft.called.version,
        environment=draft.environment,
        origin=egress.origin_of(server.url),
    )
    variables, own_problems = _merge_variables(draft.variables, resolved)
    masking = collect_masking(draft, variables=variables, secret_values=resolved.secret_values)
    values, body_problems = _with_raw_body(draft, variables)
    found = [*own_problems, *body_problems]
    built, fatal = None, None
    try:
        built = build_request(
            draft.called.operation,
            values,
            base_url=server.url,
            variables=variables,
            resolver=draft.called.resolver,
        )
        found += built.problems
    except CannotBuild as error:
        fatal = error.problem
    described = _describe(found, draft, resolved)
    if fatal is not None:
        described.append(explain_problem(fatal, draft, is_fatal=True))
    return _Prepared(built, masking, tuple(described))


def _merge_variables(
    own: Mapping[str, str], resolved: ResolvedVariables
) -> tuple[dict[str, str], list[RequestProblem]]:
    """The session's variables, overruled by those given for this request only."""
    merged = dict(resolved.values)
    problems = []
    for name, text in own.items():
        merged[name], undefined = substitute(text, resolved.values)
        problems += [
            RequestProblem(ProblemKind.UNDEFINED_VARIABLE, "security", missing, detail=name)
            for missing in undefined
        ]
    return merged, problems


def _with_raw_body(
    draft: Draft, variables: Mapping[str, str]
) -> tuple[RequestValues, list[RequestProblem]]:
    if draft.raw_body is None:
        return draft.values, []
    text, undefined = substitute(draft.raw_body, variables)
    problems = [RequestProblem(ProblemKind.UNDEFINED_VARIABLE, "body", name) for name in undefined]
    return replace(draft.values, body=text.encode("utf-8", "replace")), problems


def _describe(
    problems: list[RequestProblem], draft: Draft, resolved: ResolvedVariables
) -> list[ExchangeProblem]:
    """Sentences for the problems; a variable that was held back says so instead of "empty"."""
    described = []
    for problem in dict.fromkeys(problems):
        reason = resolved.refused.get(problem.name)
        if reason is not None and problem.name not in draft.variables:
            described.append(describe_refused_variable(problem.name, reason))
        else:
            described.append(explain_problem(problem, draft))
    return described


def _freshen(draft: Draft, jar: TokenJar | None, *, now: datetime, send: Send) -> None:
    """Renew what is about to end, if this request uses it."""
    if jar is None:
        return
    touch_jar(jar, now=now)
    if draft.called.operation.security and draft.values.security is not None:
        ensure_fresh(
            jar=jar,
            version=draft.called.version,
            environment=draft.environment,
            now=now,
            send=send,
        )


def _exchange(
    draft: Draft, server: Server, prepared: _Prepared, *, built: BuiltRequest, send: Send
) -> Exchange:
    """Send what was built; an answer that does not come is a problem."""
    shown = _masked(built, prepared.masking)
    request = egress.Request(built.method, built.url, built.headers, built.body)
    limits = egress_limits()
    try:
        response = send(request, target=target_of(server), limits=limits)
    except egress.EgressError as error:
        logger.info("exchange_failed", method=built.method, host=error.host, kind=str(error.kind))
        problem = describe_egress_error(error, environment=draft.environment.name, limits=limits)
        return Exchange(shown, None, error.timing, problems=(*prepared.problems, problem))
    logger.info(
        "exchange_finished",
        method=built.method,
        origin=egress.origin_of(built.url),
        status=response.status,
        body_bytes=len(response.body),
        total_ms=response.timing.total_ms,
    )
    sent = replace(shown, headers=prepared.masking.headers(response.sent_headers))
    return Exchange(sent, response, response.timing, problems=prepared.problems)


def _masked(built: BuiltRequest, masking: Masking) -> SentRequest:
    return SentRequest(
        method=built.method,
        url=masking.text(built.url),
        headers=masking.headers(built.headers),
        body=None if built.body is None else masking.body(built.body),
    )

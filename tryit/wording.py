"""Sentences about exchanges: what happened, why, and what to do, in that order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog.building import ProblemKind, RequestProblem
from tryit.exchanges import ExchangeProblem
from tryit.services.tokens import TokenView

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "describe_kept_token",
    "describe_no_server",
    "describe_refused_variable",
    "describe_request_problem",
    "describe_sign_in",
    "describe_wrong_variable",
    "duration",
]

SECONDS_A_MINUTE = 60
SECONDS_AN_HOUR = 3600
SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The three parts for one cause; placeholders are the facts of the error."""

    title: StrOrPromise
    message: StrOrPromise = ""
    advice: StrOrPromise = ""


NOT_SENT = gettext_lazy("Nothing was sent.")
BODY_WORDS = {"body": gettext_lazy("The body")}

REQUEST_SENTENCES: Mapping[ProblemKind, _Sentences] = {
    ProblemKind.MISSING_PARAMETER: _Sentences(
        gettext_lazy("%(name)s is required by the definition and was not sent.")
    ),
    ProblemKind.MISSING_PATH_PARAMETER: _Sentences(
        gettext_lazy("%(name)s is part of the path and is empty."),
        gettext_lazy("Without it the request would call another operation, so it was not sent."),
        gettext_lazy("Fill it in and send again."),
    ),
    ProblemKind.MISSING_BODY: _Sentences(
        gettext_lazy("The definition requires a body and none was sent.")
    ),
    ProblemKind.MISSING_CREDENTIAL: _Sentences(
        gettext_lazy("%(name)s has no value in %(environment)s, so it was not sent."),
        advice=gettext_lazy("Get a token first, or paste one under Security."),
    ),
    ProblemKind.UNDEFINED_VARIABLE: _Sentences(
        gettext_lazy("%(name)s is not defined in %(environment)s; the text is sent as it stands.")
    ),
    ProblemKind.UNDEFINED_SECURITY_SCHEME: _Sentences(
        gettext_lazy("The definition asks for %(name)s and does not say what that is.")
    ),
    ProblemKind.UNKNOWN_SECURITY: _Sentences(
        gettext_lazy("The operation has no such alternative of security."), NOT_SENT
    ),
    ProblemKind.UNUSED_PARAMETER: _Sentences(
        gettext_lazy("%(name)s has no place in the path and was not sent.")
    ),
    ProblemKind.DOES_NOT_MATCH_SCHEMA: _Sentences(gettext_lazy("%(name)s %(detail)s.")),
    ProblemKind.DOT_SEGMENT: _Sentences(
        gettext_lazy("%(name)s in the path is %(detail)s, which would change the path."),
        gettext_lazy('"." and ".." lead to another operation, so nothing was sent.'),
        gettext_lazy("Write another value and send again."),
    ),
    ProblemKind.REFUSED_HEADER: _Sentences(
        gettext_lazy("The header %(name)s is set by the connection itself and was left out.")
    ),
    ProblemKind.INVALID_HEADER: _Sentences(
        gettext_lazy("The header %(name)s holds characters that headers cannot carry."),
        NOT_SENT,
        gettext_lazy("Remove line breaks and characters outside Latin-1."),
    ),
    ProblemKind.INVALID_TEXT: _Sentences(
        gettext_lazy("%(name)s holds text that is not Unicode."), NOT_SENT
    ),
    ProblemKind.TOO_DEEP: _Sentences(
        gettext_lazy("The value of %(name)s is nested too deep."), NOT_SENT
    ),
}


# Of problems that stop some requests and are only noted in others.
FATAL_SENTENCES: Mapping[ProblemKind, _Sentences] = {
    ProblemKind.REFUSED_HEADER: _Sentences(
        gettext_lazy("The header %(name)s is set by the connection itself."),
        gettext_lazy("A request that sets it is not sent."),
        gettext_lazy("Leave it out and send again."),
    ),
}

WRONG_VARIABLES = {
    "name": gettext_lazy("A name has 1 to 200 letters, digits, dots, hyphens and underscores."),
    "length": gettext_lazy("The value is longer than 64,000 characters."),
    "no_token": gettext_lazy("There is no token in this value. Paste the token itself."),
    "characters": gettext_lazy(
        "A token cannot hold line breaks, control characters or characters outside Latin-1. Copy "
        "it again and paste it."
    ),
    "spaces": gettext_lazy(
        "A token has no spaces within. Paste the token alone, without other text."
    ),
}


def describe_request_problem(
    problem: RequestProblem, *, environment: str, mismatch: str = "", is_fatal: bool = False
) -> ExchangeProblem:
    """What is wrong with a value of the request.

    `mismatch` says how it breaks its schema. A fatal problem kept the request from being sent.
    """
    name = problem.name or BODY_WORDS.get(problem.location, problem.location)
    facts = {"name": name, "detail": mismatch or problem.detail, "environment": environment}
    fatal = FATAL_SENTENCES.get(problem.kind) if is_fatal else None
    sentences = fatal or REQUEST_SENTENCES[problem.kind]
    return ExchangeProblem(
        kind=str(problem.kind),
        title=str(sentences.title) % facts,
        message=str(sentences.message) % facts,
        advice=str(sentences.advice) % facts,
        facts={
            "location": str(problem.location),
            "name": problem.name,
            "detail": problem.detail,
        },
    )


def describe_no_server(*, environment: str) -> ExchangeProblem:
    """This version cannot be called in the chosen environment; "" is none chosen."""
    if not environment:
        return ExchangeProblem(
            kind="no_environment",
            title=_("The request names no environment."),
            message=_("The portal does not choose one by itself, so nothing was sent."),
            advice=_("Choose an environment and send again."),
        )
    return ExchangeProblem(
        kind="no_server",
        title=_("There is no server in %(environment)s.") % {"environment": environment},
        message=_("This version has no base URL there, so nothing was sent."),
        advice=_("Choose another environment."),
        facts={"environment": environment},
    )


def describe_refused_variable(name: str, reason: str) -> ExchangeProblem:
    """A variable that may not go to this host; the request is sent without it."""
    return ExchangeProblem(
        kind="refused_variable",
        title=_("%(name)s was not sent.") % {"name": name},
        message=reason,
        facts={"name": name},
    )


def describe_sign_in(*, reading_allowed: bool) -> ExchangeProblem:
    """Why an anonymous visitor's request was not sent."""
    message = (
        _("Without signing in you can send GET and HEAD requests and authenticate.")
        if reading_allowed
        else _("This portal sends requests only for people it knows. You can still read all of it.")
    )
    return ExchangeProblem(
        kind="sign_in_required",
        title=_("Sign in to send this request."),
        message=message,
    )


def duration(seconds: int) -> str:
    """A time span in words, such as "42 min 10 s"; seconds only under one hour."""
    if seconds < SECONDS_A_MINUTE:
        return _("%(seconds)s s") % {"seconds": max(0, seconds)}
    if seconds < SECONDS_AN_HOUR:
        minutes, rest = divmod(seconds, SECONDS_A_MINUTE)
        return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": rest}
    if seconds < SECONDS_A_DAY:
        hours, rest = divmod(seconds, SECONDS_AN_HOUR)
        minutes = rest // SECONDS_A_MINUTE
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
    days = seconds // SECONDS_A_DAY
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def describe_kept_token(token: TokenView, *, now: datetime) -> str:
    """That a token is in place, and for how long."""
    facts = {"scheme": token.scheme, "environment": token.environment_name}
    if token.expires_at is None:
        return _("The token of %(environment)s is kept. Nobody knows its end.") % facts
    left = duration(int((token.expires_at - now).total_seconds()))
    return _("The token of %(environment)s is kept. Valid for %(left)s.") % {**facts, "left": left}


def describe_wrong_variable(reason: str) -> str:
    """Why a variable cannot be kept."""
    return str(WRONG_VARIABLES[reason])

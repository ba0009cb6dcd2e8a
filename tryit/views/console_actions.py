"""The buttons of the console: what each one does, and what the page says then."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import egress
from tryit.console.countdowns import build_countdown
from tryit.console.inputs import ConsoleInput
from tryit.console.pages import Confirmation, Outcome
from tryit.console.responses import build_response_view
from tryit.drafts import Draft
from tryit.permissions import SignInRequired
from tryit.services.jars import find_jar, open_jar
from tryit.services.security_variables import list_schemes
from tryit.services.sending import confirmation_of, preview_operation, send_operation
from tryit.services.tokens import (
    NotRenewable,
    TokenNotFound,
    TokenView,
    forget_token,
    renew_now,
)
from tryit.services.variables import WrongVariable, set_variable
from tryit.wording import describe_kept_token, describe_sign_in, describe_wrong_variable

__all__ = ["run_action"]

SESSION_ACTIONS = frozenset({"send", "keep", "renew", "forget"})
SESSION_ENDED = gettext_lazy("Your session ended; its tokens and variables are gone.")


def run_action(request: HttpRequest, action: str, *, given: ConsoleInput, draft: Draft) -> Outcome:
    """Press a button: `send`, `keep`, `renew:<token>`, `forget:<token>`; others change nothing.

    What the session lost since the form was shown is said before anything is sent without it.
    """
    name, _colon, argument = action.partition(":")
    if given.has_session and name in SESSION_ACTIONS and find_jar(request.session) is None:
        return Outcome(notice=str(SESSION_ENDED), session_ended=name == "send")
    match name:
        case "send":
            return _send(request, given, draft)
        case "keep":
            return _keep_credentials(request, given, draft)
        case "renew":
            return _renew(request, argument)
        case "forget":
            return _forget(request, argument)
        case _:
            return Outcome()


def _send(request: HttpRequest, given: ConsoleInput, draft: Draft) -> Outcome:
    """Send, or ask first where live data may be changed."""
    preview = preview_operation(draft, session=request.session)
    digest = confirmation_of(draft, preview)
    if digest and digest != given.confirmed and preview.request is not None:
        shown = preview.request
        return Outcome(
            confirmation=Confirmation(shown.method, shown.url, draft.environment, digest)
        )
    try:
        exchange = send_operation(
            draft, session=request.session, user=request.user, now=timezone.now()
        )
    except SignInRequired as error:
        return Outcome(refusal=describe_sign_in(reading_allowed=error.reading_allowed))
    outcome = Outcome(response=build_response_view(exchange), offer=exchange.offer)
    if exchange.token is None:
        return outcome
    return replace(
        outcome,
        token=exchange.token,
        token_variable=_variable_of(draft, exchange.token),
        token_countdown=build_countdown(exchange.token, now=timezone.now()),
    )


def _variable_of(draft: Draft, token: TokenView) -> str:
    """The variable through which operations of this version find the token, "" for none."""
    schemes = list_schemes(draft.called.version)
    names = (name for one in schemes if one.key == token.scheme for name in one.variable_names)
    return next(names, "")


def _keep_credentials(request: HttpRequest, given: ConsoleInput, draft: Draft) -> Outcome:
    """Keep what was typed under Security as the variables of this environment."""
    typed = {name: value for name, value in given.own_variables().items() if value}
    if not typed:
        return Outcome(notice=_("Type or paste the value in place of its variable first."))
    now = timezone.now()
    jar = open_jar(request.session, user=request.user, now=now)
    try:
        for name, value in typed.items():
            set_variable(
                jar=jar,
                version=draft.called.version,
                environment=draft.environment,
                name=name,
                value=value,
                is_secret=True,
                now=now,
            )
    except WrongVariable as error:
        return Outcome(notice=describe_wrong_variable(error.reason))
    notice = _("Kept for %(name)s.") % {"name": draft.environment.name}
    return Outcome(notice=notice, has_kept_credentials=True)


def _renew(request: HttpRequest, token_id: str) -> Outcome:
    now = timezone.now()
    try:
        token = renew_now(
            jar=find_jar(request.session), token_id=UUID(token_id), now=now, send=egress.send
        )
    except (TokenNotFound, ValueError):
        return Outcome(notice=_("This token is not here any more."))
    except NotRenewable:
        return Outcome(notice=_("The portal cannot renew this token by itself."))
    return Outcome(notice=token.last_error or describe_kept_token(token, now=timezone.now()))


def _forget(request: HttpRequest, token_id: str) -> Outcome:
    try:
        forget_token(jar=find_jar(request.session), token_id=UUID(token_id))
    except (TokenNotFound, ValueError):
        return Outcome(notice=_("This token is not here any more."))
    return Outcome(notice=_("The token was forgotten."))

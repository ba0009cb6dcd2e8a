"""My tokens: what this session keeps, and the buttons that change it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from portal import egress
from tryit.console.token_lists import build_token_groups
from tryit.forms import KeepTokenForm, safe_next
from tryit.services.jars import find_jar
from tryit.services.suggestions import SuggestionRefused, accept_suggestion
from tryit.services.tokens import NotRenewable, TokenNotFound, forget_token, renew_now
from tryit.views.forms_only import forms_only
from tryit.wording import describe_kept_token

__all__ = ["forget", "keep", "renew", "tokens"]


@never_cache
@require_GET
def tokens(request: HttpRequest) -> HttpResponse:
    """All tokens of the session, by environment."""
    groups = build_token_groups(find_jar(request.session), user=request.user, now=timezone.now())
    return render(request, "tryit/tokens.html", {"section": "tokens", "groups": groups})


@forms_only("tryit:tokens")
def renew(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """Renew a token now and say how that went."""
    jar = find_jar(request.session)
    try:
        token = renew_now(jar=jar, token_id=token_id, now=timezone.now(), send=egress.send)
    except TokenNotFound:
        messages.error(request, _("This token is not here any more."))
    except NotRenewable:
        messages.error(
            request, _("The portal cannot renew this token by itself. Authenticate again.")
        )
    else:
        if token.last_error:
            messages.error(request, token.last_error)
        else:
            messages.success(request, describe_kept_token(token, now=timezone.now()))
    return redirect(safe_next(request, reverse("tryit:tokens")))


@forms_only("tryit:tokens")
def forget(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """Delete a token with all that could renew it."""
    try:
        forget_token(jar=find_jar(request.session), token_id=token_id)
    except TokenNotFound:
        messages.error(request, _("This token is not here any more."))
    else:
        messages.success(request, _("The token was forgotten."))
    return redirect(safe_next(request, reverse("tryit:tokens")))


@forms_only("tryit:tokens")
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the token that a response was found to hold."""
    form = KeepTokenForm(request.POST)
    jar = find_jar(request.session)
    now = timezone.now()
    try:
        if jar is None or not form.is_valid():
            raise SuggestionRefused("it was not made for this session")
        token = accept_suggestion(jar=jar, now=now, **form.cleaned_data)
    except SuggestionRefused:
        message = _("The offer to keep this token has ended. Authenticate again to get one.")
        return _answer_keep(request, message, is_kept=False)
    return _answer_keep(request, describe_kept_token(token, now=now), is_kept=True)


def _answer_keep(request: HttpRequest, message: str, *, is_kept: bool) -> HttpResponse:
    """Say it in the overlay, or on the page the form wants to go back to."""
    if "HX-Request" in request.headers:
        context = {"message": message, "is_kept": is_kept}
        return render(request, "tryit/_keep_result.html", context)
    messages.add_message(request, messages.SUCCESS if is_kept else messages.ERROR, message)
    return redirect(safe_next(request, reverse("tryit:tokens")))

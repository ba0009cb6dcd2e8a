"""The Try it console: a page, and the same in parts for the overlay."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods

from catalog.environments import choose_environment, find_chosen_environment
from catalog.models import Environment
from catalog.targets import egress_limits
from tryit.console.inputs import ConsoleInput, draft_of, read_console_input
from tryit.console.pages import ConsolePage, Outcome, build_page, initial_input
from tryit.console.responses import build_response_view
from tryit.console.security import SecurityContext
from tryit.exchanges import Exchange
from tryit.selectors import CalledOperation, get_called_operation
from tryit.services.jars import find_jar
from tryit.services.sending import preview_operation
from tryit.views.console_actions import run_action
from tryit.wording import describe_no_server

__all__ = ["console"]

# What htmx is answered with, in place of the whole page.
PARTS = {
    "dialog": "tryit/_dialog.html",
    "console": "tryit/_console.html",
    "security": "tryit/_security_update.html",
    "marks": "tryit/_marks.html",
    "update": "tryit/_update.html",
}
ACTION_PARTS = {"refresh": "marks", "keep": "security", "renew": "security", "forget": "security"}
TARGETS = {"console": "#console", "security": "#console-security"}


@never_cache
@ensure_csrf_cookie
@require_http_methods(["GET", "POST"])
def console(request: HttpRequest, product: str, version: str, operation: str) -> HttpResponse:
    """The console of one operation; a POST presses one of its buttons and keeps what was typed."""
    try:
        called = get_called_operation(product, version, operation, user=request.user)
    except ObjectDoesNotExist as error:
        raise Http404(_("There is no such operation.")) from error
    chosen = find_chosen_environment(request.session, called.environments)
    if chosen is None:
        return _respond(request, called, None, part="dialog")
    if request.method == "GET":
        page = _build(
            request, called, initial_input(called, chosen), environment=chosen, outcome=None
        )
        return _respond(request, called, page, part="dialog")
    given = read_console_input(request.POST)
    switched = _find(called, request.POST.get("switch", ""))
    if switched is not None:
        choose_environment(request.session, switched)
        page = _build(
            request, called, replace(given, confirmed=""), environment=switched, outcome=Outcome()
        )
        return _respond(request, called, page, part="console")
    action = request.POST.get("action", "send")
    page = _press(request, called, given, chosen=chosen, action=action)
    part = ACTION_PARTS.get(action.partition(":")[0], "update")
    return _respond(request, called, page, part=part)


def _press(
    request: HttpRequest,
    called: CalledOperation,
    given: ConsoleInput,
    *,
    chosen: Environment,
    action: str,
) -> ConsolePage:
    """Press a button in the environment the form was filled in for, never in another one."""
    environment = _find(called, given.environment)
    if environment is None:
        problem = describe_no_server(environment=given.environment)
        outcome = Outcome(response=build_response_view(Exchange(problems=(problem,))))
        return _build(request, called, given, environment=chosen, outcome=outcome)
    draft = draft_of(given, called, environment)
    outcome = run_action(request, action, given=given, draft=draft)
    if outcome.has_kept_credentials:
        given = replace(given, credentials={})
    return _build(request, called, given, environment=environment, outcome=outcome)


def _build(
    request: HttpRequest,
    called: CalledOperation,
    given: ConsoleInput,
    *,
    environment: Environment,
    outcome: Outcome | None,
) -> ConsolePage:
    draft = draft_of(given, called, environment)
    context = SecurityContext(
        called=called,
        environment=environment,
        jar=find_jar(request.session),
        user=request.user,
        now=timezone.now(),
    )
    return build_page(
        given,
        context,
        preview=preview_operation(draft, session=request.session),
        outcome=outcome or Outcome(),
        is_fresh=outcome is None,
    )


def _find(called: CalledOperation, slug: str) -> Environment | None:
    return next((one for one in called.environments if one.slug == slug), None)


def _respond(
    request: HttpRequest, called: CalledOperation, page: ConsolePage | None, *, part: str
) -> HttpResponse:
    """The whole page, or the part that htmx puts in its place."""
    is_part = "HX-Request" in request.headers
    context: dict[str, Any] = {
        "called": called,
        "page": page,
        "is_dialog": (part == "dialog" and is_part) or request.POST.get("frame") == "dialog",
        "is_update": is_part and part in ("update", "marks", "security"),
    }
    if page is not None:
        context["limit_seconds"] = f"{egress_limits().total_seconds:g}"
        # The console has a selector of its own, which keeps what was typed.
        context["chosen_environment"] = None
    response = render(request, PARTS[part] if is_part else "tryit/console.html", context)
    patch_vary_headers(response, ["HX-Request"])
    if is_part and part in TARGETS:
        response["HX-Retarget"] = TARGETS[part]
        response["HX-Reswap"] = "innerHTML"
    if is_part and part == "marks":
        response["HX-Reswap"] = "none"
    return response

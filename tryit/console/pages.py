"""The console as a page: everything its templates show, settled before they are rendered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Environment
from catalog.openapi import Location
from tryit.console.bodies import BodyView, build_body, initial_body
from tryit.console.countdowns import Countdown
from tryit.console.fields import FieldView, Option, build_accept, build_field, initial_texts
from tryit.console.inputs import ConsoleInput, default_content_type, shown_parameters
from tryit.console.request_line import UrlPart, build_url_parts
from tryit.console.responses import ResponseView
from tryit.console.security import AlternativeView, SecurityContext, build_alternatives
from tryit.exchanges import ExchangeProblem, KeepOffer
from tryit.selectors import CalledOperation, find_server
from tryit.services.sending import Preview
from tryit.services.tokens import TokenView
from tryit.services.variables import list_variables

__all__ = ["Confirmation", "ConsolePage", "Outcome", "TabView", "build_page", "initial_input"]

Fields = Mapping[Location, tuple[FieldView, ...]]
Errors = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class TabView:
    """One tab of the request: how many values it holds, and whether a required one is missing."""

    id: str
    title: str
    count: int
    missing: bool
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The question asked before live data may be changed; `digest` is the answer."""

    method: str
    url: str
    environment: Environment
    digest: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the press of a button, if anything."""

    response: ResponseView | None = None
    token: TokenView | None = None
    token_variable: str = ""
    token_countdown: Countdown | None = None
    offer: KeepOffer | None = None
    confirmation: Confirmation | None = None
    refusal: ExchangeProblem | None = None
    notice: str = ""
    session_ended: bool = False
    has_kept_credentials: bool = False


@dataclass(frozen=True, slots=True)
class ConsolePage:
    """The console for one operation in one environment."""

    called: CalledOperation
    url: str
    operation_url: str
    environment: Environment
    environments: tuple[Environment, ...]
    parts: tuple[UrlPart, ...]
    preview: Preview
    tabs: tuple[TabView, ...]
    path_fields: tuple[FieldView, ...]
    query_fields: tuple[FieldView, ...]
    header_fields: tuple[FieldView, ...]
    cookie_fields: tuple[FieldView, ...]
    accept: tuple[Option, ...]
    body: BodyView | None
    body_error: str
    alternatives: tuple[AlternativeView, ...]
    is_login: bool
    stay_signed_in: bool
    has_session: bool
    focus_id: str
    outcome: Outcome


def initial_input(called: CalledOperation, environment: Environment) -> ConsoleInput:
    """What the definition says: required parameters and the body prefilled, the rest empty."""
    texts = {
        (parameter.location, parameter.name): initial_texts(parameter, called.resolver)
        for parameter in shown_parameters(called)
    }
    return ConsoleInput(
        texts={key: found for key, found in texts.items() if found},
        content_type=default_content_type(called),
        body=initial_body(called),
        environment=environment.slug,
    )


def build_page(
    given: ConsoleInput,
    context: SecurityContext,
    *,
    preview: Preview,
    outcome: Outcome,
    is_fresh: bool,
) -> ConsolePage:
    """Lay the console out. A fresh form does not complain about what nobody has filled in yet."""
    called = context.called
    errors = _field_errors(preview, is_fresh=is_fresh)
    fields = _fields(given, called, errors)
    accept = build_accept(given, called)
    body = build_body(given, called)
    alternatives = build_alternatives(given, context)
    address = (called.version.product.slug, called.version.name, called.row.slug)
    query = fields[Location.QUERY] + fields[Location.QUERYSTRING]
    return ConsolePage(
        called=called,
        url=reverse("tryit:console", args=address),
        operation_url=reverse("catalog:operation", args=address),
        environment=context.environment,
        environments=called.environments,
        parts=_url_parts(context, fields),
        preview=preview,
        tabs=_tabs(fields, body, alternatives),
        path_fields=fields[Location.PATH],
        query_fields=query,
        header_fields=fields[Location.HEADER],
        cookie_fields=fields[Location.COOKIE],
        accept=accept,
        body=body,
        body_error=errors.get(("body", ""), "") or _faulty_text(body),
        alternatives=alternatives,
        is_login=bool(called.login_sources),
        stay_signed_in=given.stay_signed_in,
        has_session=context.jar is not None,
        focus_id=_focus_id(fields[Location.PATH]),
        outcome=outcome,
    )


def _field_errors(preview: Preview, *, is_fresh: bool) -> Errors:
    """The reasons to doubt a value, by location and name."""
    errors: dict[tuple[str, str], str] = {}
    for problem in preview.problems:
        is_missing = problem.kind.startswith("missing_")
        if is_fresh and is_missing:
            continue
        location, name = str(problem.facts.get("location", "")), str(problem.facts.get("name", ""))
        if problem.kind == "undefined_variable":
            name = str(problem.facts.get("detail", ""))
        message = _missing_text(location) if is_missing else problem.title
        errors.setdefault((location, name), message)
    return errors


def _missing_text(location: str) -> str:
    if location == Location.PATH:
        return _("Part of the path: fill it in to send.")
    return _("Required by the definition. You can still send without it.")


def _faulty_text(body: BodyView | None) -> str:
    """That a body is not JSON, which does not keep it from being sent."""
    if body is None or body.faulty_line is None:
        return ""
    return _("Line %(line)s is not JSON. The body is sent just as it is written.") % {
        "line": body.faulty_line
    }


def _fields(given: ConsoleInput, called: CalledOperation, errors: Errors) -> Fields:
    fields: dict[Location, tuple[FieldView, ...]] = dict.fromkeys(Location, ())
    for number, parameter in enumerate(shown_parameters(called)):
        error = errors.get((parameter.location.value, parameter.name), "")
        view = build_field(parameter, given, called.resolver, error=error, number=number)
        fields[parameter.location] += (view,)
    return fields


def _tabs(
    fields: Fields, body: BodyView | None, alternatives: tuple[AlternativeView, ...]
) -> tuple[TabView, ...]:
    """The tabs in their fixed order; the one to work in first is marked."""
    chosen = next((one for one in alternatives if one.is_chosen), None)
    schemes = chosen.schemes if chosen is not None else ()
    tabs = (
        TabView(
            "security",
            _("Security"),
            len(schemes),
            any(not scheme.is_set for scheme in schemes),
            is_first=bool(alternatives),
        ),
        TabView(
            "body",
            _("Body"),
            body.count if body is not None else 0,
            body is not None and body.missing,
            is_first=not alternatives and body is not None,
        ),
        _value_tab("query", _("Query"), fields[Location.QUERY] + fields[Location.QUERYSTRING]),
        _value_tab("headers", _("Headers"), fields[Location.HEADER]),
        _value_tab("cookies", _("Cookies"), fields[Location.COOKIE]),
    )
    if any(tab.is_first for tab in tabs):
        return tabs
    return (*tabs[:2], replace(tabs[2], is_first=True), *tabs[3:])


def _value_tab(tab_id: str, title: str, fields: tuple[FieldView, ...]) -> TabView:
    count = sum(1 for field in fields if field.texts or field.is_sent_empty)
    return TabView(tab_id, title, count, any(field.missing for field in fields))


def _url_parts(context: SecurityContext, fields: Fields) -> tuple[UrlPart, ...]:
    server = find_server(context.called, context.environment)
    variables = list_variables(
        jar=context.jar, version=context.called.version, environment=context.environment
    )
    return build_url_parts(
        base_url=server.url if server is not None else "",
        path=context.called.operation.path,
        fields=fields,
        defined=frozenset(view.name for view in variables if view.is_set),
        environment=context.environment.name,
    )


def _focus_id(path_fields: tuple[FieldView, ...]) -> str:
    """Where typing begins: the first missing part of the path, else Send."""
    return next((field.id for field in path_fields if field.missing), "console-send")

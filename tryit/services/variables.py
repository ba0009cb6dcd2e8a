"""Variables of a session: listing, setting, and resolving them for one request."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import IntegrityError

from catalog.models import Environment, Server, Version
from portal.egress import origin_of
from tryit.models import SessionToken, TokenJar, TokenState, Variable
from tryit.services.security_variables import (
    SecurityVariable,
    find_security_variable,
    list_security_variables,
    load_tokens,
)
from tryit.services.variable_views import (
    VariableView,
    read_secret,
    view_built_in,
    view_own,
)
from tryit.tokens.detection import find_account
from tryit.tokens.json_web_tokens import read_expiry
from tryit.tokens.kept_logins import without_kept_login
from tryit.tokens.pasted_values import NotAToken, clean_token
from tryit.tokens.storage import (
    Secrets,
    TokenPlace,
    change_token,
    delete_secret,
    linked_origins,
)
from tryit.tokens.wording import describe_refused_secret, describe_refused_token

__all__ = [
    "ResolvedVariables",
    "UnknownVariable",
    "VariableError",
    "VariableView",
    "WrongVariable",
    "delete_variable",
    "get_variable",
    "list_variables",
    "resolve_variables",
    "set_variable",
]

NAME = re.compile(r"[A-Za-z0-9._-]{1,200}")
LONGEST_VALUE = 64_000


class VariableError(Exception):
    """Base of what can be wrong with a user's wish about a variable.

    VariableError
    ├── UnknownVariable: there is none of that name
    └── WrongVariable: the name or value cannot be kept
    """


class UnknownVariable(VariableError):
    """The session has no variable of that name here."""


class WrongVariable(VariableError):
    """A variable that cannot be kept; `reason` is "name", "length" or NotAToken's."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ResolvedVariables:
    """The values one request may use, by name.

    `secret_values` are those to hide wherever the request is shown. `refused` names the variables
    that are set and yet stay away from this origin, with the reason as a sentence.
    """

    values: dict[str, str] = field(default_factory=dict, repr=False)
    secret_values: frozenset[str] = field(default=frozenset(), repr=False)
    refused: dict[str, str] = field(default_factory=dict)


def list_variables(
    *, jar: TokenJar | None, version: Version, environment: Environment
) -> list[VariableView]:
    """The built-in variables of a version and the session's own ones. Three queries."""
    built_in = list_security_variables(version)
    tokens = load_tokens(jar, environment)
    own = _own_variables(jar, environment)
    names = {variable.name for variable in built_in}
    views = [view_built_in(one, tokens.get(one.source.pk)) for one in built_in]
    return views + [view_own(row) for row in own if row.name not in names]


def get_variable(
    *, jar: TokenJar | None, version: Version, environment: Environment, name: str
) -> VariableView:
    """One variable as a version sees it; raises UnknownVariable."""
    views = list_variables(jar=jar, version=version, environment=environment)
    for view in views:
        if view.name == name:
            return view
    raise UnknownVariable(name)


def resolve_variables(
    *, jar: TokenJar | None, version: Version, environment: Environment, origin: str
) -> ResolvedVariables:
    """The values for a request to this origin; secrets and tokens of other origins stay away."""
    built_in = list_security_variables(version)
    # A scheme's name is its own, whatever else the session calls so for another product.
    names = {variable.name for variable in built_in}
    own = [row for row in _own_variables(jar, environment) if row.name not in names]
    values, secrets, refused = _resolve_own(own, origin)
    tokens = load_tokens(jar, environment)
    for variable in built_in:
        row = tokens.get(variable.source.pk)
        value = read_secret(row, variable)
        if row is None or not value:
            continue
        if origin not in (*row.allowed_origins, row.token_endpoint_origin):
            refused[variable.name] = describe_refused_token(row.allowed_origins, origin)
            continue
        values[variable.name] = value
        if variable.is_secret:
            secrets.add(value)
    return ResolvedVariables(values, frozenset(secrets), refused)


def set_variable(
    *,
    jar: TokenJar,
    version: Version,
    environment: Environment,
    name: str,
    value: str,
    is_secret: bool,
    now: datetime,
) -> VariableView:
    """Keep a value under a name; of a security variable, as a token the user pasted.

    A pasted token is not renewed: what was known to log in again belongs to the one before it.
    Raises WrongVariable, and SessionInterrupted when the session was ended meanwhile.
    """
    if len(value) > LONGEST_VALUE:
        raise WrongVariable("length")
    built_in = find_security_variable(version, name)
    if built_in is not None:
        place = TokenPlace(jar=jar, environment=environment, source=built_in.source)
        cleaned = _clean(built_in, value)
        return view_built_in(built_in, _paste(place, built_in.kept_as, cleaned, now=now))
    if not NAME.fullmatch(name):
        raise WrongVariable("name")
    bound_origin = _server_origin(version, environment) if is_secret else ""
    try:
        row, _made = Variable.objects.update_or_create(
            jar=jar,
            environment=environment,
            name=name,
            defaults={"value": value, "is_secret": is_secret, "bound_origin": bound_origin},
        )
    except IntegrityError as error:
        raise SessionInterrupted("the session was ended in another tab") from error
    return view_own(row)


def delete_variable(
    *, jar: TokenJar | None, version: Version, environment: Environment, name: str
) -> None:
    """Delete a variable; a built-in one is emptied. Raises UnknownVariable."""
    built_in = find_security_variable(version, name)
    if built_in is None:
        rows = Variable.objects.filter(jar=jar, environment=environment, name=name)
        if not rows.delete()[0]:
            raise UnknownVariable(name)
    elif jar is not None:
        place = TokenPlace(jar=jar, environment=environment, source=built_in.source)
        delete_secret(place, built_in.kept_as)


def _clean(variable: SecurityVariable, value: str) -> str:
    """What is kept of a pasted text."""
    if variable.kept_as != "access_token":
        return value.strip()
    try:
        return clean_token(value, is_bearer=variable.is_bearer)
    except NotAToken as error:
        raise WrongVariable(error.reason) from error


def _paste(place: TokenPlace, kept_as: str, value: str, *, now: datetime) -> SessionToken | None:
    if not value:
        delete_secret(place, kept_as)
        return None
    origins = list(linked_origins(place.source, place.environment))

    def change(row: SessionToken, secrets: Secrets) -> Secrets:
        # What was entered for other servers must not travel to those of today.
        kept = secrets if row.allowed_origins == origins else {}
        if kept_as == "access_token":
            kept = without_kept_login(kept)
            row.expires_at, row.refresh_at = read_expiry(value), None
            row.obtained_at, row.token_endpoint_origin = now, ""
        row.allowed_origins = origins
        row.state, row.last_error = TokenState.ACTIVE, ""
        row.attempts, row.lease_until = 0, None
        changed = {**kept, kept_as: value}
        row.account = find_account(changed)
        return changed

    return change_token(place, change, now=now)


def _resolve_own(
    rows: list[Variable], origin: str
) -> tuple[dict[str, str], set[str], dict[str, str]]:
    values: dict[str, str] = {}
    secrets: set[str] = set()
    refused: dict[str, str] = {}
    for row in rows:
        value = row.value
        if row.bound_origin not in ("", origin):
            refused[row.name] = describe_refused_secret(row.bound_origin, origin)
        elif isinstance(value, str):
            values[row.name] = value
            if row.is_secret and value:
                secrets.add(value)
    return values, secrets, refused


def _own_variables(jar: TokenJar | None, environment: Environment) -> list[Variable]:
    return list(Variable.objects.filter(jar=jar, environment=environment)) if jar else []


def _server_origin(version: Version, environment: Environment) -> str:
    server = Server.objects.filter(version=version, environment=environment).first()
    return origin_of(server.url) if server else ""

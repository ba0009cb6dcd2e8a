"""Security variables: names under which the credentials of a version's schemes are used.

They are views of the session's tokens, so two products that share a token source share them and
two that only use the same name do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from catalog.models import Environment, SecurityBinding, TokenSource, Version
from catalog.openapi import SchemeType, SecurityScheme, read_security_scheme
from tryit.models import SessionToken, TokenJar

__all__ = [
    "SecurityVariable",
    "find_security_variable",
    "list_schemes",
    "list_security_variables",
    "load_tokens",
]


@dataclass(frozen=True, slots=True)
class SecurityVariable:
    """One credential of a scheme: the variable's name, and where a token's row keeps it.

    `kept_as` is a member of `SessionToken.secrets`. `is_secret` is False for user names and
    client ids, which pages show. `is_bearer` is True for tokens sent after the word "Bearer".
    """

    name: str
    scheme: str
    kept_as: str
    is_secret: bool
    is_bearer: bool
    source: TokenSource


def list_schemes(version: Version) -> list[SecurityScheme]:
    """The security schemes of a version's current revision, in the definition's order."""
    revision = version.current_revision
    schemes = revision.overview.get("security_schemes") if revision else None
    if not isinstance(schemes, dict):
        return []
    return [read_security_scheme(key, document) for key, document in schemes.items()]


def list_security_variables(version: Version) -> list[SecurityVariable]:
    """The built-in variables of a version, in the order of its schemes. One query."""
    bindings = SecurityBinding.objects.filter(version=version).select_related("token_source")
    sources = {binding.scheme: binding.token_source for binding in bindings}
    return [
        SecurityVariable(
            name=name,
            scheme=scheme.key,
            kept_as=kept_as,
            is_secret=kept_as in SECRET,
            is_bearer=kept_as == "access_token" and scheme.takes_bearer_token,
            source=sources[scheme.key],
        )
        for scheme in list_schemes(version)
        if scheme.key in sources
        for name, kept_as in _named_secrets(scheme)
    ]


def find_security_variable(version: Version, name: str) -> SecurityVariable | None:
    """The built-in variable of that name; None for all other names."""
    variables = list_security_variables(version)
    return next((variable for variable in variables if variable.name == name), None)


def load_tokens(jar: TokenJar | None, environment: Environment) -> Mapping[int, SessionToken]:
    """The session's tokens of an environment, by the id of their source. One query."""
    if jar is None:
        return {}
    rows = SessionToken.objects.filter(jar=jar, environment=environment)
    return {row.token_source_id: row for row in rows}


SECRET = frozenset({"access_token", "password", "client_secret"})


def _named_secrets(scheme: SecurityScheme) -> Iterator[tuple[str, str]]:
    """Pairs of a variable and what it stands for, matching `SecurityScheme.variable_names`."""
    kept: tuple[str, ...]
    match scheme.type:
        case SchemeType.HTTP if scheme.scheme == "basic":
            kept = ("username", "password")
        case SchemeType.OAUTH2 | SchemeType.OPEN_ID_CONNECT:
            kept = ("access_token", "client_id", "client_secret")
        case _:
            kept = ("access_token",)
    return zip(scheme.variable_names, kept, strict=False)

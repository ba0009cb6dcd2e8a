"""Security requirements and schemes in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalog.markdown import render_markdown
from catalog.openapi import SchemeType, SecurityRequirement, SecurityScheme, SecurityUse

__all__ = [
    "SchemeView",
    "SecurityAlternative",
    "SecurityUseView",
    "build_alternatives",
    "build_scheme_view",
    "name_authentication",
]


@dataclass(frozen=True, slots=True)
class SecurityUseView:
    """A scheme an operation uses: "Authorization" and "JWT", its key, the scopes asked for."""

    label: str
    value: str
    key: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SecurityAlternative:
    """Schemes that are needed together; none at all means that credentials are optional."""

    uses: tuple[SecurityUseView, ...]


@dataclass(frozen=True, slots=True)
class SchemeView:
    """A security scheme of a version as API Documentation presents it.

    `variables` are named as they are written in requests: "{{bearerToken_token}}".
    """

    key: str
    title: str
    kind: str
    description: SafeString
    variables: tuple[str, ...]


def build_alternatives(
    requirements: Iterable[SecurityRequirement],
) -> tuple[SecurityAlternative, ...]:
    """The alternatives of an operation, in its order."""
    return tuple(
        SecurityAlternative(tuple(_build_use(use) for use in requirement.uses))
        for requirement in requirements
    )


def build_scheme_view(scheme: SecurityScheme) -> SchemeView:
    """One scheme with its description and the variables it reads."""
    return SchemeView(
        key=scheme.key,
        title=scheme.title,
        kind=_kind(scheme),
        description=render_markdown(scheme.description, heading_level=4),
        variables=tuple(f"{{{{{name}}}}}" for name in scheme.variable_names),
    )


def name_authentication(scheme: SecurityScheme) -> str:
    """The shortest name people know it by: "JWT", "OAuth 2.0", "API key"."""
    if scheme.type is SchemeType.API_KEY:
        return _("API key")
    return scheme.title.removeprefix("Authorization: ")


def _build_use(use: SecurityUse) -> SecurityUseView:
    label, _separator, value = use.scheme.title.partition(": ")
    return SecurityUseView(label=label, value=value, key=use.scheme.key, scopes=use.scopes)


def _kind(scheme: SecurityScheme) -> str:
    """What the title does not say: how the credential travels."""
    match scheme.type:
        case SchemeType.HTTP:
            return scheme.scheme.capitalize()
        case SchemeType.API_KEY:
            places = {"header": _("Header"), "query": _("Query"), "cookie": _("Cookie")}
            return places.get(scheme.location, "")
        case SchemeType.OAUTH2 | SchemeType.OPEN_ID_CONNECT:
            return "Bearer"
        case _:
            return ""

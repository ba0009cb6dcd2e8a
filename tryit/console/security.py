"""The Security tab: alternatives, their schemes, and the credentials behind each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.login_operations import find_login_operation
from catalog.models import Environment
from catalog.openapi import SchemeType, SecurityRequirement, SecurityScheme, SecurityUse
from portal.accounts.models import User
from tryit.console.countdowns import Countdown, build_countdown
from tryit.console.inputs import ConsoleInput
from tryit.models import TokenJar
from tryit.selectors import CalledOperation
from tryit.services.tokens import TokenView, find_token_view
from tryit.services.variables import list_variables

__all__ = [
    "AlternativeView",
    "CredentialView",
    "LoginLink",
    "SchemeView",
    "SecurityContext",
    "build_alternatives",
]

LABELS = {
    "_token": gettext_lazy("Token"),
    "_username": gettext_lazy("User name"),
    "_password": gettext_lazy("Password"),
}


@dataclass(frozen=True, slots=True)
class LoginLink:
    """The operation where the user gets a token."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class CredentialView:
    """One variable of a scheme; `text` is what its field holds, usually the variable itself."""

    name: str
    field_name: str
    id: str
    label: str
    text: str
    is_set: bool
    is_password: bool


@dataclass(frozen=True, slots=True)
class SchemeView:
    """A scheme with what the session has for it in the chosen environment."""

    id: str
    title: str
    description: str
    scopes: tuple[str, ...]
    credentials: tuple[CredentialView, ...]
    token: TokenView | None
    countdown: Countdown | None
    login: LoginLink | None

    @property
    def is_set(self) -> bool:
        """Whether everything the scheme needs is there."""
        return self.token is not None or all(one.is_set for one in self.credentials)


@dataclass(frozen=True, slots=True)
class AlternativeView:
    """One alternative (OR) with the schemes it takes together (AND)."""

    index: int
    label: str
    is_chosen: bool
    schemes: tuple[SchemeView, ...]


@dataclass(frozen=True, slots=True)
class SecurityContext:
    """Who looks at which operation, where and when."""

    called: CalledOperation
    environment: Environment
    jar: TokenJar | None
    user: User | AnonymousUser
    now: datetime


def build_alternatives(
    given: ConsoleInput, context: SecurityContext
) -> tuple[AlternativeView, ...]:
    """The alternatives of an operation in the definition's order; none when it takes none."""
    set_names = _set_variables(context)
    return tuple(
        AlternativeView(
            index=index,
            label=_label(requirement),
            is_chosen=index == given.security,
            schemes=tuple(_scheme(use, given, context, set_names) for use in requirement.uses),
        )
        for index, requirement in enumerate(context.called.operation.security)
    )


def _set_variables(context: SecurityContext) -> frozenset[str]:
    views = list_variables(
        jar=context.jar, version=context.called.version, environment=context.environment
    )
    return frozenset(view.name for view in views if view.is_set)


def _label(requirement: SecurityRequirement) -> str:
    titles = [use.scheme.title for use in requirement.uses]
    return _(" and ").join(titles) if titles else _("No authentication")


def _scheme(
    use: SecurityUse, given: ConsoleInput, context: SecurityContext, set_names: frozenset[str]
) -> SchemeView:
    scheme = use.scheme
    token = find_token_view(
        jar=context.jar,
        version=context.called.version,
        environment=context.environment,
        scheme=scheme.key,
    )
    return SchemeView(
        id=f"scheme-{scheme.key}",
        title=scheme.title,
        description=scheme.description,
        scopes=use.scopes,
        credentials=tuple(
            _credential(name, scheme, given, set_names) for name in _shown_names(scheme)
        ),
        token=token,
        countdown=build_countdown(token, now=context.now) if token is not None else None,
        login=_find_login(context) if token is None and scheme.takes_bearer_token else None,
    )


def _shown_names(scheme: SecurityScheme) -> tuple[str, ...]:
    """The variables a request needs; a client's id and secret only serve to get a token."""
    is_basic = scheme.type is SchemeType.HTTP and scheme.scheme == "basic"
    return scheme.variable_names if is_basic else scheme.variable_names[:1]


def _credential(
    name: str, scheme: SecurityScheme, given: ConsoleInput, set_names: frozenset[str]
) -> CredentialView:
    suffix = name.removeprefix(scheme.key)
    variable = f"{{{{{name}}}}}"
    return CredentialView(
        name=name,
        field_name=f"security.{name}",
        id=f"security-{name}",
        label=str(LABELS.get(suffix, scheme.name or name)),
        text=given.credentials.get(name, variable),
        is_set=name in set_names,
        is_password=suffix == "_password",
    )


def _find_login(context: SecurityContext) -> LoginLink | None:
    """Where a token of this version comes from, unless that is the operation itself."""
    row = find_login_operation(context.called.version, context.user)
    if row is None or row.pk == context.called.row.pk:
        return None
    version = row.revision.version
    address = (version.product.slug, version.name, row.slug)
    return LoginLink(title=row.title, url=reverse("tryit:console", args=address))

"""Tokens fresh from a login, and writing them into the session's jar."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from catalog.models import Environment, SecurityBinding, TokenSource, Version
from catalog.models import Operation as OperationRow
from catalog.openapi import JSONValue
from portal.egress import Request, Response
from tryit.models import SessionToken, TokenState
from tryit.tokens.detection import FoundToken
from tryit.tokens.kept_logins import KeptLogin
from tryit.tokens.login_requests import is_login_of
from tryit.tokens.renewal import schedule_refresh
from tryit.tokens.schedule import Jitter
from tryit.tokens.storage import Secrets, TokenPlace, change_token, linked_origins

__all__ = [
    "LoginExchange",
    "ObtainedToken",
    "find_bound_source",
    "keep_token",
    "operation_name",
]


@dataclass(frozen=True, slots=True)
class LoginExchange:
    """A request the user sent that may have logged them in, and its response.

    `request` is without the credentials a security scheme added. `login_body` is its body as
    values, variables filled in: an object for JSON and forms, else a text or None.
    """

    operation_row: OperationRow
    environment: Environment
    request: Request
    login_body: JSONValue = field(repr=False)
    content_type: str
    response: Response

    @property
    def operation_name(self) -> str:
        """The operation as token sources name it."""
        return operation_name(self.operation_row)

    def as_kept_login(self) -> KeptLogin:
        """What it takes to log in so again."""
        return KeptLogin(
            operation=self.operation_name,
            method=self.request.method,
            url=self.request.url,
            headers=self.request.headers,
            content_type=self.content_type,
            body=self.login_body,
        )


@dataclass(frozen=True, slots=True)
class ObtainedToken:
    """A token fresh from its login; `login` only when the user agreed to have it kept."""

    token: FoundToken
    obtained_at: datetime
    account: str
    endpoint_origin: str
    login: KeptLogin | None = None


def find_bound_source(version: Version, scheme: str) -> TokenSource | None:
    """The token source behind a security scheme of a version."""
    bindings = SecurityBinding.objects.filter(version=version, scheme=scheme)
    binding = bindings.select_related("token_source").first()
    return None if binding is None else binding.token_source


def keep_token(place: TokenPlace, obtained: ObtainedToken, *, jitter: Jitter) -> SessionToken:
    """Write a fresh token into its place; all that was there before is gone.

    A login is kept only where it would be this source's own, and only then is a renewal due.
    """
    origins = list(linked_origins(place.source, place.environment))
    login = obtained.login
    if login is not None and not is_login_of(place.source, login.operation):
        login = None

    def change(row: SessionToken, _secrets: Secrets) -> Secrets:
        row.account, row.token_endpoint_origin = obtained.account, obtained.endpoint_origin
        row.allowed_origins = origins
        row.obtained_at, row.expires_at = obtained.obtained_at, obtained.token.expires_at
        row.state, row.last_error = TokenState.ACTIVE, ""
        row.attempts, row.lease_until, row.spent_at, row.refresh_at = 0, None, None, None
        if login is None:
            return {"access_token": obtained.token.value}
        row.refresh_at = schedule_refresh(
            obtained_at=obtained.obtained_at, expires_at=obtained.token.expires_at, jitter=jitter
        )
        return {"access_token": obtained.token.value, **login.as_secrets()}

    return change_token(place, change, now=obtained.obtained_at)


def operation_name(row: OperationRow) -> str:
    """An operation as token sources name it: "<product>/<version>/<slug>"."""
    version = row.revision.version
    return f"{version.product.slug}/{version.name}/{row.slug}"

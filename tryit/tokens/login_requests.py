"""The request that logs in: built from a source's settings, or a kept login sent again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import ObjectDoesNotExist

from catalog.building import CannotBuild, RequestValues, build_request
from catalog.models import Environment, Server, TokenSource, TokenSourceKind, Version
from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.selectors import get_operation, load_components, read_operation_row
from catalog.targets import target_of, target_of_url
from catalog.token_settings import LoginSettings, TokenSettingsError, parse_token_settings
from portal.egress import Request, Target
from tryit.tokens.kept_logins import KeptLogin

__all__ = [
    "LoginMoved",
    "LoginRequest",
    "build_login",
    "build_login_again",
    "encode_body",
    "find_login_settings",
    "is_login_of",
]


class LoginMoved(Exception):
    """The login is not where it was, or not anywhere: nothing may be sent there any more."""


@dataclass(frozen=True, slots=True)
class LoginRequest:
    """A request that logs in, where it may go, and what is to be kept for the next time."""

    request: Request
    target: Target
    kept: KeptLogin


def find_login_settings(source: TokenSource) -> LoginSettings | None:
    """What is declared about a source; None for an undeclared one, whose token is detected."""
    if source.kind != TokenSourceKind.LOGIN:
        return None
    try:
        return parse_token_settings(source.kind, source.settings)
    except TokenSettingsError:  # written by another version of the portal
        return None


def is_login_of(source: TokenSource, operation: str) -> bool:
    """Whether logging in by this operation again would be a login of this source.

    For an undeclared source it is the user who says so; a declared one names its own.
    """
    settings = find_login_settings(source)
    return settings is None or settings.login.operation == operation


def build_login(
    settings: LoginSettings, environment: Environment, body: JSONObject
) -> LoginRequest:
    """The login as its source declares it, with what the user fills in.

    The source's constant fields go before the user's. Raises LoginMoved when the operation does
    not exist (any more) or has no server in this environment.
    """
    fields = {**body, **settings.login.body}
    if settings.login.url:
        return _login_at_url(settings, fields)
    return _login_by_operation(settings, environment, fields)


def build_login_again(
    kept: KeptLogin, *, source: TokenSource, environment: Environment
) -> LoginRequest:
    """The very request the user agreed to have sent again.

    Raises LoginMoved when the source names another login by now, or the server the request went to
    has another address: a password goes only where its owner sent it.
    """
    if not is_login_of(source, kept.operation):
        raise LoginMoved("the source names another login operation")
    settings = find_login_settings(source)
    if kept.operation:
        server = _find_server(kept.operation, environment)
        if server is None or not _lies_below(kept.url, server.url):
            raise LoginMoved("the server of the login operation has another address")
        target = target_of(server)
    elif settings and settings.login.url == kept.url:
        target = target_of_url(kept.url)
    else:
        raise LoginMoved("the source names another login address")
    return LoginRequest(_request(kept), target, kept)


def encode_body(body: JSONValue, content_type: str) -> bytes | None:
    """A login's body as the content type wants it; text stays text, None is no body."""
    if body is None:
        return None
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type == "application/x-www-form-urlencoded" and isinstance(body, dict):
        return urlencode(body, doseq=True).encode()
    if isinstance(body, str) and "json" not in media_type:
        return body.encode()
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _login_at_url(settings: LoginSettings, fields: JSONObject) -> LoginRequest:
    kept = KeptLogin(
        operation="",
        method="POST",
        url=settings.login.url,
        headers=(("Accept", "application/json"),),
        content_type=settings.login.content_type,
        body=fields,
    )
    return LoginRequest(_request(kept), target_of_url(kept.url), kept)


def _login_by_operation(
    settings: LoginSettings, environment: Environment, fields: JSONObject
) -> LoginRequest:
    name = settings.login.operation
    server = _find_server(name, environment)
    if server is None:
        raise LoginMoved("the login operation has no server in this environment")
    try:
        row = get_operation(server.version, name.split("/", 2)[2])
        operation, _resolver = read_operation_row(row, load_components(row))
        values = RequestValues(content_type=settings.login.content_type, body=fields)
        built = build_request(operation, values, base_url=server.url, variables={})
    except (ObjectDoesNotExist, CannotBuild) as error:
        raise LoginMoved("the login operation cannot be called") from error
    kept = KeptLogin(
        operation=name,
        method=built.method,
        url=built.url,
        headers=built.headers,
        content_type=settings.login.content_type,
        body=fields,
    )
    request = Request(built.method, built.url, built.headers, built.body)
    return LoginRequest(request, target_of(server), kept)


def _request(kept: KeptLogin) -> Request:
    names = {name.lower() for name, _ in kept.headers}
    body = encode_body(kept.body, kept.content_type)
    headers = kept.headers
    if body is not None and "content-type" not in names:
        headers = (*headers, ("Content-Type", kept.content_type))
    return Request(kept.method, kept.url, headers, body)


def _find_server(operation: str, environment: Environment) -> Server | None:
    product, version, _slug = operation.split("/", 2)
    versions = Version.objects.filter(product__slug=product, name=version)
    return (
        Server.objects.filter(version__in=versions, environment=environment)
        .select_related("version__product", "version__current_revision", "environment")
        .first()
    )


def _lies_below(url: str, base_url: str) -> bool:
    base = base_url.rstrip("/")
    return url == base or url.startswith((f"{base}/", f"{base}?"))

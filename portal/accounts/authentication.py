"""Who calls the REST API: a program with an API token, or a browser session."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from rest_framework.authentication import (
    BaseAuthentication,
    SessionAuthentication,
    get_authorization_header,
)
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from portal.accounts.api_tokens import find_api_token, note_use, open_session
from portal.accounts.models import APIToken, User

__all__ = ["BearerAuthentication", "CsrfSessionAuthentication"]

SCHEME = b"bearer"


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer <API token>`; such calls need no CSRF token.

    `request.session` becomes the token's own session, and no cookie is set for it: the session of
    the Django request below stays what it was. Source: RFC 6750, 2.1 and 3.
    """

    def authenticate(self, request: Request) -> tuple[User, APIToken] | None:
        """The token's user; None without a Bearer header. Raises AuthenticationFailed."""
        scheme, _separator, credential = get_authorization_header(request).strip().partition(b" ")
        if scheme.lower() != SCHEME:
            return None
        token = find_api_token(credential.strip().decode("latin-1"))
        now = timezone.now()
        if token is None:
            raise AuthenticationFailed(_("There is no such API token."))
        if not token.is_valid(now):
            raise AuthenticationFailed(_("This API token has expired or was revoked."))
        if not token.user.is_active:
            raise AuthenticationFailed(_("The account of this API token is closed."))
        note_use(token, now=now)
        request.session = cast(SessionBase, SimpleLazyObject(lambda: open_session(token)))
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """The challenge of a 401; it names an error only when a token was given."""
        challenge = 'Bearer realm="portico"'
        given = get_authorization_header(request)
        return f'{challenge}, error="invalid_token"' if given else challenge


class CsrfSessionAuthentication(SessionAuthentication):
    """The browser session, with CSRF enforced for everyone.

    REST framework's own class skips the check for anonymous callers; here they have sessions with
    variables and tokens too, which another site must not reach into.
    """

    def authenticate(self, request: Request) -> tuple[User | AnonymousUser, None]:
        """The session's user; raises PermissionDenied when the CSRF token does not fit."""
        user = getattr(request._request, "user", None) or AnonymousUser()
        self.enforce_csrf(request)
        return (user, None)

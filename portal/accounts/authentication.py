"""Who calls the REST API."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request

from portal.accounts.models import User

__all__ = ["CsrfSessionAuthentication"]


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

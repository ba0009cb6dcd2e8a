"""Who may send requests through the portal."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from portal.accounts.models import User

__all__ = ["READING_METHODS", "SAFE_METHODS", "SignInRequired", "check_may_send"]

READING_METHODS = frozenset({"GET", "HEAD"})
# RFC 9110, 9.2.1: these ask for nothing to be changed.
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class SignInRequired(Exception):
    """This portal lets only people who have signed in send this request.

    `reading_allowed` tells whether it would send reading requests for anyone.
    """

    def __init__(self, *, reading_allowed: bool) -> None:
        super().__init__("sign in to send this request")
        self.reading_allowed = reading_allowed


def check_may_send(user: User | AnonymousUser, *, method: str, is_login: bool) -> None:
    """Raise SignInRequired when TRY_IT_ANONYMOUS keeps this user from sending.

    `off` = only people who have signed in; `read` = anyone may send GET and HEAD and log in to a
    declared token source; `on` = anyone may send anything.
    """
    rule = settings.TRY_IT_ANONYMOUS
    if user.is_authenticated or rule == "on":
        return
    if rule == "read" and (is_login or method in READING_METHODS):
        return
    raise SignInRequired(reading_allowed=rule == "read")

"""Sentences about tokens: why a renewal failed, why a value is not sent somewhere."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryit.tokens.outcomes import FailureKind, parse_failure

__all__ = ["describe_failure", "describe_refused_secret", "describe_refused_token"]

FAILURE_SENTENCES = {
    FailureKind.REFUSED: gettext_lazy(
        "The login was refused with %(detail)s. Authenticate again; the portal will not repeat it."
    ),
    FailureKind.SERVER_ERROR: gettext_lazy(
        "The login answered %(detail)s. The portal tries again by itself while the token lives."
    ),
    FailureKind.TOO_MANY_REQUESTS: gettext_lazy(
        "The login asked to wait (%(detail)s). The portal tries again by itself."
    ),
    FailureKind.NO_TOKEN: gettext_lazy("The login answered without a token."),
    FailureKind.UNREACHABLE: gettext_lazy(
        "The login could not be reached (%(detail)s). The portal tries again by itself while the "
        "token lives."
    ),
    FailureKind.NOT_ALLOWED: gettext_lazy(
        "The portal may not send to the login's address (%(detail)s)."
    ),
    FailureKind.MOVED: gettext_lazy(
        "The servers or the login changed since you signed in. Authenticate again."
    ),
    FailureKind.CANNOT_OPEN: gettext_lazy(
        "The stored token cannot be opened any more. Authenticate again."
    ),
}


def describe_failure(text: str) -> str:
    """The sentence for a row's `last_error`; "" when there is none."""
    failure = parse_failure(text)
    if failure is None:
        return ""
    return str(FAILURE_SENTENCES[failure.kind]) % {"detail": failure.detail}


def describe_refused_token(origins: Iterable[str], origin: str) -> str:
    """Why a token stays away from a server that was linked to its source later."""
    return _(
        "This token was obtained for %(allowed)s and is not sent to %(origin)s. Authenticate again "
        "to use it there."
    ) % {"allowed": ", ".join(origins) or "—", "origin": origin}


def describe_refused_secret(bound_origin: str, origin: str) -> str:
    """Why a secret variable stays away from a server it was not made for."""
    return _(
        "This secret was set for %(bound)s and is not sent to %(origin)s. Set it again to use it "
        "there."
    ) % {"bound": bound_origin, "origin": origin}

"""Why no answer came, in words: what happened, why, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from portal.egress import EgressError, Limits
from tryit.exchanges import ExchangeProblem

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["describe_egress_error"]


@dataclass(frozen=True, slots=True)
class _Sentences:
    """The three parts for one cause; `%(host)s` and the other facts are put in."""

    title: StrOrPromise
    message: StrOrPromise
    advice: StrOrPromise


NOT_SENT = gettext_lazy("Your request was not sent.")
MAY_BE_DONE = gettext_lazy("It may have been carried out; look before you send it again.")
TELL_OWNER = gettext_lazy("Tell the API's owner. Nothing in your request is wrong.")
NOT_TRUSTED = gettext_lazy(
    "The portal reached %(host)s but did not trust it, so your request and token were not sent."
)
ASK_ADMINISTRATOR = gettext_lazy(
    "If this is an internal API, an administrator can allow it: publish it with --allow-private, "
    "or write allow_private: true for the server of %(environment)s in catalog.yaml."
)
INTERNAL = gettext_lazy("Its address belongs to an internal network. Nothing was sent.")
NEVER_ALLOWED = gettext_lazy("This is never allowed. Check the server of %(environment)s.")
REFUSED = gettext_lazy("The portal does not send to %(host)s")

# Where the detail begins a sentence.
LEADING_DETAIL = frozenset({"tls", "invalid_request"})

# By kind, or by kind and the first word of the detail where that tells more.
SENTENCES: Mapping[str, _Sentences] = {
    "dns": _Sentences(
        gettext_lazy("There is no such host: %(host)s"),
        NOT_SENT,
        gettext_lazy("Check the server of %(environment)s."),
    ),
    "connect": _Sentences(
        gettext_lazy("%(host)s does not take connections on port %(port)s"),
        gettext_lazy("Nothing answered there (%(detail)s). Your request was not sent."),
        gettext_lazy("See whether the API is running, then send again."),
    ),
    "tls": _Sentences(
        gettext_lazy("No secure connection to %(host)s"),
        gettext_lazy("%(detail)s. Your request and token were not sent."),
        TELL_OWNER,
    ),
    "tls expiry": _Sentences(
        gettext_lazy("The server's certificate is out of date"), NOT_TRUSTED, TELL_OWNER
    ),
    "tls issuer": _Sentences(
        gettext_lazy("The server's certificate comes from an unknown issuer"),
        NOT_TRUSTED,
        gettext_lazy("If the issuer is your company's own, an administrator can make it known."),
    ),
    "tls name": _Sentences(
        gettext_lazy("The server's certificate is for another name"),
        NOT_TRUSTED,
        gettext_lazy("Check the server of %(environment)s."),
    ),
    "timeout": _Sentences(
        gettext_lazy("No answer from %(host)s within %(seconds)s s"),
        gettext_lazy("The request was sent."),
        MAY_BE_DONE,
    ),
    "timeout dns": _Sentences(
        gettext_lazy("The name %(host)s was not resolved within %(seconds)s s"),
        NOT_SENT,
        gettext_lazy("Send again; if it stays so, tell an administrator of the portal."),
    ),
    "timeout connect": _Sentences(
        gettext_lazy("%(host)s did not take the connection within %(seconds)s s"),
        NOT_SENT,
        gettext_lazy("See whether the API is running and the portal may reach it."),
    ),
    "timeout tls": _Sentences(
        gettext_lazy("No secure connection to %(host)s within %(seconds)s s"), NOT_SENT, TELL_OWNER
    ),
    "timeout body": _Sentences(
        gettext_lazy("The answer of %(host)s was not complete within %(seconds)s s"),
        gettext_lazy("The request was sent and the answer began."),
        MAY_BE_DONE,
    ),
    "too_large": _Sentences(
        gettext_lazy("The request is larger than the portal sends"),
        gettext_lazy("It is over a limit: %(detail)s. It was not sent."),
        gettext_lazy("Send less, or use the code sample on your own machine."),
    ),
    "refused_by_policy": _Sentences(
        REFUSED,
        gettext_lazy("Its address is not one of the public internet. Nothing was sent."),
        NEVER_ALLOWED,
    ),
    "refused_by_policy loopback": _Sentences(
        REFUSED,
        gettext_lazy("It is the machine the portal itself runs on. Nothing was sent."),
        ASK_ADMINISTRATOR,
    ),
    "refused_by_policy private": _Sentences(REFUSED, INTERNAL, ASK_ADMINISTRATOR),
    "refused_by_policy shared": _Sentences(REFUSED, INTERNAL, ASK_ADMINISTRATOR),
    "refused_by_policy unique_local": _Sentences(REFUSED, INTERNAL, ASK_ADMINISTRATOR),
    "refused_by_policy link_local": _Sentences(
        REFUSED,
        gettext_lazy(
            "Its address is valid on one network cable only (link-local). Nothing was sent."
        ),
        NEVER_ALLOWED,
    ),
    "refused_by_policy metadata": _Sentences(
        REFUSED,
        gettext_lazy("Cloud machines get their own credentials at this address. Nothing was sent."),
        NEVER_ALLOWED,
    ),
    "refused_by_policy own_endpoint": _Sentences(
        REFUSED,
        gettext_lazy("The portal itself, or one of its services, answers there. Nothing was sent."),
        NEVER_ALLOWED,
    ),
    "refused_by_policy other_origin": _Sentences(
        REFUSED,
        gettext_lazy("It is not the server of %(environment)s. Nothing was sent."),
        gettext_lazy("Correct the path and send again."),
    ),
    "refused_by_policy peer_changed": _Sentences(
        REFUSED,
        gettext_lazy("It was reached at another address than the one checked. Nothing was sent."),
        gettext_lazy("Send again; if it stays so, tell an administrator of the portal."),
    ),
    "protocol": _Sentences(
        gettext_lazy("The answer of %(host)s is not HTTP, or broke off"),
        gettext_lazy("It could not be read: %(detail)s."),
        gettext_lazy("Check the scheme and port of the server of %(environment)s."),
    ),
    "invalid_request": _Sentences(
        gettext_lazy("The request cannot be sent as it stands"),
        gettext_lazy("%(detail)s. Nothing was sent."),
        gettext_lazy("Correct the value and send again."),
    ),
}


def describe_egress_error(
    error: EgressError, *, environment: str, limits: Limits
) -> ExchangeProblem:
    """Why no answer came from the environment's server."""
    kind, detail = str(error.kind), str(error.detail)
    reason = detail.partition(":")[0].strip()
    sentences = SENTENCES.get(f"{kind} {reason}") or SENTENCES[kind]
    facts = {
        "host": error.host,
        "port": error.port,
        "detail": _capitalized(detail.rstrip(".")) if kind in LEADING_DETAIL else detail,
        "environment": environment,
        "seconds": _limit_seconds(reason, limits),
    }
    return ExchangeProblem(
        kind=kind,
        title=str(sentences.title) % facts,
        message=str(sentences.message) % facts,
        advice=str(sentences.advice) % facts,
        facts={
            "host": error.host,
            "port": error.port,
            "detail": detail,
            "can_retry": error.can_retry,
        },
    )


def _limit_seconds(step: str, limits: Limits) -> str:
    """The limit that ended this step, as people read it."""
    seconds = {
        "dns": limits.dns_seconds,
        "connect": limits.connect_seconds,
        "tls": limits.connect_seconds,
        "first_byte": limits.first_byte_seconds,
    }.get(step, limits.total_seconds)
    return f"{seconds:g}"


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]

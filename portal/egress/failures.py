"""Translating what the libraries raise into what a user can act on."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Iterator

import requests
import urllib3

from portal.egress.errors import EgressError, ProtocolViolated, TLSFailed
from portal.egress.timings import Step

__all__ = ["FOREIGN_ERRORS", "translate_error"]

FOREIGN_ERRORS = (OSError, http.client.HTTPException, urllib3.exceptions.HTTPError)

# OpenSSL's verification results (X509_V_ERR_*) that a user can act on.
VERIFY_CAUSES = {
    9: "expiry",  # not yet valid
    10: "expiry",
    18: "issuer",  # self-signed
    19: "issuer",
    20: "issuer",  # issuer not known
    21: "issuer",
    62: "name",
    64: "name",  # address instead of a name
}


def translate_error(error: BaseException, *, step: Step) -> EgressError:
    """What a library's exception means, told by the one it began with and by the step."""
    origin = _find_origin(error)
    if isinstance(origin, ssl.SSLError):
        return TLSFailed(_describe_tls(origin))
    if isinstance(origin, OSError) and step is Step.TLS:
        return TLSFailed("handshake: the connection was closed")
    if isinstance(origin, http.client.IncompleteRead):
        return ProtocolViolated("closed within the body", can_retry=True)
    if isinstance(origin, OSError):
        return ProtocolViolated("the connection was closed", can_retry=True)
    return ProtocolViolated("not readable as HTTP")


def _find_origin(error: BaseException) -> BaseException:
    """What an exception began with: the last of its chain that is not a library's wrapping."""
    told = [
        link
        for link in _iter_chain(error)
        if isinstance(link, OSError | http.client.HTTPException)
        and not isinstance(link, requests.RequestException)
    ]
    return told[-1] if told else error


def _iter_chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__ or link.__context__


def _describe_tls(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        cause = VERIFY_CAUSES.get(error.verify_code, "handshake")
        return f"{cause}: {error.verify_message}"
    return f"handshake: {(error.reason or 'failed').lower().replace('_', ' ')}"

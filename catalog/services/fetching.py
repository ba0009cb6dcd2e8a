"""Fetching definitions over HTTP, through egress."""

from __future__ import annotations

from http import HTTPStatus

from catalog.egress_phrases import OPENED_BY_ALLOW_PRIVATE, phrase_egress_error
from catalog.openapi import Limits
from catalog.targets import egress_limits, target_of_url
from portal import egress

__all__ = ["FetchError", "fetch"]

ACCEPT = "application/vnd.oai.openapi, application/yaml, application/json, */*"


class FetchError(Exception):
    """A file that could not be fetched; the message says why."""


def fetch(url: str, *, within: str, limits: Limits, allow_private: bool) -> bytes:
    """The bytes at a URL that has the origin of `within`; raises FetchError.

    Redirects are not followed: the message names where they lead.
    """
    request = egress.Request(method="GET", url=url, headers=(("Accept", ACCEPT),))
    target = target_of_url(egress.origin_of(within), allow_private=allow_private)
    try:
        response = egress.send(request, target=target, limits=_limits(limits))
    except egress.EgressError as error:
        advice = ""
        if error.detail in OPENED_BY_ALLOW_PRIVATE:
            advice = "; add --allow-private to allow it"
        raise FetchError(f"{phrase_egress_error(error)}{advice}.") from error
    if response.truncated:
        raise FetchError(f"it is larger than {limits.source_bytes:,} bytes.")
    if 300 <= response.status < 400:
        location = dict(response.headers).get("Location", "elsewhere")
        raise FetchError(f"it redirects to {location}; name that address instead.")
    if response.status != HTTPStatus.OK:
        raise FetchError(f"the server answered {response.status} {response.reason}.")
    return response.body


def _limits(limits: Limits) -> egress.Limits:
    known = egress_limits()
    return egress.Limits(
        connect_seconds=known.connect_seconds,
        first_byte_seconds=known.first_byte_seconds,
        total_seconds=known.total_seconds,
        response_raw_bytes=limits.source_bytes,
        response_decoded_bytes=limits.source_bytes,
    )

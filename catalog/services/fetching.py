"""Fetching definitions over HTTP, through egress."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Protocol
from urllib.parse import quote, unquote, urljoin, urlsplit

from catalog.egress_phrases import OPENED_BY_ALLOW_PRIVATE, phrase_egress_error
from catalog.mirroring.answers import NotModified, Received, failure_of, judge
from catalog.openapi import Limits
from catalog.targets import egress_limits, target_of_url
from portal import egress

__all__ = [
    "FetchError",
    "Send",
    "address_of",
    "download_limits",
    "fetch",
    "fetch_conditionally",
    "file_name_of",
]

ACCEPT = "application/vnd.oai.openapi, application/yaml, application/json, */*"
NAMELESS = "definition"


class Send(Protocol):
    """`portal.egress.send`, or what a test puts in its place."""

    def __call__(
        self, request: egress.Request, *, target: egress.Target, limits: egress.Limits
    ) -> egress.Response:
        """The response; raises EgressError when there is none."""
        ...


class FetchError(Exception):
    """A file that could not be fetched; the message says why."""


def fetch(url: str, *, within: str, limits: Limits, allow_private: bool) -> bytes:
    """The bytes at a URL that has the origin of `within`; raises FetchError.

    Redirects are not followed: the message names where they lead.
    """
    request = egress.Request(method="GET", url=url, headers=(("Accept", ACCEPT),))
    try:
        target = target_of_url(egress.origin_of(within), allow_private=allow_private)
        response = egress.send(request, target=target, limits=download_limits(limits.source_bytes))
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


def fetch_conditionally(
    url: str, *, known: Received, target: egress.Target, limits: Limits, now: datetime, send: Send
) -> Received | NotModified:
    """The bytes at a URL unless they are still the known ones; raises UpstreamFailure.

    Of `known` only the ETag and Last-Modified count; without them the bytes come in any case.
    """
    conditions = (("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified))
    headers = (("Accept", ACCEPT), *((name, value) for name, value in conditions if value))
    try:
        request = egress.Request(method="GET", url=url, headers=headers)
        response = send(request, target=target, limits=download_limits(limits.source_bytes))
    except egress.EgressError as error:
        raise failure_of(error) from error
    return judge(response, url=url, now=now)


def file_name_of(url: str) -> str:
    """The name of a URL's file among the files of its origin, percent-decoded.

    References that stand in it are resolved against this name, and lead anywhere on the origin.
    """
    path = unquote(urlsplit(url).path).lstrip("/")
    return f"{path}{NAMELESS}" if not path or path.endswith("/") else path


def address_of(name: str, *, root_url: str) -> str:
    """The URL of a file by its name; the root keeps its query."""
    if name == file_name_of(root_url):
        return root_url
    return urljoin(root_url, f"/{quote(name)}")


def download_limits(limit_bytes: int) -> egress.Limits:
    """The limits of the settings, for files of this size."""
    return replace(
        egress_limits(), response_raw_bytes=limit_bytes, response_decoded_bytes=limit_bytes
    )

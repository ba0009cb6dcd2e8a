"""Sending one request: the whole of an exchange, from validation to the last byte."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from typing import cast

import requests
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPHeaderDict, HTTPResponse

from portal.egress.connections import Route
from portal.egress.deadlines import Deadline
from portal.egress.decoding import decode_body
from portal.egress.errors import EgressError
from portal.egress.failures import FOREIGN_ERRORS, translate_error
from portal.egress.heads import Head
from portal.egress.limits import Limits
from portal.egress.messages import Header, Request, Response
from portal.egress.session import GuardedSession
from portal.egress.targets import Target, check_target
from portal.egress.urls import TargetURL
from portal.egress.validation import check_request

__all__ = ["send"]

DEFAULT_HEADERS = (
    ("User-Agent", "Portico"),
    ("Accept", "*/*"),
    ("Accept-Encoding", "gzip, deflate, br, zstd"),
)


def send(
    request: Request,
    *,
    target: Target,
    limits: Limits,
    clock: Callable[[], float] = time.monotonic,
) -> Response:
    """Send a request to its target and read the response, redirects as they are.

    Returns for every status; raises an EgressError with host, port and timing when there is no
    response. Takes at most `limits.total_seconds` and about the size limits in memory.
    """
    deadline = Deadline(limits, clock)
    url: TargetURL | None = None
    try:
        url = check_request(request, limits)
        check_target(url, target)
        return _exchange(request, Route(url, target, limits, deadline))
    except EgressError as error:
        if url is not None:
            error.host, error.port = url.host, url.port
        error.timing = deadline.timing()
        raise


def _exchange(request: Request, route: Route) -> Response:
    prepared = _prepare(request)
    try:
        with (
            GuardedSession(route) as session,
            closing(session.send(prepared, stream=True, allow_redirects=False)) as answer,
        ):
            return _read_response(answer.raw, route)
    except FOREIGN_ERRORS as error:
        raise translate_error(error, step=route.deadline.step) from error


def _prepare(request: Request) -> requests.PreparedRequest:
    """The request as requests takes it, without its own preparation, which rewrites URLs."""
    headers = HTTPHeaderDict()
    for name, value in _complete_headers(request):
        headers.add(name, value)
    prepared = requests.PreparedRequest()
    prepared.method = request.method
    prepared.url = request.url
    prepared.body = request.body
    # requests and urllib3 only look into it; unlike requests' own it keeps repeated headers.
    prepared.headers = cast("CaseInsensitiveDict[str]", headers)
    return prepared


def _complete_headers(request: Request) -> tuple[Header, ...]:
    given = {name.lower() for name, _ in request.headers}
    added = tuple(header for header in DEFAULT_HEADERS if header[0].lower() not in given)
    length = () if request.body is None else (("Content-Length", str(len(request.body))),)
    return (*added, *request.headers, *length)


def _read_response(raw: HTTPResponse, route: Route) -> Response:
    head = cast("Head", route.head)
    body, raw_bytes, truncated = decode_body(
        _Body(raw), head.get_all("content-encoding"), limits=route.limits
    )
    return Response(
        status=head.status,
        reason=head.reason,
        headers=head.headers,
        body=body,
        truncated=truncated or not head.complete,
        raw_bytes=raw_bytes,
        sent_headers=tuple(route.sent_headers),
        timing=route.deadline.timing(),
        http_version=head.http_version,
    )


class _Body:
    """The body as it comes from the wire, without its transfer encoding."""

    def __init__(self, raw: HTTPResponse) -> None:
        self._raw = raw

    def read(self, size: int) -> bytes:
        # Python's `read1` may go beyond the announced length (fixed in 3.11.8).
        left = self._raw.length_remaining
        wanted = size if left is None else min(size, left)
        return self._raw.read1(wanted, decode_content=False) if wanted else b""

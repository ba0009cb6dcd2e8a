"""What an upstream server's answer means for a mirror."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from urllib.parse import urljoin

from catalog.mirroring.schedule import LONGEST_RETRY_AFTER
from portal.egress import EgressError, ErrorKind, Response, read_retry_after

__all__ = ["FailureKind", "NotModified", "Received", "UpstreamFailure", "failure_of", "judge"]

GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


class FailureKind(StrEnum):
    """Why there is no content, one word for each cause that an editor can act on."""

    MISSING = "missing"
    MOVED = "moved"
    REFUSED = "refused"
    SERVER_ERROR = "server_error"
    TIMED_OUT = "timed_out"
    UNREACHABLE = "unreachable"
    NOT_ALLOWED = "not_allowed"
    TOO_LARGE = "too_large"
    NOT_FOUND_IN_GIT = "not_found_in_git"
    NOT_GIT = "not_git"
    INTERRUPTED = "interrupted"


class UpstreamFailure(Exception):
    """A source that gave no content.

    `detail` is a short fact, such as "503 Service Unavailable" or the address it moved to.
    """

    def __init__(
        self, kind: FailureKind, detail: str = "", *, retry_after: timedelta | None = None
    ) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class NotModified:
    """The source has what it had: a 304, or the same commit."""


@dataclass(frozen=True, slots=True)
class Received:
    """The bytes of a file, with what to send next time to get a 304."""

    content: bytes
    etag: str = ""
    last_modified: str = ""


def judge(response: Response, *, url: str, now: datetime) -> Received | NotModified:
    """What a response to a conditional GET brings; raises UpstreamFailure.

    Redirects are not followed: the failure tells where they lead.
    """
    if response.status == HTTPStatus.NOT_MODIFIED:
        return NotModified()
    if response.status == HTTPStatus.OK:
        if response.truncated:
            raise UpstreamFailure(FailureKind.TOO_LARGE, f"more than {len(response.body)} bytes")
        return Received(
            response.body, _header(response, "ETag"), _header(response, "Last-Modified")
        )
    retry_after = read_retry_after(
        _header(response, "Retry-After") or None, now=now, longest=LONGEST_RETRY_AFTER
    )
    kind = _kind_of(response.status)
    moved = kind is FailureKind.MOVED
    detail = urljoin(url, _header(response, "Location")) if moved else _status_line(response)
    raise UpstreamFailure(kind, detail, retry_after=retry_after)


def failure_of(error: EgressError) -> UpstreamFailure:
    """The failure that a request without a response is."""
    match error.kind:
        case ErrorKind.TIMEOUT:
            return UpstreamFailure(FailureKind.TIMED_OUT, error.detail)
        case ErrorKind.REFUSED_BY_POLICY | ErrorKind.INVALID_REQUEST:
            return UpstreamFailure(FailureKind.NOT_ALLOWED, error.detail)
        case _:
            return UpstreamFailure(FailureKind.UNREACHABLE, f"{error.kind}: {error.detail}")


def _kind_of(status: int) -> FailureKind:
    if status in GONE:
        return FailureKind.MISSING
    if status in range(300, 400):
        return FailureKind.MOVED
    if status in range(400, 500) and status != HTTPStatus.TOO_MANY_REQUESTS:
        return FailureKind.REFUSED
    return FailureKind.SERVER_ERROR


def _status_line(response: Response) -> str:
    return f"{response.status} {response.reason}".strip()


def _header(response: Response, name: str) -> str:
    for given, value in response.headers:
        if given.lower() == name.lower():
            return value
    return ""

"""What a request may not contain, checked here and left to no library."""

from __future__ import annotations

import re

from portal.egress.errors import InvalidRequest, TooLarge
from portal.egress.limits import Limits
from portal.egress.messages import Header, Request
from portal.egress.urls import TargetURL, parse_url

__all__ = ["check_request", "is_refused_header"]

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")

REFUSED_METHODS = frozenset({"CONNECT"})
REFUSED_HEADERS = frozenset(
    {
        "connection",
        "content-length",
        "expect",
        "forwarded",
        "host",
        "http2-settings",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "via",
    }
)
REFUSED_PREFIXES = ("proxy-", "x-forwarded-")


def check_request(request: Request, limits: Limits) -> TargetURL:
    """The URL of a request that may be sent; raises InvalidRequest or TooLarge.

    Source: RFC 9110, 5.5, 5.6.2 and 9.1.
    """
    if not _TOKEN.fullmatch(request.method) or request.method.upper() in REFUSED_METHODS:
        raise InvalidRequest("method: not one that can be sent")
    for header in request.headers:
        _check_header(header)
    if request.body is not None and len(request.body) > limits.request_body_bytes:
        raise TooLarge(f"request body over {limits.request_body_bytes} bytes")
    return parse_url(request.url)


def is_refused_header(name: str) -> bool:
    """Whether a header frames the message or belongs to the connection, not to the user.

    Underscores count as hyphens, as some servers read them.
    Source: RFC 9110, 7.6 and 8.6; RFC 7239.
    """
    normal = name.strip().lower().replace("_", "-")
    return normal in REFUSED_HEADERS or normal.startswith(REFUSED_PREFIXES)


def _check_header(header: Header) -> None:
    name, value = header
    if not _TOKEN.fullmatch(name):
        raise InvalidRequest("header name: characters that no name may hold")
    if is_refused_header(name):
        raise InvalidRequest(f"header {name}: not the user's to set")
    if not _VALUE.fullmatch(value):
        raise InvalidRequest(f"header {name}: characters that no header may hold")

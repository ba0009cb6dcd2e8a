"""What can go wrong when a request is sent, one class for each cause a user can act on.

EgressError
    InvalidRequest      the request may not be sent as it is
    RefusedByPolicy     the place may not be reached
    CannotResolve       the host has no address
    CannotConnect       nothing answers at the address
    TLSFailed           no trusted connection came about
    TimedOut            a limit of time was reached
    TooLarge            the request is over a limit of size
    ProtocolViolated    what came back is not HTTP, or broke off
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from portal.egress.timings import Timing

__all__ = [
    "CannotConnect",
    "CannotResolve",
    "EgressError",
    "ErrorKind",
    "InvalidRequest",
    "ProtocolViolated",
    "RefusedByPolicy",
    "TLSFailed",
    "TimedOut",
    "TooLarge",
]


class ErrorKind(StrEnum):
    """The causes, as REST answers and pages name them."""

    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    REFUSED_BY_POLICY = "refused_by_policy"
    PROTOCOL = "protocol"
    INVALID_REQUEST = "invalid_request"


class EgressError(Exception):
    """A request that brought no response.

    `detail` is a short fact for machines and logs ("loopback", "expiry: certificate has expired"),
    without headers, bodies or query; faces make the sentence. `host` and `port` are "" and 0 as
    long as no URL was understood; `timing` holds the steps that were taken. `can_retry` says
    whether sending the same request again can help.
    """

    kind: ClassVar[ErrorKind]

    def __init__(self, detail: str, *, can_retry: bool = False) -> None:
        super().__init__(detail)
        self.detail = detail
        self.can_retry = can_retry
        self.host = ""
        self.port = 0
        self.timing: Timing | None = None


class InvalidRequest(EgressError):
    """The method, URL, headers or body may not be sent as they are."""

    kind = ErrorKind.INVALID_REQUEST


class RefusedByPolicy(EgressError):
    """The place may not be reached; `detail` is the reason, such as the kind of address."""

    kind = ErrorKind.REFUSED_BY_POLICY


class CannotResolve(EgressError):
    """The host name has no address."""

    kind = ErrorKind.DNS


class CannotConnect(EgressError):
    """Nothing took the connection at any address of the host."""

    kind = ErrorKind.CONNECT

    def __init__(self, detail: str) -> None:
        super().__init__(detail, can_retry=True)


class TLSFailed(EgressError):
    """No trusted connection; `detail` begins with issuer, expiry, name or handshake."""

    kind = ErrorKind.TLS


class TimedOut(EgressError):
    """A limit of time was reached; `detail` is the step it happened in."""

    kind = ErrorKind.TIMEOUT

    def __init__(self, detail: str) -> None:
        super().__init__(detail, can_retry=True)


class TooLarge(EgressError):
    """The request is over a limit of size; `detail` names the limit."""

    kind = ErrorKind.TOO_LARGE


class ProtocolViolated(EgressError):
    """What came back is not HTTP as the specification has it, or broke off."""

    kind = ErrorKind.PROTOCOL

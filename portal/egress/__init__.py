"""The only place that opens outbound connections."""

from __future__ import annotations

from portal.egress.errors import (
    CannotConnect,
    CannotResolve,
    EgressError,
    ErrorKind,
    InvalidRequest,
    ProtocolViolated,
    RefusedByPolicy,
    TimedOut,
    TLSFailed,
    TooLarge,
)
from portal.egress.foreseeing import foresee_refusal
from portal.egress.limits import Limits
from portal.egress.messages import Header, Request, Response
from portal.egress.retry_after import read_retry_after
from portal.egress.sending import send
from portal.egress.targets import Endpoint, Target, TLSOptions
from portal.egress.timings import Step, Timing
from portal.egress.urls import origin_of
from portal.egress.validation import is_refused_header

__all__ = [
    "CannotConnect",
    "CannotResolve",
    "EgressError",
    "Endpoint",
    "ErrorKind",
    "Header",
    "InvalidRequest",
    "Limits",
    "ProtocolViolated",
    "RefusedByPolicy",
    "Request",
    "Response",
    "Step",
    "TLSFailed",
    "TLSOptions",
    "Target",
    "TimedOut",
    "Timing",
    "TooLarge",
    "foresee_refusal",
    "is_refused_header",
    "origin_of",
    "read_retry_after",
    "send",
]

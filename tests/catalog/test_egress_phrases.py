"""Why a URL is out of reach, in words."""

from __future__ import annotations

import pytest

from catalog.egress_phrases import phrase_egress_error
from portal.egress import (
    CannotConnect,
    CannotResolve,
    EgressError,
    InvalidRequest,
    ProtocolViolated,
    RefusedByPolicy,
    TimedOut,
    TLSFailed,
)


@pytest.mark.parametrize(
    ("error", "phrase"),
    [
        (RefusedByPolicy("loopback"), "it leads to a loopback address"),
        (RefusedByPolicy("something new"), "the portal does not send there"),
        (CannotResolve("no such name"), "there is no such host (api.example.com)"),
        (
            CannotResolve("try again later"),
            "the name api.example.com cannot be resolved just now",
        ),
        (
            CannotConnect("connection refused"),
            "nothing takes connections at api.example.com, port 443 (connection refused)",
        ),
        (
            TLSFailed("expiry: certificate has expired"),
            "there is no trusted connection to api.example.com (expiry: certificate has expired)",
        ),
        (TimedOut("dns"), "its name was not resolved in time"),
        (TimedOut("first_byte"), "it did not answer in time"),
        (
            ProtocolViolated("not readable as HTTP"),
            "the answer is not HTTP or broke off (not readable as HTTP)",
        ),
        (
            InvalidRequest("url: not a host name"),
            "the portal cannot send to it (not a host name)",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_cause_is_told_in_words(error: EgressError, phrase: str) -> None:
    error.host, error.port = "api.example.com", 443

    assert phrase_egress_error(error) == phrase

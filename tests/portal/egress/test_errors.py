"""The causes of failure, as faces and REST answers rely on them."""

from __future__ import annotations

import pytest

from portal.egress import (
    CannotConnect,
    CannotResolve,
    EgressError,
    InvalidRequest,
    ProtocolViolated,
    RefusedByPolicy,
    TimedOut,
    TLSFailed,
    TooLarge,
)


@pytest.mark.parametrize(
    ("error", "kind", "can_retry"),
    [
        (CannotResolve("no such name"), "dns", False),
        (CannotConnect("refused"), "connect", True),
        (TLSFailed("expiry: certificate has expired"), "tls", False),
        (TimedOut("first_byte"), "timeout", True),
        (TooLarge("request body over 3 bytes"), "too_large", False),
        (RefusedByPolicy("loopback"), "refused_by_policy", False),
        (ProtocolViolated("not an HTTP/1.1 response"), "protocol", False),
        (InvalidRequest("method"), "invalid_request", False),
    ],
)
def test_error_carries_its_facts(error: EgressError, kind: str, can_retry: bool) -> None:
    assert error.kind == kind
    assert error.can_retry is can_retry
    assert str(error) == error.detail
    assert (error.host, error.port, error.timing) == ("", 0, None)

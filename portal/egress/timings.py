"""How long the steps of sending took."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Step", "Timing"]


class Step(StrEnum):
    """The steps of sending, in their order."""

    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    SENDING = "sending"
    FIRST_BYTE = "first_byte"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds per step; None for a step that was not taken.

    `first_byte_ms` counts from the end of the request to the first byte of the response,
    `total_ms` from the call to the last byte.
    """

    dns_ms: float | None = None
    connect_ms: float | None = None
    tls_ms: float | None = None
    first_byte_ms: float | None = None
    total_ms: float | None = None

"""How long and how large a request and its response may be."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one exchange.

    `connect_seconds` holds for the connection and, again, for the TLS handshake. A response above
    a limit of size is cut there and marked as truncated; a request above its limit is not sent.
    """

    dns_seconds: float = 5
    connect_seconds: float = 5
    first_byte_seconds: float = 30
    total_seconds: float = 60
    request_body_bytes: int = 10_000_000
    response_raw_bytes: int = 20_000_000
    response_decoded_bytes: int = 10_000_000
    header_count: int = 200
    header_bytes: int = 64_000

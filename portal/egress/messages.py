"""A request as it is given and a response as it came."""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.egress.timings import Timing

__all__ = ["Header", "Request", "Response"]

Header = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """A request ready to be sent: the URL goes out byte by byte as it is written here.

    Headers keep their order and may repeat. Host, Content-Length and, where they are missing,
    User-Agent, Accept and Accept-Encoding are added.
    """

    method: str
    url: str
    headers: tuple[Header, ...] = field(default=(), repr=False)
    body: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Response:
    """A response, whatever its status; redirects are not followed.

    `body` is decoded (gzip, deflate, br, zstd) and, where `truncated`, ends at a limit.
    `raw_bytes` counts the body as it came, before decoding. Header values are decoded as Latin-1.
    `http_version` is "1.0" or "1.1".
    """

    status: int
    reason: str
    headers: tuple[Header, ...] = field(repr=False)
    body: bytes = field(repr=False)
    truncated: bool
    raw_bytes: int
    sent_headers: tuple[Header, ...] = field(default=(), repr=False)
    timing: Timing = field(default_factory=Timing)
    http_version: str = "1.1"

"""Reading the head of a response: status line and headers, within their limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO

from portal.egress.errors import ProtocolViolated
from portal.egress.limits import Limits
from portal.egress.messages import Header

__all__ = ["Head", "read_head"]

SWITCHING_PROTOCOLS = 101


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a response; `complete` is False when it was cut at a limit."""

    http_version: str
    status: int
    reason: str
    headers: tuple[Header, ...]
    complete: bool

    def get_all(self, name: str) -> tuple[str, ...]:
        """The values of a header in their order; the name in lowercase."""
        return tuple(value for given, value in self.headers if given.lower() == name)

    def render_framing(self) -> bytes:
        """A head that says where the body ends, and nothing else.

        Raises ProtocolViolated when the headers do not agree on that.
        Source: RFC 9112, 6.3.
        """
        lines = [f"HTTP/{self.http_version} {self.status} {self.reason}", *self._framing_lines()]
        return "".join(f"{line}\r\n" for line in (*lines, "")).encode("latin-1")

    def _framing_lines(self) -> tuple[str, ...]:
        if not self.complete:
            return ("Content-Length: 0",)
        codings = ",".join(self.get_all("transfer-encoding")).strip().lower()
        if codings == "chunked":
            return ("Transfer-Encoding: chunked",)
        if codings:
            raise ProtocolViolated("transfer encoding that is not chunked")
        lengths = {one.strip() for one in ",".join(self.get_all("content-length")).split(",")}
        lengths.discard("")
        if len(lengths) > 1:
            raise ProtocolViolated("content lengths that differ")
        if any(not (length.isascii() and length.isdigit()) for length in lengths):
            raise ProtocolViolated("content length that is no number")
        return tuple(f"Content-Length: {length}" for length in lengths)


@dataclass(slots=True)
class _Lines:
    """Lines of a stream, counted against the limit of the whole head."""

    stream: IO[bytes]
    left: int

    def next(self) -> bytes | None:
        """A line without its end, or None at the limit; raises ProtocolViolated at the end."""
        line = self.stream.readline(self.left + 1)
        self.left -= len(line)
        if self.left < 0:
            return None
        if not line.endswith(b"\n"):
            raise ProtocolViolated("closed within the head", can_retry=True)
        return line.rstrip(b"\r\n")


def read_head(stream: IO[bytes], limits: Limits) -> Head:
    """Read the head of the final response; interim ones (1xx) count against its limit.

    Raises ProtocolViolated for anything that is not HTTP/1.x.
    Source: RFC 9112, 4 and 5.
    """
    lines = _Lines(stream, limits.header_bytes)
    while True:
        head = _read_one_head(lines, limits.header_count)
        if not 100 <= head.status < 200 or head.status == SWITCHING_PROTOCOLS:
            return head
        if not head.complete:
            raise ProtocolViolated("too many interim responses")


def _read_one_head(lines: _Lines, header_count: int) -> Head:
    version, status, reason = _parse_status_line(lines.next() or b"")
    headers: list[Header] = []
    while line := lines.next():
        if line[:1] in b" \t" and headers:
            name, value = headers.pop()
            headers.append((name, f"{value} {line.strip().decode('latin-1')}".strip()))
            continue
        if len(headers) == header_count:
            break
        headers.append(_parse_header(line))
    complete = line == b""
    return Head(version, status, reason, tuple(headers), complete=complete)


def _parse_status_line(line: bytes) -> tuple[str, int, str]:
    protocol, _, rest = line.decode("latin-1").partition(" ")
    status, _, reason = rest.strip().partition(" ")
    if protocol not in {"HTTP/1.0", "HTTP/1.1"}:
        raise ProtocolViolated("not an HTTP/1.1 response")
    if not (status.isascii() and status.isdigit() and 100 <= int(status) <= 999):
        raise ProtocolViolated("status code that is none")
    return protocol.removeprefix("HTTP/"), int(status), reason.strip()


def _parse_header(line: bytes) -> Header:
    name, colon, value = line.decode("latin-1").partition(":")
    if not colon or not name.strip():
        raise ProtocolViolated("header line without a name")
    return name.strip(), value.strip()

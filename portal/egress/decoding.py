"""Undoing content encodings by pulling, so that no more is unpacked than is wanted.

Every layer is counted: a bomb inside a bomb is stopped in the layer where it goes off.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from typing import IO, Protocol, cast

import brotli  # type: ignore[import-untyped]  # has none
import zstandard

from portal.egress.errors import ProtocolViolated
from portal.egress.limits import Limits

__all__ = ["Source", "decode_body"]

CHUNK_BYTES = 65_536
MAX_LAYERS = 4
GZIP_MAGIC = b"\x1f\x8b"
# RFC 9659: a receiver need not offer more than 8 MB of window.
ZSTANDARD_WINDOW_BYTES = 8 * 1024 * 1024


class Source(Protocol):
    """Something to pull bytes from: at most `size` of them, none at the end."""

    def read(self, size: int, /) -> bytes: ...


class _EndsEarlyError(Exception):
    """The end came within a packed body."""


class _Counted:
    """Passes on bytes up to a limit and ends there."""

    def __init__(self, source: Source, limit: int) -> None:
        self._source = source
        self._limit = limit
        self.count = 0
        self.truncated = False

    def read(self, size: int) -> bytes:
        if self.truncated:
            return b""
        data = self._source.read(size)
        self.count += len(data)
        excess = self.count - self._limit
        if excess <= 0:
            return data
        self.truncated = True
        self.count = self._limit
        return data[:-excess]


def decode_body(
    source: Source, encodings: Iterable[str], *, limits: Limits
) -> tuple[bytes, int, bool]:
    """Read a body to its end or a limit: the decoded bytes, how many came, whether it was cut.

    `encodings` are the values of Content-Encoding. A body in an encoding that is not known stays
    as it is. Raises ProtocolViolated when the bytes are not in the encoding they claim.
    Source: RFC 9110, 8.4.
    """
    raw = _Counted(source, limits.response_raw_bytes)
    layers = [raw]
    for make_decoder in _find_decoders(encodings):
        layers.append(_Counted(make_decoder(layers[-1]), limits.response_raw_bytes))
    layers.append(_Counted(layers[-1], limits.response_decoded_bytes))
    body, ends_early = bytearray(), False
    try:
        while chunk := layers[-1].read(CHUNK_BYTES):
            body += chunk
    except (zlib.error, brotli.error, zstandard.ZstdError) as error:
        raise ProtocolViolated("body that is not in its content encoding") from error
    except _EndsEarlyError:
        ends_early = True
    truncated = any(layer.truncated for layer in layers)
    if ends_early and not truncated:
        raise ProtocolViolated("packed body that ends early", can_retry=True)
    return bytes(body), raw.count, truncated


def _find_decoders(encodings: Iterable[str]) -> list[Callable[[Source], Source]]:
    """What undoes the encodings, outermost first; nothing when one of them is not known."""
    names = [name.strip().lower() for name in ",".join(encodings).split(",")]
    names = [name for name in names if name not in {"", "identity"}]
    if len(names) > MAX_LAYERS:
        raise ProtocolViolated("too many content encodings")
    if not all(name in DECODERS for name in names):
        return []
    return [DECODERS[name] for name in reversed(names)]


class _Inflating:
    """gzip (of one or several members) and deflate (with or without its zlib header)."""

    def __init__(self, source: Source, *, is_gzip: bool) -> None:
        self._source = source
        self._is_gzip = is_gzip
        self._members = 0
        self._pending = b""
        self._inflater: zlib._Decompress | None = None

    def read(self, size: int) -> bytes:
        while self._inflater is not None or self._begin_member():
            inflated = self._inflate(size)
            if inflated:
                return inflated
        return b""

    def _inflate(self, size: int) -> bytes:
        inflater = cast("zlib._Decompress", self._inflater)
        data = self._pending or self._source.read(CHUNK_BYTES)
        inflated = inflater.decompress(data, size)
        self._pending = inflater.unconsumed_tail
        if inflater.eof:
            self._pending = inflater.unused_data
            self._inflater = None
        elif not data and not inflated:
            raise _EndsEarlyError
        return inflated

    def _begin_member(self) -> bool:
        """Whether there is a member (again): bytes after the last one are left alone."""
        while len(self._pending) < len(GZIP_MAGIC) and (more := self._source.read(CHUNK_BYTES)):
            self._pending += more
        is_next = self._members == 0 or (self._is_gzip and self._pending.startswith(GZIP_MAGIC))
        if not self._pending or not is_next:
            return False
        self._members += 1
        self._inflater = zlib.decompressobj(self._window_bits())
        return True

    def _window_bits(self) -> int:
        if self._is_gzip:
            return 16 + zlib.MAX_WBITS
        first, second = (*self._pending[:2], 0)[:2]
        # Many servers send raw deflate; only a zlib header is a multiple of 31 (RFC 1950, 2.2).
        has_header = first & 15 == zlib.DEFLATED and (first * 256 + second) % 31 == 0
        return zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS


class _Brotli:
    """br, as RFC 7932 has it."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._decompressor = brotli.Decompressor()
        self._began = False

    def read(self, size: int) -> bytes:
        while not self._decompressor.is_finished():
            accepts = self._decompressor.can_accept_more_data()
            data = self._source.read(CHUNK_BYTES) if accepts else b""
            if accepts and not data:
                return self._end()
            self._began = True
            unpacked: bytes = self._decompressor.process(data, output_buffer_limit=size)
            if unpacked:
                return unpacked
        return b""

    def _end(self) -> bytes:
        if self._began:
            raise _EndsEarlyError
        return b""


def _make_gzip(source: Source) -> Source:
    return _Inflating(source, is_gzip=True)


def _make_deflate(source: Source) -> Source:
    return _Inflating(source, is_gzip=False)


def _make_zstandard(source: Source) -> Source:
    decompressor = zstandard.ZstdDecompressor(max_window_size=ZSTANDARD_WINDOW_BYTES)
    # The stub asks for a file; `read` is all that is called.
    return decompressor.stream_reader(cast("IO[bytes]", source), read_across_frames=True)


DECODERS: dict[str, Callable[[Source], Source]] = {
    "br": _Brotli,
    "deflate": _make_deflate,
    "gzip": _make_gzip,
    "x-gzip": _make_gzip,
    "zstd": _make_zstandard,
}

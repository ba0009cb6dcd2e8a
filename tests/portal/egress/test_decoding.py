"""Undoing content encodings without unpacking more than is wanted."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zlib

import brotli  # type: ignore[import-untyped]  # has none
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from portal.egress import Limits, ProtocolViolated
from portal.egress.decoding import decode_body
from tests.servers import bomb

TEXT = b"a text that is packed and unpacked again " * 50


class Trickle:
    """A source that gives one byte at a time, and the end as often as it is asked for."""

    def __init__(self, content: bytes) -> None:
        self._stream = io.BytesIO(content)

    def read(self, size: int) -> bytes:
        return self._stream.read(min(size, 1))


def raw_deflate(plain: bytes) -> bytes:
    """Deflate without the zlib header, as many servers send it."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(plain) + packer.flush()


PACKED = {
    "plain": ("", TEXT),
    "identity": ("identity", TEXT),
    "gzip": ("gzip", gzip.compress(TEXT)),
    "x-gzip in capitals": (" X-GZIP ", gzip.compress(TEXT)),
    "gzip in two members": ("gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
    "gzip with rubbish behind": ("gzip", gzip.compress(TEXT) + b"rubbish"),
    "gzip with a zero behind": ("gzip", gzip.compress(TEXT) + b"\0"),
    "deflate": ("deflate", zlib.compress(TEXT)),
    "deflate without a header": ("deflate", raw_deflate(TEXT)),
    "deflate with rubbish behind": ("deflate", zlib.compress(TEXT) + b"rubbish"),
    "br": ("br", brotli.compress(TEXT)),
    "zstd": ("zstd", zstandard.compress(TEXT)),
    "zstd in two frames": ("zstd", zstandard.compress(TEXT[:9]) + zstandard.compress(TEXT[9:])),
    "gzip, then br": ("gzip, br", brotli.compress(gzip.compress(TEXT))),
    "zstd, then deflate": ("zstd,deflate", zlib.compress(zstandard.compress(TEXT))),
}


@pytest.mark.parametrize(("encoding", "packed"), PACKED.values(), ids=PACKED)
def test_body_is_unpacked(encoding: str, packed: bytes) -> None:
    body, raw_bytes, truncated = decode_body(io.BytesIO(packed), [encoding], limits=Limits())

    assert body == TEXT
    assert raw_bytes <= len(packed)
    assert not truncated


@pytest.mark.parametrize(("encoding", "packed"), PACKED.values(), ids=PACKED)
def test_body_is_unpacked_byte_by_byte(encoding: str, packed: bytes) -> None:
    body, _, truncated = decode_body(Trickle(packed), [encoding], limits=Limits())

    assert body == TEXT
    assert not truncated


@given(st.binary(), st.sampled_from(["gzip", "deflate", "br", "zstd"]))
def test_any_bytes_are_unpacked_or_refused(content: bytes, encoding: str) -> None:
    try:
        body, _, _ = decode_body(io.BytesIO(content), [encoding], limits=Limits())
    except ProtocolViolated:
        return

    assert len(body) <= 10_000_000


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_empty_body_is_empty_in_any_encoding(encoding: str) -> None:
    assert decode_body(io.BytesIO(b""), [encoding], limits=Limits()) == (b"", 0, False)


def test_encodings_in_several_headers_are_undone_together() -> None:
    packed = gzip.compress(zlib.compress(TEXT))

    body, _, _ = decode_body(io.BytesIO(packed), ["deflate", "gzip"], limits=Limits())

    assert body == TEXT


@pytest.mark.parametrize("encoding", ["compress", "aes128gcm", "gzip, dcb"])
def test_unknown_encoding_leaves_the_body_as_it_is(encoding: str) -> None:
    assert decode_body(io.BytesIO(b"\x1f\x8b"), [encoding], limits=Limits()) == (
        b"\x1f\x8b",
        2,
        False,
    )


def test_long_chain_of_encodings_is_refused() -> None:
    with pytest.raises(ProtocolViolated, match="too many"):
        decode_body(io.BytesIO(b""), ["gzip, gzip, gzip, gzip, gzip"], limits=Limits())


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_bytes_that_are_not_in_their_encoding_are_an_error(encoding: str) -> None:
    with pytest.raises(ProtocolViolated, match="content encoding"):
        decode_body(io.BytesIO(b"\xff{}" * 100), [encoding], limits=Limits())


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_packed_body_that_ends_early_is_an_error(encoding: str) -> None:
    packed = bomb(encoding, megabytes=1)[:-9]

    with pytest.raises(ProtocolViolated, match="ends early"):
        decode_body(io.BytesIO(packed), [encoding], limits=Limits())


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_bomb_is_stopped_at_the_limit_with_little_memory(encoding: str) -> None:
    packed = bomb(encoding, megabytes=50)
    tracemalloc.start()

    body, raw_bytes, truncated = decode_body(
        io.BytesIO(packed), [encoding], limits=Limits(response_decoded_bytes=1_000_000)
    )
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert body == b"\0" * 1_000_000
    assert raw_bytes <= len(packed)
    assert truncated
    assert peak < 10_000_000


def test_bomb_inside_a_bomb_is_stopped_in_the_layer_where_it_goes_off() -> None:
    packed = gzip.compress(gzip.compress(b"") * 100_000)
    limits = Limits(response_raw_bytes=100_000)

    body, raw_bytes, truncated = decode_body(io.BytesIO(packed), ["gzip, gzip"], limits=limits)

    assert (body, truncated) == (b"", True)
    assert raw_bytes < 100_000


@pytest.mark.parametrize(
    ("limits", "raw_bytes"),
    [
        pytest.param(Limits(response_raw_bytes=10), 10, id="raw"),
        pytest.param(Limits(response_decoded_bytes=10), len(TEXT), id="decoded"),
    ],
)
def test_plain_body_is_cut_at_either_limit(limits: Limits, raw_bytes: int) -> None:
    assert decode_body(io.BytesIO(TEXT), [], limits=limits) == (TEXT[:10], raw_bytes, True)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_packed_body_cut_at_the_raw_limit_gives_what_came(encoding: str) -> None:
    packed = bomb(encoding, megabytes=1)
    limits = Limits(response_raw_bytes=len(packed) - 4)

    _, raw_bytes, truncated = decode_body(io.BytesIO(packed), [encoding], limits=limits)

    assert raw_bytes == len(packed) - 4
    assert truncated


def test_body_of_exactly_the_limit_is_whole() -> None:
    limits = Limits(response_raw_bytes=len(TEXT), response_decoded_bytes=len(TEXT))

    assert decode_body(io.BytesIO(TEXT), [], limits=limits) == (TEXT, len(TEXT), False)

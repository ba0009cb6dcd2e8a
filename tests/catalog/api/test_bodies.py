"""Bodies of requests, read up to a limit."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.http.request import UnreadablePostError
from django.test import RequestFactory

from catalog.api.bodies import read_body
from catalog.api.errors import BodyTooLarge, BrokenBody, LengthRequired


class CountingStream(io.BytesIO):
    """Remembers how much was read of it."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        chunk = super().read(size)
        self.taken += len(chunk)
        return chunk


class BrokenStream(io.BytesIO):
    """A caller who hung up."""

    def read(self, size: int | None = -1) -> bytes:
        raise UnreadablePostError


def make_request(stream: io.BytesIO, length: int | None, **extra: Any) -> Any:
    """A request that the web server read the head of."""
    known = {} if length is None else {"CONTENT_LENGTH": str(length)}
    environ = {"wsgi.input": stream, **known, **extra}
    return RequestFactory().generic("PUT", "/", **environ)


def test_body_is_read_whole() -> None:
    request = make_request(CountingStream(b"a" * 2_500_000), 2_500_000)

    assert read_body(request, limit_bytes=2_500_000) == b"a" * 2_500_000


def test_length_beyond_the_limit_is_refused_before_reading() -> None:
    stream = CountingStream(b"a" * 11)

    with pytest.raises(BodyTooLarge):
        read_body(make_request(stream, 11), limit_bytes=10)

    assert stream.taken == 0


def test_chunks_are_counted_and_no_more_is_read_than_needed() -> None:
    stream = CountingStream(b"a" * 1000)
    chunked = {"HTTP_TRANSFER_ENCODING": "Chunked", "wsgi.input_terminated": True}

    with pytest.raises(BodyTooLarge) as refusal:
        read_body(make_request(stream, None, **chunked), limit_bytes=10)

    assert stream.taken == 11
    assert str(refusal.value.detail) == "The body is larger than 10 bytes."


def test_chunks_within_the_limit_are_taken() -> None:
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    request = make_request(CountingStream(b"openapi"), None, **chunked)

    assert read_body(request, limit_bytes=10) == b"openapi"


def test_chunks_that_the_server_does_not_pass_on_are_refused() -> None:
    request = make_request(CountingStream(b"a"), None, HTTP_TRANSFER_ENCODING="chunked")

    with pytest.raises(LengthRequired):
        read_body(request, limit_bytes=10)


def test_caller_who_hangs_up_is_told_so() -> None:
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}

    with pytest.raises(BrokenBody):
        read_body(make_request(BrokenStream(), None, **chunked), limit_bytes=10)

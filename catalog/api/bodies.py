"""Bodies of requests, read up to a limit and never beyond it."""

from __future__ import annotations

import io
from typing import BinaryIO, cast

from django.http import HttpRequest
from django.http.request import UnreadablePostError

from catalog.api.errors import BodyTooLarge, BrokenBody, LengthRequired

__all__ = ["read_body"]

CHUNK_BYTES = 1_000_000


def read_body(request: HttpRequest, *, limit_bytes: int) -> bytes:
    """The whole body; raises BodyTooLarge as soon as the limit is passed.

    A Content-Length beyond the limit is refused before anything is read. Bodies in chunks are
    counted while they are read. Raises LengthRequired where the server passes no chunks on, and
    BrokenBody when the caller hangs up.
    """
    stream = _open_body(request, limit_bytes)
    content = io.BytesIO()
    try:
        while chunk := stream.read(min(CHUNK_BYTES, limit_bytes + 1 - content.tell())):
            content.write(chunk)
            if content.tell() > limit_bytes:
                raise BodyTooLarge(limit_bytes)
    except (UnreadablePostError, OSError) as error:
        raise BrokenBody from error
    return content.getvalue()


def _open_body(request: HttpRequest, limit_bytes: int) -> BinaryIO:
    if "chunked" not in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
        if int(request.META.get("CONTENT_LENGTH") or 0) > limit_bytes:
            raise BodyTooLarge(limit_bytes)
        return cast(BinaryIO, request)  # it has the `read` of a file
    # Django takes a body without a length for none; the server says whether it knows its end.
    if not request.META.get("wsgi.input_terminated"):
        raise LengthRequired
    return cast(BinaryIO, request.META["wsgi.input"])

"""What servers do to their clients: answer, dawdle, break off, flood."""

from __future__ import annotations

import gzip
import socket
import struct
import zlib

import brotli  # type: ignore[import-untyped]  # has none
import zstandard

from tests.servers.raw import RawServer, Script

__all__ = [
    "answer",
    "answer_slowly",
    "answer_without_end",
    "bomb",
    "never_read",
    "reset_after",
    "say_nothing",
]


def answer(response: bytes, *, read: bool = True) -> Script:
    """Read the request (or not), write these bytes, close."""

    def script(server: RawServer, connection: socket.socket) -> None:
        if read:
            server.read_request(connection)
        connection.sendall(response)

    return script


def answer_slowly(at_once: bytes, dripping: bytes, *, seconds: float) -> Script:
    """Write the first part at once and the second byte by byte, so many seconds apart."""

    def script(server: RawServer, connection: socket.socket) -> None:
        server.read_request(connection)
        connection.sendall(at_once)
        for byte in dripping:
            server.wait(seconds)
            connection.sendall(bytes((byte,)))

    return script


def answer_without_end(start: bytes, part: bytes) -> Script:
    """Write the start, and then the part again and again until the client leaves."""

    def script(server: RawServer, connection: socket.socket) -> None:
        server.read_request(connection)
        connection.sendall(start)
        while not server.stopping.is_set():
            connection.sendall(part)

    return script


def reset_after(response: bytes) -> Script:
    """Write these bytes, wait until they are read, and reset the connection."""

    def script(server: RawServer, connection: socket.socket) -> None:
        server.read_request(connection)
        connection.sendall(response)
        server.wait(0.05)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return script


def say_nothing(server: RawServer, connection: socket.socket) -> None:
    """Take the request and never answer."""
    server.read_request(connection)
    server.wait(60)


def never_read(server: RawServer, connection: socket.socket) -> None:
    """Take the connection and read nothing from it."""
    server.wait(60)


def bomb(encoding: str, *, megabytes: int) -> bytes:
    """So many megabytes of zeros in a content encoding: a small body that grows a lot."""
    plain = b"\0" * (megabytes * 1_000_000)
    match encoding:
        case "gzip":
            return gzip.compress(plain)
        case "deflate":
            return zlib.compress(plain)
        case "br":
            return bytes(brotli.compress(plain, quality=1))
        case _:
            return zstandard.compress(plain)

"""A server that answers with what arrived, as JSON."""

from __future__ import annotations

import json
import socket
import ssl
from types import TracebackType

from tests.servers.raw import RawServer, serve

__all__ = ["EchoServer"]


class EchoServer:
    """Runs while the `with` block does, which gets the RawServer.

    The body of each answer is {"method", "target", "headers": [[n, v]], "body"}. Nothing is
    decoded: `target` is the request target as written, `body` is Latin-1.
    """

    def __init__(self, *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        self._running = serve(_echo, tls=tls, host=host)

    def __enter__(self) -> RawServer:
        return self._running.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._running.__exit__(kind, error, traceback)


def _echo(server: RawServer, connection: socket.socket) -> None:
    head, _, body = server.read_request(connection).decode("latin-1").partition("\r\n\r\n")
    request_line, *header_lines = head.split("\r\n")
    method, target, _ = request_line.split(" ")
    headers = [line.split(": ", 1) for line in header_lines]
    echo = {"method": method, "target": target, "headers": headers, "body": body}
    content = json.dumps(echo).encode()
    head_out = (
        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(content)}"
    )
    connection.sendall(head_out.encode() + b"\r\n\r\n" + content)

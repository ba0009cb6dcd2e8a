"""A TCP server on loopback that does to each connection what a script says."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

__all__ = ["RawServer", "Script", "serve"]


@dataclass
class RawServer:
    """A running server; `received` holds what each connection brought, as far as it was read."""

    host: str
    port: int
    scheme: str
    received: list[bytes] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        """The base URL, without a path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    def read_request(self, connection: socket.socket) -> bytes:
        """Read one request with the body its Content-Length announces, and remember it.

        Raises ConnectionError, which ends the script quietly, when the client has left.
        """
        request = b""
        while b"\r\n\r\n" not in request:
            part = connection.recv(65_536)
            if not part:
                raise ConnectionError("the client left")
            request += part
        head, _, body = request.partition(b"\r\n\r\n")
        lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-len")]
        missing = int(lengths[0].split(b":")[1]) - len(body) if lengths else 0
        while missing > 0 and (more := connection.recv(65_536)):
            request += more
            missing -= len(more)
        self.received.append(request)
        return request

    def wait(self, seconds: float) -> None:
        """Do nothing for a time, or until the server is stopped."""
        self.stopping.wait(seconds)


Script = Callable[[RawServer, socket.socket], None]


@contextmanager
def serve(
    script: Script, *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1"
) -> Iterator[RawServer]:
    """Run a server whose connections, each in a thread of its own, are given to `script`.

    The script may leave the connection open; it is closed when the script returns.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family) as listener:
        port = listener.getsockname()[1]
        server = RawServer(host, port, "http" if tls is None else "https")
        accepting = threading.Thread(target=_accept, args=(listener, server, script, tls))
        accepting.start()
        try:
            yield server
        finally:
            server.stopping.set()
            # Closing alone would leave the thread in accept().
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            accepting.join()


def _accept(
    listener: socket.socket, server: RawServer, script: Script, tls: ssl.SSLContext | None
) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_run, args=(connection, server, script, tls), daemon=True).start()


def _run(
    connection: socket.socket, server: RawServer, script: Script, tls: ssl.SSLContext | None
) -> None:
    # A client that leaves, and a handshake that it breaks off, are what these servers are for.
    with suppress(OSError), connection:
        if tls is None:
            script(server, connection)
        else:
            with tls.wrap_socket(connection, server_side=True) as secured:
                script(server, secured)

"""Sockets that keep a deadline by themselves, whoever reads and writes through them."""

from __future__ import annotations

import socket
import ssl
from typing import Any

from portal.egress.deadlines import Deadline
from portal.egress.errors import TimedOut
from portal.egress.timings import Step

__all__ = ["DeadlineContext", "DeadlineSocket", "DeadlineTLSSocket"]


class DeadlineSocket(socket.socket):
    """A socket whose every read and write takes at most what the deadline leaves.

    A watchdog that closes the socket from outside would not do: what was read until then would
    look like a whole response. `deadline` is set before the first read or write.
    """

    deadline: Deadline

    def recv_into(self, buffer: Any, nbytes: int | None = 0, flags: int = 0) -> int:
        """Read; the first byte of a response ends the wait for it."""
        self.settimeout(self.deadline.remaining())
        try:
            received = super().recv_into(buffer, nbytes or 0, flags)
        except TimeoutError as error:
            raise TimedOut(self.deadline.step) from error
        if self.deadline.step is Step.FIRST_BYTE:
            self.deadline.enter(Step.BODY)
        return received

    def send(self, data: Any, flags: int = 0) -> int:
        """Write some; TLS writes through here."""
        self.settimeout(self.deadline.remaining())
        return super().send(data, flags)

    def sendall(self, data: Any, flags: int = 0) -> None:
        """Write all."""
        self.settimeout(self.deadline.remaining())
        try:
            super().sendall(data, flags)
        except TimeoutError as error:
            raise TimedOut(self.deadline.step) from error


class DeadlineTLSSocket(DeadlineSocket, ssl.SSLSocket):
    """The same over TLS; made by DeadlineContext only."""


class DeadlineContext(ssl.SSLContext):
    """A TLS context whose sockets go on with the deadline of the sockets they wrap."""

    sslsocket_class = DeadlineTLSSocket

    def wrap_socket(self, sock: Any, *args: Any, **options: Any) -> ssl.SSLSocket:
        """Begin TLS on a connected DeadlineSocket."""
        deadline: Deadline = sock.deadline
        deadline.enter(Step.TLS)
        options["do_handshake_on_connect"] = False
        wrapped = super().wrap_socket(sock, *args, **options)
        wrapped.deadline = deadline  # type: ignore[attr-defined]  # sslsocket_class has it
        try:
            wrapped.settimeout(deadline.remaining())
            wrapped.do_handshake()
        except TimeoutError as error:
            wrapped.close()
            raise TimedOut(Step.TLS) from error
        except (OSError, TimedOut):
            wrapped.close()
            raise
        return wrapped

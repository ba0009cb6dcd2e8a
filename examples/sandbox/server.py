"""Serving an application by threads of this process."""

from __future__ import annotations

import errno
import logging
import sys
from collections.abc import Callable
from socketserver import TCPServer, ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from examples.sandbox.log_lines import format_event

__all__ = ["SandboxServer", "open_server"]

HIGHEST_PORT = 65_535
PORTS_TRIED = 50

logger = logging.getLogger("examples.sandbox.server")


class _QuietHandler(WSGIRequestHandler):
    """Answers one request a connection; the application writes the log.

    A caller that stays silent for half a minute is left.
    """

    timeout = 30
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: Any) -> None:
        """Write nothing: the line of the application says more."""


class SandboxServer(ThreadingMixIn, WSGIServer):
    """A server with one thread for each connection; threads do not outlive the process."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end."""
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}"

    def server_bind(self) -> None:
        """Bind without asking the name service who we are, which can take seconds."""
        TCPServer.server_bind(self)
        host, port = self.server_address[:2]
        self.server_name = str(host)
        self.server_port = int(port)
        self.setup_environ()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Note a connection that broke; there is nobody left to answer."""
        reason = type(sys.exc_info()[1]).__name__
        logger.warning(format_event("connection_lost", reason=reason))


def open_server(application: Callable[..., Any], *, host: str, port: int) -> SandboxServer:
    """A listening server at this port or the next that is free; port 0 means any.

    Raises OSError when the address cannot be used or no port is free.
    """
    server = _listen(host, port, last=min(port + PORTS_TRIED, HIGHEST_PORT))
    server.set_app(application)
    return server


def _listen(host: str, port: int, *, last: int) -> SandboxServer:
    while True:
        try:
            return SandboxServer((host, port), _QuietHandler)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or port >= last:
                raise
        port += 1

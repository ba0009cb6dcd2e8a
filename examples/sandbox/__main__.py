"""Start the sandbox API: Sandbox and Production, each at a port of its own, until a signal."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from types import FrameType

from examples.sandbox.environments import build_environment
from examples.sandbox.log_lines import configure_logging, format_event
from examples.sandbox.server import SandboxServer, open_server
from examples.sandbox.settings import Settings, SettingsError, read_settings

logger = logging.getLogger("examples.sandbox")


def main() -> int:
    """Serve until SIGTERM or SIGINT. The exit status: 0, or 2 for what stops the start."""
    stopping = threading.Event()

    def stop(signal_number: int, frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        settings = read_settings(os.environ)
        configure_logging(settings.log_path)
        servers = _open_servers(settings)
    except (SettingsError, OSError) as error:
        sys.stderr.write(f"The sandbox API did not start: {error}\n")
        return 2
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    stopping.wait()
    logger.info(format_event("stopped"))
    return 0


def _open_servers(settings: Settings) -> list[SandboxServer]:
    sandbox = _open("sandbox", settings, port=settings.port)
    after = sandbox.server_port + 1 if settings.port else 0
    port = after if settings.production_port is None else settings.production_port
    return [sandbox, _open("production", settings, port=port)]


def _open(name: str, settings: Settings, *, port: int) -> SandboxServer:
    server = open_server(build_environment(name, settings), host=settings.host, port=port)
    logger.info(format_event("listening", environment=name, url=server.url))
    return server


if __name__ == "__main__":
    sys.exit(main())

"""A whole portal as `make run` starts it, for tests that need the real thing."""

from __future__ import annotations

import os
import queue
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from tests.private_services import PrivateServices

__all__ = ["RunningPortal", "free_port_range"]

START_SECONDS = 60
ROOT = Path(__file__).resolve().parent.parent


def free_port_range(length: int) -> int:
    """The first of several neighbouring free ports on the loopback address."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            first = int(probe.getsockname()[1])
        if first + length < 65536 and all(_is_free(first + step) for step in range(length)):
            return first


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class RunningPortal:
    """Starts web, worker and sandbox under the supervisor; all of it ends with the `with` block."""

    def __init__(
        self, *, data_dir: Path | None = None, environment: Mapping[str, str] | None = None
    ) -> None:
        self.port = free_port_range(4)
        self.sandbox_port = self.port + 1
        self.url = f"http://127.0.0.1:{self.port}"
        self.sandbox_url = f"http://127.0.0.1:{self.sandbox_port}"
        self.data_dir = data_dir or Path(tempfile.mkdtemp(prefix="portico-running-"))
        self.log_path = self.data_dir / "output.log"
        self.greeting = ""
        self.start_seconds = 0.0
        self._services = PrivateServices()
        self._environment = {**self._services.environment, **(environment or {})}
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> RunningPortal:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()
        self._services.close()

    @property
    def environment(self) -> dict[str, str]:
        """What its processes, and commands beside them, find their data and services by."""
        environment = {
            **os.environ,
            "PORTICO_DATA_DIR": str(self.data_dir),
            "PORT": str(self.port),
            "SANDBOX_PORT": str(self.sandbox_port),
            "TRY_IT_ANONYMOUS": "on",
            **self._environment,
        }
        environment.pop("SECRET_KEY", None)
        return environment

    @property
    def admin_password(self) -> str:
        """The password of the administrator that the first start made."""
        return (self.data_dir / "admin_password").read_text(encoding="utf-8").strip()

    @property
    def pid(self) -> int:
        """The id of the supervisor's process."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start and wait for the greeting; raises AssertionError with the output without one."""
        started = time.monotonic()
        log = self.log_path.open("a", encoding="utf-8")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "portal.supervisor"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        log.close()
        self.greeting = self._read_greeting()
        self.start_seconds = time.monotonic() - started

    def stop(self, signal_number: int = signal.SIGINT) -> int:
        """End it as Ctrl-C does; the exit status."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.send_signal(signal_number)
        status = self._process.wait(15)
        if self._process.stdout is not None:
            self._process.stdout.close()
        return status

    def output(self) -> str:
        """Everything the processes logged so far."""
        return self.log_path.read_text(encoding="utf-8")

    def _read_greeting(self) -> str:
        lines: queue.Queue[str] = queue.Queue()
        process = self._process
        assert process is not None
        assert process.stdout is not None
        stdout = process.stdout

        def read_on() -> None:
            for line in stdout:
                lines.put(line)

        threading.Thread(target=read_on, daemon=True).start()
        text = ""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and not re.search(r"Ctrl-C stops", text):
            try:
                text += lines.get(timeout=0.2)
            except queue.Empty:
                assert process.poll() is None, f"the start failed:\n{text}\n{self.output()}"
        assert "Ctrl-C stops" in text, f"no greeting:\n{text}\n{self.output()}"
        return text

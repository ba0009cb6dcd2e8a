"""Real PostgreSQL and Redis for the tests: found by their URL, or started for the run."""

from __future__ import annotations

import glob
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType

__all__ = ["MissingService", "Services"]

START_SECONDS = 30


class MissingService(Exception):
    """A service that is neither named in the environment nor installed."""


class Services:
    """PostgreSQL and Redis while the `with` block runs.

    TEST_DATABASE_URL and TEST_REDIS_URL name running ones; otherwise servers of our own are
    started on free ports of the loopback address, with data that is thrown away.
    """

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="portico-services-"))
        self._processes: list[subprocess.Popen[bytes]] = []
        self.database_url = os.environ.get("TEST_DATABASE_URL", "")
        self.redis_url = os.environ.get("TEST_REDIS_URL", "")

    def __enter__(self) -> Services:
        try:
            self.database_url = self.database_url or self._start_postgres()
            self.redis_url = self.redis_url or self._start_redis()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stop()

    def _start_postgres(self) -> str:
        bin_dir = _postgres_bin()
        data = self._folder / "postgres"
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if user:
            shutil.chown(self._folder, "postgres")
        options = ["--auth", "trust", "--username", "portico", "--encoding", "UTF8", "--no-sync"]
        subprocess.run(
            [*user, f"{bin_dir}/initdb", "-D", str(data), *options],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        port = _free_port()
        settings = f"-c listen_addresses=127.0.0.1 -p {port} -k {self._folder} -c fsync=off"
        self._start([*user, f"{bin_dir}/postgres", "-D", str(data), *settings.split()])
        _wait_for(port)
        return f"postgres://portico@127.0.0.1:{port}/postgres"

    def _start_redis(self) -> str:
        program = shutil.which("redis-server")
        if program is None:
            raise MissingService("redis-server is not installed")
        port = _free_port()
        self._start(
            [
                program,
                "--port",
                str(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
            ]
        )
        _wait_for(port)
        return f"redis://127.0.0.1:{port}/0"

    def _start(self, command: list[str]) -> None:
        with (self._folder / "log").open("ab") as log:
            self._processes.append(subprocess.Popen(command, stdout=log, stderr=log))

    def _stop(self) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.wait(START_SECONDS)
        shutil.rmtree(self._folder, ignore_errors=True)


def _postgres_bin() -> str:
    found = shutil.which("postgres")
    if found:
        return os.path.dirname(found)
    installed = sorted(glob.glob("/usr/lib/postgresql/*/bin/postgres"))
    if not installed:
        raise MissingService("postgres is not installed")
    return os.path.dirname(installed[-1])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise MissingService(f"nothing answered on port {port} within {START_SECONDS} s")

"""The sandbox as a process of its own."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from examples.sandbox.server import SandboxServer, open_server

ROOT = Path(__file__).resolve().parents[2]
WAIT_SECONDS = 20


class _Process:
    """`python -m examples.sandbox` with two free ports; `urls` by environment."""

    def __init__(self, **variables: str) -> None:
        environ = {**os.environ, "SANDBOX_PORT": "0", **variables}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "examples.sandbox"],
            cwd=ROOT,
            env=environ,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.urls = dict(_find_address(self._read_line()) for _ in range(2))

    def stop(self, signal_number: int) -> int:
        self._process.send_signal(signal_number)
        self._process.communicate(timeout=WAIT_SECONDS)
        return self._process.returncode

    def _read_line(self) -> str:
        assert self._process.stderr is not None
        return self._process.stderr.readline()


def _find_address(line: str) -> tuple[str, str]:
    found = re.search(r" listening environment=(\w+) url=http://(\S+)$", line)
    assert found, line
    return found[1], found[2]


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    """A server that answers every request with the method it came with."""

    def application(environ: dict[str, str], start_response: object) -> list[bytes]:
        assert callable(start_response)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [environ["REQUEST_METHOD"].encode()]

    server = open_server(application, host="127.0.0.1", port=0)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    yield server
    server.shutdown()
    server.server_close()


def _health(address: str) -> str:
    connection = http.client.HTTPConnection(address, timeout=WAIT_SECONDS)
    connection.request("GET", "/health")
    body = connection.getresponse().read().decode()
    connection.close()
    return body


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT], ids=["term", "int"])
def test_both_environments_listen_until_a_signal(signal_number: int, tmp_path: Path) -> None:
    log = tmp_path / "sandbox.log"
    process = _Process(SANDBOX_LOG=str(log))

    answers = {name: _health(address) for name, address in process.urls.items()}
    status = process.stop(signal_number)

    assert answers == {
        "sandbox": '{"status":"ok","environment":"sandbox"}',
        "production": '{"status":"ok","environment":"production"}',
    }
    assert status == 0
    lines = log.read_text(encoding="utf-8").splitlines()
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z listening ", lines[0])
    assert lines[-1].endswith(" stopped")
    assert any("request_answered environment=production" in line for line in lines)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("SANDBOX_PORT", "many", "SANDBOX_PORT is many"),
        ("SANDBOX_HOST", "192.0.2.1", "Cannot assign requested address"),
        ("SANDBOX_LOG", "/nowhere/at/all.log", "No such file or directory"),
    ],
)
def test_what_stops_the_start_is_one_line(name: str, value: str, message: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "examples.sandbox"],
        cwd=ROOT,
        env={**os.environ, "SANDBOX_PORT": "0", name: value},
        capture_output=True,
        text=True,
        timeout=WAIT_SECONDS,
        check=False,
    )

    assert ended.returncode == 2
    assert ended.stderr.startswith("The sandbox API did not start: ")
    assert message in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_other_wsgi_servers_get_the_environment_they_name() -> None:
    code = """
from wsgiref.util import setup_testing_defaults
from examples.sandbox.application import application
environ = {"PATH_INFO": "/health"}
setup_testing_defaults(environ)
print(b"".join(application(environ, lambda status, headers: None)).decode())
"""

    ended = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "SANDBOX_ENVIRONMENT": "production"},
        capture_output=True,
        text=True,
        timeout=WAIT_SECONDS,
        check=True,
    )

    assert ended.stdout == '{"status":"ok","environment":"production"}\n'


def test_port_that_is_taken_is_passed_over(server: SandboxServer) -> None:
    other = open_server(lambda *_: [], host="127.0.0.1", port=server.server_port)
    other.server_close()

    assert other.server_port > server.server_port


def test_last_port_that_is_taken_stops_the_start() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 65_535))
        taken.listen()

        with pytest.raises(OSError, match="in use"):
            open_server(lambda *_: [], host="127.0.0.1", port=65_535)


def test_server_tells_its_url(server: SandboxServer) -> None:
    assert server.url == f"http://127.0.0.1:{server.server_port}"


def test_connection_is_closed_after_the_answer(server: SandboxServer) -> None:
    with socket.create_connection(("127.0.0.1", server.server_port), WAIT_SECONDS) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n")
        received = b"".join(iter(lambda: connection.recv(65_536), b""))

    assert received.startswith(b"HTTP/1.0 200 OK\r\n")
    assert received.endswith(b"\r\n\r\nGET")


def test_connection_that_breaks_is_one_line_of_the_log(
    server: SandboxServer, caplog: pytest.LogCaptureFixture
) -> None:
    try:
        raise ConnectionResetError
    except ConnectionResetError:
        server.handle_error(None, None)

    assert caplog.messages == ["connection_lost reason=ConnectionResetError"]


def test_several_callers_are_served_at_once(server: SandboxServer) -> None:
    address = ("127.0.0.1", server.server_port)
    with socket.create_connection(address, WAIT_SECONDS) as silent:
        silent.sendall(b"GET / HTTP/1.1\r\n")
        answer = _health(f"127.0.0.1:{server.server_port}")

    assert answer == "GET"

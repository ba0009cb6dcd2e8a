"""The health check of containers asks as a caller the portal answers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from portal.healthcheck import main
from tests.running_portal import free_port_range


class _Pages(BaseHTTPRequestHandler):
    """200 at /ready for one host name alone, as ALLOWED_HOSTS has it; 400 or 404 else."""

    host = "portal.example.com"

    def do_GET(self) -> None:
        known = 200 if self.path == "/ready" else 404
        self.send_response(known if self.headers["Host"] == self.host else 400)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    """Where the pages are."""
    with HTTPServer(("127.0.0.1", 0), _Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    "names",
    ["portal.example.com", ".portal.example.com,other.example.com", "*,portal.example.com"],
    ids=["name", "domain", "any"],
)
def test_portal_is_asked_under_a_name_it_answers_to(
    url: str, names: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", names)

    assert main(f"{url}/ready") == 0


def test_other_status_is_unhealthy(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "portal.example.com")

    assert main(f"{url}/missing") == 1


def test_nobody_there_is_unhealthy() -> None:
    assert main(f"http://127.0.0.1:{free_port_range(1)}/ready") == 1

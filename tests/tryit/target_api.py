"""A small API to send to: it logs in, echoes what it got, and remembers every request."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt

__all__ = ["DEFINITION", "SeenRequest", "TargetAPI", "make_token", "running_api"]

PASSWORD = "correct-horse"
SIGNING_KEY = "a key for the tokens of tests, long enough for HS256"


def make_token(seconds: int = 3600, *, issued_at: int = 1_800_000_000) -> str:
    """A JWT as the API gives out."""
    return jwt.encode({"exp": issued_at + seconds}, SIGNING_KEY, algorithm="HS256")


DEFINITION: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Companies", "version": "1.0.0"},
    "security": [{"bearerToken": []}],
    "components": {
        "securitySchemes": {
            "bearerToken": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
        }
    },
    "paths": {
        "/authenticate": {
            "post": {
                "operationId": "authenticate",
                "summary": "Authenticate",
                "security": [],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "properties": {
                                    "username": {"type": "string", "examples": ["demo"]},
                                    "password": {"type": "string", "format": "password"},
                                },
                                "required": ["username", "password"],
                            }
                        }
                    },
                },
                "responses": {"200": {"description": "The token"}},
            }
        },
        "/companies": {
            "get": {
                "operationId": "companySearch",
                "summary": "Search companies",
                "parameters": [
                    {
                        "name": "country",
                        "in": "query",
                        "required": True,
                        "schema": {"type": "string", "enum": ["NO", "SE"]},
                    },
                    {"name": "name", "in": "query", "schema": {"type": "string"}},
                    {
                        "name": "limit",
                        "in": "query",
                        "schema": {"type": "integer", "minimum": 1, "maximum": 50},
                    },
                ],
                "responses": {
                    "200": {
                        "description": "Companies",
                        "content": {"application/json": {}, "application/pdf": {}},
                    }
                },
            }
        },
        "/companies/{id}": {
            "get": {
                "operationId": "getCompany",
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
                ],
                "responses": {"200": {"description": "The company"}},
            },
            "delete": {
                "operationId": "deleteCompany",
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
                ],
                "responses": {"204": {"description": "Gone"}},
            },
        },
    },
}


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class TargetAPI:
    """The running API: where it is, what it saw, and the token it gives out."""

    url: str
    token: str
    seen: list[SeenRequest] = field(default_factory=list)

    @property
    def last(self) -> SeenRequest:
        """The latest request."""
        return self.seen[-1]


@contextmanager
def running_api(token: str) -> Iterator[TargetAPI]:
    """The API on a free port of loopback, for as long as the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    api = TargetAPI(url=f"http://127.0.0.1:{server.server_address[1]}/v1", token=token)
    _Handler.api = api
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield api
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    api: TargetAPI

    def do_GET(self) -> None:
        self._note(b"")
        self._answer(200, {"companies": [{"name": "Norrvik Lantern Works"}]})

    def do_DELETE(self) -> None:
        self._note(b"")
        self.send_response(204)
        self.end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self._note(body)
        if json.loads(body).get("password") != PASSWORD:
            self._answer(401, {"message": "Wrong user name or password"})
        else:
            self._answer(200, {"token": self.api.token})

    def log_message(self, format: str, *args: Any) -> None:
        """Tests print nothing."""

    def _note(self, body: bytes) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.api.seen.append(SeenRequest(self.command, self.path, headers, body))

    def _answer(self, status: int, value: Any) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

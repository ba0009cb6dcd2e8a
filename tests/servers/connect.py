"""A loopback server that answers as Creditsafe documents its Connect API.

`POST /v1/authenticate` gives `{"token": "<JWT>"}` without `expires_in`; errors come in the three
shapes the real one has: `message`, `error`, and `correlationId` with `message` and `details`.
"""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

import jwt

__all__ = ["ConnectServer"]

KEY = "a key of the test server alone, long enough for HS256"
CREDENTIALS = {"username": "connect-demo", "password": "ropewalk-18"}
COMPANY = {"id": "GB-0-12345678", "country": "GB", "name": "HARBOUR ROPES LTD", "regNo": "12345678"}


class ConnectServer:
    """Runs while the `with` block does; remembers what was asked of it as (method, path)."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, str]] = []
        server = self

        class Handler(_Handler):
            seen = server.requests

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """The base URL, `/v1` included."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def __enter__(self) -> ConnectServer:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    seen: list[tuple[str, str]]

    def do_POST(self) -> None:
        self.seen.append(("POST", self.path))
        length = int(self.headers.get("Content-Length") or 0)
        try:
            body = json.loads(self.rfile.read(length) or b"{}")
        except ValueError:
            self._answer(400, {"error": "The body is not JSON."})
            return
        if self.path != "/v1/authenticate":
            self._answer(404, {"message": "No such resource."})
        elif body != CREDENTIALS:
            self._answer(401, {"message": "Authentication failed. Check username and password."})
        else:
            claims = {"sub": body["username"], "exp": int(time.time()) + 3600}
            self._answer(200, {"token": jwt.encode(claims, KEY, algorithm="HS256")})

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        self.seen.append(("GET", path))
        if not self._has_token():
            self._answer(401, {"error": "No valid token."})
        elif path != "/v1/companies":
            self._answer(404, {"message": "No such resource."})
        elif "countries=" not in query:
            details = "countries is required."
            self._answer(
                400, {"correlationId": "7d1c", "message": "Bad request.", "details": details}
            )
        else:
            self._answer(200, {"correlationId": "7d1c", "totalSize": 1, "companies": [COMPANY]})

    def log_message(self, format: str, *args: Any) -> None:
        """Stay quiet."""

    def _has_token(self) -> bool:
        value = self.headers.get("Authorization", "")
        try:
            jwt.decode(value.removeprefix("Bearer "), KEY, algorithms=["HS256"])
        except jwt.InvalidTokenError:
            return False
        return value.startswith("Bearer ")

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

"""An upstream that shows a definition, and misbehaves when it is told to."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

__all__ = ["Upstream"]


@dataclass
class _Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Upstream:
    """Runs while the `with` block does; `files` are what it shows, by path.

    Files have strong ETags and are not sent again to who has them. `requests` are what was asked,
    as (path, status). With `hang` it takes a request and says nothing until it is stopped.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    requests: list[tuple[str, int]] = field(default_factory=list)
    hang: bool = False

    def __post_init__(self) -> None:
        self._instead: _Answer | None = None
        self._stopping = threading.Event()
        upstream = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                upstream._serve(self)

            def log_message(self, format: str, *args: Any) -> None:
                """Stay quiet."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    @property
    def url(self) -> str:
        """The base URL, without a path."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Answer everything like this from now on; header names take _ for -."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._instead = _Answer(status, named, body)

    def recover(self) -> None:
        """Show the files again."""
        self._instead = None
        self.hang = False

    def __enter__(self) -> Upstream:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stopping.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        if self.hang:
            self._stopping.wait(60)
            return
        answer = self._instead or self._show(handler)
        self.requests.append((handler.path, answer.status))
        handler.send_response(answer.status)
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(answer.body)))
        handler.end_headers()
        handler.wfile.write(answer.body)

    def _show(self, handler: BaseHTTPRequestHandler) -> _Answer:
        content = self.files.get(handler.path)
        if content is None:
            return _Answer(404, {}, b"")
        etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        if handler.headers.get("If-None-Match") == etag:
            return _Answer(304, {"ETag": etag}, b"")
        return _Answer(200, {"ETag": etag}, content)

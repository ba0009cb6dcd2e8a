"""Calls the sandbox API without a network, under the eyes of a WSGI checker."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import quote, unquote_to_bytes, urlencode
from wsgiref.types import WSGIApplication
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import IteratorWrapper, validator

from examples.sandbox.environments import build_environment
from examples.sandbox.settings import Settings

__all__ = ["CREDENTIALS", "NOW", "Answer", "Caller", "Clock"]

# Monday, 23 November 2026, 14:02:40 UTC.
NOW = 1_795_442_560.0
CREDENTIALS = {"username": "sandbox-demo", "password": "lantern-works-74"}


class Clock:
    """A clock that stands until a test moves it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; header names are found whatever their capitals."""

    status: int
    headers: Message
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Caller:
    """A user of one environment; `token` is sent once it is there."""

    def __init__(
        self, environment: str = "sandbox", *, clock: Clock | None = None, **settings: Any
    ) -> None:
        self.clock = clock or Clock()
        self.token = ""
        application = build_environment(environment, Settings(**settings), clock=self.clock)
        self._application: WSGIApplication = validator(application)

    def use(self, application: WSGIApplication) -> None:
        """Call another application from now on, and without the checker."""
        self._application = application

    def authenticate(self, **credentials: str) -> Answer:
        """Get a token of Company Data and keep it; the demonstration account if none is named."""
        answer = self.call("POST", "/company-data/v1/authenticate", json=credentials or CREDENTIALS)
        self.token = answer.json.get("token", "")
        return answer

    def call(
        self,
        method: str,
        path: str,
        *,
        query: Any = (),
        json: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request; `json` becomes the body."""
        body = b"" if json is None else _to_bytes(json)
        sent = {"Content-Type": "application/json"} if json is not None else {}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        sent |= headers or {}
        return self._send(_build_environ(method, path, query=urlencode(query), body=body), sent)

    def _send(self, environ: dict[str, Any], headers: Mapping[str, str]) -> Answer:
        for name, value in headers.items():
            key = name.upper().replace("-", "_")
            environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
        started: list[Any] = []

        def start_response(status: str, received: Any, exc_info: Any = None) -> Any:
            started.append((status, received))
            return lambda chunk: None

        chunks = self._application(environ, start_response)
        body = b"".join(chunks)
        if isinstance(chunks, IteratorWrapper):
            chunks.close()
        status, received = started[0]
        message = Message()
        for name, value in received:
            message[name] = value
        return Answer(int(status[:3]), message, body)


def _to_bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value).encode()


def _build_environ(method: str, path: str, *, query: str, body: bytes) -> dict[str, Any]:
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(quote(path, safe="/%")).decode("latin-1"),
        "QUERY_STRING": query,
        "CONTENT_LENGTH": str(len(body)),
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(body),
    }
    setup_testing_defaults(environ)
    return environ

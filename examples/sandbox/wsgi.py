"""The WSGI face of one environment (PEP 3333): reading requests, tokens, limits, errors, log."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from examples.sandbox.log_lines import format_event
from examples.sandbox.messages import Request, Response, build_json_response
from examples.sandbox.rate_limits import RateLimiter, Window
from examples.sandbox.refusals import Refusal
from examples.sandbox.routing import Found, Product, Router
from examples.sandbox.tokens import TokenIssuer, TokenRefused

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

__all__ = ["SandboxApplication"]

LARGEST_BODY_BYTES = 1_000_000
LARGEST_UNREAD_BYTES = 20_000_000
CHUNK_BYTES = 65_536
LONGEST_LENGTH = 15

logger = logging.getLogger("examples.sandbox.wsgi")


@dataclass(frozen=True, slots=True)
class _Caller:
    """Who sent a request; `refusal` says why the token, if one is needed, is not accepted."""

    account: str = ""
    refusal: Refusal | None = None
    has_token: bool = False

    @property
    def token_state(self) -> str:
        """What the log may say about the token."""
        if not self.has_token:
            return "none"
        return "refused" if self.refusal else "accepted"


class SandboxApplication:
    """Answers the requests of one environment.

    `clock` gives seconds since 1970: all that depends on the time, such as expiry, follows it.
    """

    def __init__(
        self,
        environment: str,
        *,
        products: Sequence[Product],
        issuer: TokenIssuer,
        limiter: RateLimiter,
        clock: Callable[[], float],
    ) -> None:
        self._environment = environment
        self._router = Router(products)
        self._issuer = issuer
        self._limiter = limiter
        self._clock = clock

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request, and write one line about it."""
        started = time.perf_counter()
        request = _read_head(environ, now=self._clock())
        caller = _Caller()
        try:
            request = replace(request, body=_read_body(environ))
            response, caller = self._answer(request)
        except Refusal as refusal:
            product = self._router.find_product(request.path)
            response = product.render_refusal(refusal, request)
        except Exception:
            logger.exception(format_event("request_failed", path=request.path))
            response = build_json_response(500, {"title": "Internal error", "status": 500})
        elapsed_ms = (time.perf_counter() - started) * 1000
        self._log(request, caller, status=response.status, duration_ms=round(elapsed_ms))
        start_response(_status_line(response.status), _headers(response))
        return [] if request.method == "HEAD" else [response.body]

    def _answer(self, request: Request) -> tuple[Response, _Caller]:
        if request.path == "/health":
            health = {"status": "ok", "environment": self._environment}
            return build_json_response(200, health), _Caller()
        found = self._router.find(request.method, request.path)
        caller = self._identify(request, found)
        window = self._limiter.count(caller.account or request.address, now=request.now)
        try:
            response = self._operate(request, found, caller=caller, window=window)
        except Refusal as refusal:
            response = found.product.render_refusal(refusal, request)
        return replace(response, headers=(*response.headers, *window.headers)), caller

    def _identify(self, request: Request, found: Found) -> _Caller:
        if not found.operation.needs_token:
            return _Caller()
        realm = f'Bearer realm="{found.product.name}"'
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            return _Caller(refusal=_unauthorized("The request has no token.", realm))
        try:
            account = self._issuer.verify(
                token.strip(), product=found.product.name, now=request.now
            )
        except TokenRefused as error:
            challenge = f'{realm}, error="invalid_token", error_description="{error}"'
            return _Caller(refusal=_unauthorized(str(error), challenge), has_token=True)
        return _Caller(account=account, has_token=True)

    def _operate(
        self, request: Request, found: Found, *, caller: _Caller, window: Window
    ) -> Response:
        if window.is_exceeded:
            raise _too_many_requests(window)
        if caller.refusal is not None:
            raise caller.refusal
        known = replace(request, account=caller.account, path_values=found.path_values)
        return found.operation.answer(known)

    def _log(self, request: Request, caller: _Caller, *, status: int, duration_ms: int) -> None:
        logger.info(
            format_event(
                "request_answered",
                environment=self._environment,
                method=request.method,
                path=request.path,
                status=status,
                user=caller.account or "-",
                token=caller.token_state,
                duration_ms=duration_ms,
            )
        )


def _read_head(environ: WSGIEnvironment, *, now: float) -> Request:
    headers = {
        key.removeprefix("HTTP_").replace("_", "-").lower(): value
        for key, value in environ.items()
        if key.startswith("HTTP_") or key == "CONTENT_TYPE"
    }
    query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True, errors="replace")
    # PEP 3333 hands over the path's bytes as if they were latin-1.
    path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
    return Request(
        method=environ["REQUEST_METHOD"],
        path=path,
        now=now,
        query=query,
        headers=headers,
        address=environ.get("REMOTE_ADDR", ""),
    )


def _read_body(environ: WSGIEnvironment) -> bytes:
    """The whole body; raises Refusal 400, 411 or 413.

    A body that is too large is read all the same: a connection that is closed with unread bytes
    takes the answer with it.
    """
    if environ.get("HTTP_TRANSFER_ENCODING"):
        raise Refusal(411, "length-required", "Send the body with a Content-Length.")
    text = environ.get("CONTENT_LENGTH") or "0"
    if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_LENGTH):
        raise Refusal(400, "length-not-a-number", "Content-Length is not a number of bytes.")
    length = int(text)
    if length <= LARGEST_BODY_BYTES:
        return bytes(environ["wsgi.input"].read(length))
    unread = min(length, LARGEST_UNREAD_BYTES)
    while unread > 0:
        unread -= len(environ["wsgi.input"].read(min(unread, CHUNK_BYTES))) or unread
    raise Refusal(413, "content-too-large", f"A body holds at most {LARGEST_BODY_BYTES:,} bytes.")


def _unauthorized(detail: str, challenge: str) -> Refusal:
    return Refusal(401, "unauthorized", detail, headers=(("WWW-Authenticate", challenge),))


def _too_many_requests(window: Window) -> Refusal:
    seconds = window.seconds_left
    return Refusal(
        429,
        "too-many-requests",
        f"You may send {window.limit} requests a minute. Wait {seconds} seconds.",
        headers=(("Retry-After", str(seconds)),),
    )


def _status_line(status: int) -> str:
    return f"{status} {HTTPStatus(status).phrase}"


def _headers(response: Response) -> list[tuple[str, str]]:
    headers = list(response.headers)
    if response.content_type:
        headers.append(("Content-Type", response.content_type))
    if response.status != HTTPStatus.NO_CONTENT:
        headers.append(("Content-Length", str(len(response.body))))
    return headers

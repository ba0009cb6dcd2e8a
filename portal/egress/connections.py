"""Connections that go where the guards allow, and nowhere else.

Source of the hooks: urllib3 2, `HTTPConnection._new_conn` and `HTTPConnectionPool.ConnectionCls`.
"""

from __future__ import annotations

import http.client
import io
import socket
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from portal.egress.certificates import find_context
from portal.egress.deadlines import Deadline
from portal.egress.dialling import dial
from portal.egress.heads import Head, read_head
from portal.egress.limits import Limits
from portal.egress.messages import Header
from portal.egress.targets import Target
from portal.egress.timings import Step
from portal.egress.urls import TargetURL

__all__ = ["Route", "open_pool"]


@dataclass(slots=True)
class Route:
    """Where one exchange goes and under which limits; afterwards, what went over the wire."""

    url: TargetURL
    target: Target
    limits: Limits
    deadline: Deadline
    sent_headers: list[Header] = field(default_factory=list)
    head: Head | None = None


def open_pool(route: Route) -> HTTPConnectionPool:
    """A pool for the one connection of this route; nothing is dialled yet."""
    url = route.url
    if url.scheme == "http":
        return _GuardedPool(url.host, url.port, maxsize=1, route=route)
    context = find_context(route.target.tls)
    return _GuardedTLSPool(
        url.host,
        url.port,
        maxsize=1,
        route=route,
        ssl_context=context,
        cert_reqs=context.verify_mode,
    )


class _GuardedConnection(HTTPConnection):
    """Dials through the guards, writes the request target as built, notes what is sent."""

    def __init__(self, *args: Any, route: Route, **options: Any) -> None:
        super().__init__(*args, **options)
        self.route = route
        # http.client only calls it, with a socket and options.
        self.response_class = cast("type[Any]", partial(_GuardedResponse, route=route))

    def _new_conn(self) -> socket.socket:
        route = self.route
        return dial(route.url, target=route.target, deadline=route.deadline)

    def connect(self) -> None:
        super().connect()
        self.route.deadline.enter(Step.SENDING)

    def putrequest(self, method: str, url: str, *args: Any, **options: Any) -> None:
        super().putrequest(method, self.route.url.request_target, *args, **options)

    def putheader(self, header: str | bytes, *values: Any) -> None:
        super().putheader(cast("str", header), *values)
        self.route.sent_headers.extend((_text(header), _text(value)) for value in values)

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # urllib3 overrides so, too
        self.route.deadline.enter(Step.FIRST_BYTE)
        return super().getresponse()


class _GuardedTLSConnection(_GuardedConnection, HTTPSConnection):
    """The same over TLS: name and certificate are checked against the URL's host."""


class _GuardedPool(HTTPConnectionPool):
    ConnectionCls = _GuardedConnection


class _GuardedTLSPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedTLSConnection

    def _validate_conn(self, conn: Any) -> None:
        # urllib3 would warn here about connections that are not verified. Whether they may be is
        # the administrator's decision, shown where it was made.
        conn.connect()


class _GuardedResponse(http.client.HTTPResponse):
    """Reads the head within the limits and tells http.client no more than where the body ends.

    http.client itself takes at most 100 headers and believes the last of several lengths.
    """

    def __init__(self, sock: socket.socket, *args: Any, route: Route, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self._route = route

    def begin(self) -> None:
        stream = self.fp
        head = read_head(stream, self._route.limits)
        self.fp = io.BufferedReader(cast("io.RawIOBase", io.BytesIO(head.render_framing())))
        super().begin()
        self.fp = stream
        self._route.head = head


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)

"""What tests of the console start from: a published API, an environment, a session, a draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase

from catalog.building import RequestValues
from catalog.models import Environment, Version
from catalog.openapi import Location
from portal.egress import Request, Response, Timing
from tests.factories import make_environment, make_server, make_version
from tests.tryit.target_api import DEFINITION
from tryit.drafts import Draft
from tryit.selectors import CalledOperation, get_called_operation
from tryit.sessions import SessionStore

__all__ = ["NOW", "FakeSend", "call", "make_api", "make_draft", "make_response", "make_session"]

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TIMING = Timing(dns_ms=1, connect_ms=2, tls_ms=None, first_byte_ms=5, total_ms=10)


def make_api(url: str = "https://api.example.com/v1", *, environment: str = "sandbox") -> Version:
    """The small API, published, with a server in one environment."""
    version = make_version(DEFINITION)
    make_server(version, make_environment(environment), url)
    return version


def make_session() -> SessionBase:
    """An anonymous session that has a key."""
    session = SessionStore()
    session.create()
    return session


def call(operation: str) -> CalledOperation:
    """An operation of the small API."""
    return get_called_operation("example", "v1", operation, user=AnonymousUser())


def make_draft(operation: str, *, query: dict[str, Any] | None = None, **fields: Any) -> Draft:
    """A request to an operation of the small API in Sandbox."""
    environment = fields.pop("environment", None) or Environment.objects.get(slug="sandbox")
    values = fields.pop("values", RequestValues(parameters={Location.QUERY: query or {}}))
    return Draft(called=call(operation), environment=environment, values=values, **fields)


def make_response(
    body: bytes = b"{}", *, status: int = 200, content_type: str = "application/json"
) -> Response:
    """A response of a target."""
    return Response(
        status=status,
        reason="OK" if status == 200 else "",
        headers=(("Content-Type", content_type),),
        body=body,
        truncated=False,
        raw_bytes=len(body),
        sent_headers=(("Host", "api.example.com"),),
        timing=TIMING,
        http_version="1.1",
    )


@dataclass(slots=True)
class FakeSend:
    """Stands for egress: answers with a response, or raises; remembers what it was given."""

    answer: Response | Exception = field(default_factory=make_response)
    requests: list[Request] = field(default_factory=list)
    targets: list[Any] = field(default_factory=list)

    def __call__(self, request: Request, *, target: Any, limits: Any, **_: Any) -> Response:
        self.requests.append(request)
        self.targets.append(target)
        if isinstance(self.answer, Exception):
            raise self.answer
        return Response(
            **{
                **{name: getattr(self.answer, name) for name in Response.__slots__},
                "sent_headers": (("Host", "api.example.com"), *request.headers),
            }
        )


SendFunction = Callable[..., Response]

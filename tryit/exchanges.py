"""Exchanges: one request sent from the console with its response, timings and problems.

Requests stand here already masked; responses as they came, for the one who asked for them.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from catalog.openapi import JSONObject, JSONValue
from portal.egress import Response, Timing
from tryit.services.tokens import TokenView

__all__ = [
    "INLINE_BYTES",
    "Exchange",
    "ExchangeProblem",
    "KeepOffer",
    "SentRequest",
    "body_text",
    "content_type_of",
    "token_json",
]

# Pages and REST answers carry at most this much of a body; the rest is a download.
INLINE_BYTES = 1_000_000

TEXT_TYPES = (
    "application/graphql",
    "application/javascript",
    "application/json",
    "application/jwt",
    "application/x-ndjson",
    "application/x-www-form-urlencoded",
    "application/x-yaml",
    "application/xml",
    "application/yaml",
    "text/",
)
TEXT_SUFFIXES = ("+json", "+xml", "+yaml")


@dataclass(frozen=True, slots=True)
class ExchangeProblem:
    """Something that kept the request from being sent or answered, or that should be known.

    `kind` is stable and for programs; `title`, `message` and `advice` are sentences for people:
    what happened, why, what to do. `facts` are the values behind them.
    """

    kind: str
    title: str
    message: str = ""
    advice: str = ""
    facts: Mapping[str, JSONValue] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """All of it in one text, as the REST API says it."""
        parts = (self.title, self.message, self.advice)
        return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)

    def as_json(self) -> JSONObject:
        """The problem as the REST API answers it."""
        return {**self.facts, "kind": self.kind, "message": self.sentence}


@dataclass(frozen=True, slots=True)
class SentRequest:
    """A request with its secrets masked: as built, and with the headers of the wire once sent."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class KeepOffer:
    """The offer to keep the token of a response that nobody declared a source for.

    `sealed` holds everything needed to keep it later, readable by this portal only.
    """

    variable: str
    environment_name: str
    sealed: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """What came of one press of Send.

    `request` is None when it could not be built, `response` when none came. `token` is the token
    that was kept from this response by itself, `offer` the one that may be.
    """

    request: SentRequest | None = None
    response: Response | None = None
    timing: Timing | None = None
    token: TokenView | None = None
    offer: KeepOffer | None = None
    problems: tuple[ExchangeProblem, ...] = ()

    def as_json(self) -> JSONObject:
        """The exchange as the REST contract fixes it."""
        return {
            "request": None if self.request is None else _request_json(self.request),
            "response": None if self.response is None else _response_json(self.response),
            "timing": None if self.timing is None else asdict(self.timing),
            "token": None if self.token is None else token_json(self.token),
            "problems": [problem.as_json() for problem in self.problems],
        }


def body_text(body: bytes, content_type: str, *, is_cut: bool = False) -> str | None:
    """The body as text, or None when it is none by its content type or its bytes.

    A cut body may end in the middle of a character, which is then left out.
    """
    media_type, _, parameters = content_type.lower().partition(";")
    media_type = media_type.strip()
    is_text = media_type.startswith(TEXT_TYPES) or media_type.endswith(TEXT_SUFFIXES)
    if not is_text and media_type:
        return None
    try:
        return body.decode(_charset(parameters), "ignore" if is_cut else "strict")
    except (LookupError, UnicodeDecodeError):
        return None


def content_type_of(response: Response) -> str:
    """The response's content type, "" when it names none."""
    headers = (value for name, value in response.headers if name.lower() == "content-type")
    return next(headers, "")


def token_json(token: TokenView) -> JSONObject:
    """A kept token as the REST API shows it: never the token itself."""
    return {
        "id": str(token.id),
        "environment": token.environment_slug,
        "source": token.source,
        "scheme": token.scheme,
        "ends_in": token.ends_in,
        "account": token.account,
        "obtained_at": token.obtained_at.isoformat(),
        "expires_at": token.expires_at.isoformat() if token.expires_at else None,
        "refresh_at": token.refresh_at.isoformat() if token.refresh_at else None,
        "is_renewable": token.is_renewable,
        "state": str(token.state),
        "last_error": token.last_error,
        "sent_only_to": list(token.sent_only_to),
    }


def _request_json(request: SentRequest) -> JSONObject:
    return {
        "method": request.method,
        "url": request.url,
        "headers": [list(header) for header in request.headers],
        "body": None if request.body is None else _plain_body(request.body),
    }


def _plain_body(body: bytes) -> JSONValue:
    """Text where it is text; binary the way the REST API takes it."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(body).decode()}


def _response_json(response: Response) -> JSONObject:
    return {
        "status": response.status,
        "reason": response.reason,
        "headers": [list(header) for header in response.headers],
        "body": _body_json(response),
    }


def _body_json(response: Response) -> JSONObject:
    shown = response.body[:INLINE_BYTES]
    is_cut = response.truncated or len(response.body) > INLINE_BYTES
    text = body_text(shown, content_type_of(response), is_cut=is_cut)
    content: JSONObject = (
        {"base64": base64.b64encode(shown).decode()} if text is None else {"text": text}
    )
    return {**content, "size": len(response.body), "truncated": is_cut}


def _charset(parameters: str) -> str:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip() == "charset":
            return value.strip().strip('"')
    return "utf-8"

"""Requests and responses as the operations of the sandbox see them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from examples.sandbox.refusals import Refusal

__all__ = ["Request", "Response", "build_json_response", "format_time", "parse_json_body"]


@dataclass(frozen=True, slots=True)
class Request:
    """One request that reached an operation.

    Header names are lowercase. `now` is the time it arrived, in seconds since 1970. `account` is
    the user name behind the token, empty where no token is needed.
    """

    method: str
    path: str
    now: float
    query: Mapping[str, list[str]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    address: str = ""
    account: str = ""
    path_values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Response:
    """One response; without a body it has no content type either."""

    status: int
    body: bytes = b""
    content_type: str = ""
    headers: tuple[tuple[str, str], ...] = ()


def build_json_response(
    status: int,
    value: Any,
    *,
    content_type: str = "application/json",
    headers: tuple[tuple[str, str], ...] = (),
) -> Response:
    """A response whose body is this value as JSON."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(status, body, content_type, headers)


def parse_json_body(request: Request) -> Any:
    """The body as JSON; raises Refusal 415 for another content type and 400 for what is no JSON."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/json":
        raise Refusal(
            415, "unsupported-media-type", f"The body is {content_type or 'of no type'}, not JSON."
        )
    try:
        return json.loads(request.body)
    except json.JSONDecodeError as error:
        raise Refusal(
            400,
            "not-json",
            f"The body is not JSON: line {error.lineno}, column {error.colno}.",
        ) from error
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "not-json", "The body is not JSON.") from error


def format_time(seconds: float) -> str:
    """Seconds since 1970 as an RFC 3339 time in UTC, without fractions."""
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

"""Logins whose body the user agreed to keep, so that the portal may log in again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog.openapi.json_values import JSONObject, JSONValue

__all__ = ["RENEWED", "KeptLogin", "find_kept_login", "is_renewed", "without_kept_login"]

BODY, REQUEST = "login_body", "login_request"
RENEWED = "is_renewed"
# Written anew for each request, or credentials of something else than this login.
HEADERS_LEFT_OUT = frozenset({"authorization", "content-length", "cookie", "host"})


@dataclass(frozen=True, slots=True)
class KeptLogin:
    """The request that logged in, as it can be sent again.

    `operation` is "<product>/<version>/<slug>", or "" for a login that is only known by its URL.
    """

    operation: str
    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    content_type: str
    body: JSONValue = field(repr=False)

    def as_secrets(self) -> JSONObject:
        """The members of a row's secrets that hold it."""
        headers: list[JSONValue] = [
            [name, value] for name, value in self.headers if name.lower() not in HEADERS_LEFT_OUT
        ]
        request: JSONObject = {
            "operation": self.operation,
            "method": self.method,
            "url": self.url,
            "headers": headers,
            "content_type": self.content_type,
        }
        return {BODY: self.body, REQUEST: request}


def find_kept_login(secrets: Mapping[str, JSONValue]) -> KeptLogin | None:
    """The login kept in a row's secrets; None without consent."""
    request = secrets.get(REQUEST)
    if not isinstance(request, dict) or BODY not in secrets:
        return None
    headers = request.get("headers")
    pairs = headers if isinstance(headers, list) else []
    return KeptLogin(
        operation=str(request.get("operation", "")),
        method=str(request.get("method", "")),
        url=str(request.get("url", "")),
        headers=tuple((str(pair[0]), str(pair[1])) for pair in pairs if isinstance(pair, list)),
        content_type=str(request.get("content_type", "")),
        body=secrets[BODY],
    )


def is_renewed(secrets: Mapping[str, JSONValue]) -> bool:
    """Whether the portal itself obtained the token that is there now."""
    return secrets.get(RENEWED) is True


def without_kept_login(secrets: Mapping[str, JSONValue]) -> JSONObject:
    """The secrets without the login and without what only a login may renew."""
    return {name: value for name, value in secrets.items() if name not in (BODY, REQUEST, RENEWED)}

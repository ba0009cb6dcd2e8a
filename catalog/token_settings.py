"""Settings of token sources, as catalog.yaml declares them: what they may say, and reading them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.problems import Problem, Severity

__all__ = [
    "DEFAULT_LIFETIME_SECONDS",
    "ExpirySetting",
    "ExpiryUnit",
    "LoginRequestSetting",
    "LoginSettings",
    "TokenSettingsError",
    "ValueLocation",
    "ValuePlace",
    "parse_token_settings",
]

DEFAULT_LIFETIME_SECONDS = 3600
OPERATION = re.compile(r"[a-z0-9_-]+/[A-Za-z0-9][A-Za-z0-9._-]*/[^/\s]+")
KINDS_TO_COME = ("oauth2", "refresh")


class ValueLocation(StrEnum):
    """Where a value stands in an answer."""

    BODY = "body"
    HEADER = "header"
    COOKIE = "cookie"


class ExpiryUnit(StrEnum):
    """How an answer states the lifetime: a number of seconds or milliseconds, or a date."""

    SECONDS = "s"
    MILLISECONDS = "ms"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class ValuePlace:
    """A value of an answer; `at` is a JSON pointer in a body, else the name of header or cookie."""

    location: ValueLocation
    at: str


@dataclass(frozen=True, slots=True)
class ExpirySetting:
    """Where in the body the lifetime stands (a JSON pointer), and its unit."""

    at: str
    unit: ExpiryUnit = ExpiryUnit.SECONDS


@dataclass(frozen=True, slots=True)
class LoginRequestSetting:
    """The request that logs in: an operation ("<product>/<version>/<slug>") or a URL.

    Exactly one of `operation` and `url` is set. `body` holds constant fields of the request.
    """

    operation: str = ""
    url: str = ""
    content_type: str = "application/json"
    body: JSONObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LoginSettings:
    """How a source of kind `login` obtains its token.

    `token` None means "detected in the answer"; `expires` None means `expires_in`, then the JWT's
    own `exp`, then `lifetime_seconds`.
    """

    login: LoginRequestSetting
    token: ValuePlace | None = None
    expires: ExpirySetting | None = None
    lifetime_seconds: int = DEFAULT_LIFETIME_SECONDS


class TokenSettingsError(Exception):
    """Settings that cannot be used; `problems` says each reason, with a pointer into them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(" ".join(f"{one.pointer[1:]}: {one.message}" for one in problems))
        self.problems = problems


def parse_token_settings(kind: str, settings: JSONObject) -> LoginSettings:
    """Read the keys of a token source below `slug` and `kind`, as catalog.yaml and REST give them.

    Raises TokenSettingsError with all that is wrong, for kinds and keys of later versions too.
    """
    reader = _Reader()
    if not _kind_is_available(kind, reader):
        raise TokenSettingsError(tuple(reader.problems))
    reader.refuse_unknown(settings, ("login", "token", "expires", "lifetime", "refresh"), "")
    if "refresh" in settings:
        reader.refuse("/refresh", "Refresh calls are not available in this version yet.")
    login = _login_request(settings.get("login"), reader, "/login")
    token = _value_place(settings.get("token"), reader, "/token")
    expires = _expiry(settings.get("expires"), reader, "/expires")
    lifetime = _lifetime(settings.get("lifetime"), reader, "/lifetime")
    if login is None or reader.problems:
        raise TokenSettingsError(tuple(reader.problems))
    return LoginSettings(login, token, expires, lifetime)


class _Reader:
    """Collects what is wrong while values are read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def refuse(self, pointer: str, message: str) -> None:
        self.problems.append(Problem(Severity.ERROR, "token-source", message, pointer))

    def refuse_unknown(self, values: JSONObject, known: tuple[str, ...], pointer: str) -> None:
        for name in values:
            if name not in known:
                keys = ", ".join(known)
                self.refuse(f"{pointer}/{name}", f'"{name}" is not a key here; known: {keys}.')

    def text(self, values: JSONObject, name: str, pointer: str, default: str = "") -> str:
        """A text; without a default it is required."""
        value = values.get(name, default)
        if isinstance(value, str) and value:
            return value
        reason = "is missing" if name not in values else "must be a text that is not empty"
        self.refuse(f"{pointer}/{name}", f'"{name}" {reason}.')
        return default


def _kind_is_available(kind: str, reader: _Reader) -> bool:
    if kind in KINDS_TO_COME:
        reader.refuse("/kind", f'Sources of kind "{kind}" are not available in this version yet.')
    elif kind != "login":
        reader.refuse("/kind", f'"{kind}" is no kind of token source; it takes login.')
    return kind == "login"


def _login_request(value: JSONValue, reader: _Reader, pointer: str) -> LoginRequestSetting | None:
    if not isinstance(value, dict):
        reader.refuse(pointer, '"login" must be an object with operation or url.')
        return None
    reader.refuse_unknown(value, ("operation", "url", "content_type", "body"), pointer)
    if ("operation" in value) == ("url" in value):
        reader.refuse(pointer, '"login" takes either operation or url, exactly one of them.')
        return None
    address = _address(value, reader, pointer)
    content_type = reader.text(value, "content_type", pointer, "application/json")
    body = value.get("body", {})
    if not isinstance(body, dict):
        reader.refuse(f"{pointer}/body", '"body" must be an object of constant fields.')
        return None
    if address is None:
        return None
    operation, url = address
    return LoginRequestSetting(operation, url, content_type, body)


def _address(value: JSONObject, reader: _Reader, pointer: str) -> tuple[str, str] | None:
    if "operation" in value:
        operation = reader.text(value, "operation", pointer)
        if OPERATION.fullmatch(operation):
            return operation, ""
        message = f'"{operation}" names no operation; it takes <product>/<version>/<operation>.'
        reader.refuse(f"{pointer}/operation", message)
        return None
    url = reader.text(value, "url", pointer)
    if _is_web_address(url):
        return "", url
    reader.refuse(f"{pointer}/url", f'"{url}" is no address that starts with https:// or http://.')
    return None


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.hostname) and "@" not in parts.netloc


def _value_place(value: JSONValue, reader: _Reader, pointer: str) -> ValuePlace | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        reader.refuse(pointer, 'This must be an object such as {in: body, at: "/token"}.')
        return None
    reader.refuse_unknown(value, ("in", "at"), pointer)
    location, at = reader.text(value, "in", pointer), reader.text(value, "at", pointer)
    if not location or not at:
        return None
    if location not in set(ValueLocation):
        reader.refuse(f"{pointer}/in", f'"{location}" is no place: body, header or cookie.')
        return None
    if location == ValueLocation.BODY and not at.startswith("/"):
        reader.refuse(f"{pointer}/at", f'"{at}" is no JSON pointer: it starts with "/".')
        return None
    return ValuePlace(ValueLocation(location), at)


def _expiry(value: JSONValue, reader: _Reader, pointer: str) -> ExpirySetting | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        reader.refuse(pointer, 'This must be an object such as {at: "/expires_in", unit: s}.')
        return None
    reader.refuse_unknown(value, ("at", "unit"), pointer)
    at = reader.text(value, "at", pointer)
    unit = reader.text(value, "unit", pointer, ExpiryUnit.SECONDS)
    if at and not at.startswith("/"):
        reader.refuse(f"{pointer}/at", f'"{at}" is no JSON pointer: it starts with "/".')
    if unit not in set(ExpiryUnit):
        reader.refuse(f"{pointer}/unit", f'"{unit}" is no unit: s, ms or date.')
        return None
    return ExpirySetting(at, ExpiryUnit(unit)) if at.startswith("/") else None


def _lifetime(value: JSONValue, reader: _Reader, pointer: str) -> int:
    if value is None:
        return DEFAULT_LIFETIME_SECONDS
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    reader.refuse(pointer, '"lifetime" must be a whole number of seconds above 0.')
    return DEFAULT_LIFETIME_SECONDS

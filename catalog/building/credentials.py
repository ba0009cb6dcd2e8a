"""Credentials: what a security requirement adds to a request, from its variables."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from catalog.building.errors import CannotBuild
from catalog.building.percent_encoding import encode_text
from catalog.building.problems import ProblemKind, RequestProblem
from catalog.building.styles import Pair
from catalog.building.texts import is_unicode
from catalog.building.values import RequestValues
from catalog.openapi import JSONValue, Location, Operation, SchemeType, SecurityScheme

__all__ = ["Credentials", "build_credentials", "hide_credentials", "placeholders"]


@dataclass(frozen=True, slots=True)
class Credentials:
    """Names and values to add; those of the query are percent-encoded already."""

    headers: tuple[Pair, ...] = ()
    query: tuple[Pair, ...] = ()
    cookies: tuple[Pair, ...] = ()
    problems: tuple[RequestProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Credential:
    """One credential and where it goes."""

    location: Location
    name: str
    value: str


def build_credentials(
    operation: Operation, values: RequestValues, variables: Mapping[str, str]
) -> Credentials:
    """Apply the schemes of the chosen security requirement, all of them (AND).

    A scheme whose variable is empty sends nothing and gives a problem. A value filled in by hand
    under the same name wins. Raises CannotBuild when there is no requirement of that index.
    """
    found: dict[tuple[Location, str], _Credential] = {}
    problems: list[RequestProblem] = []
    for scheme in _chosen_schemes(operation, values.security):
        target = _target_of(scheme)
        if target is None:
            if scheme.type is SchemeType.UNKNOWN:
                kind = ProblemKind.UNDEFINED_SECURITY_SCHEME
                problems.append(RequestProblem(kind, "security", scheme.key))
            continue
        location, name = target
        if _is_by_hand(values, location, name):
            continue
        text = _placeholder(scheme) if values.use_placeholders else _value(scheme, variables)
        if text:
            credential = _Credential(location, name, text)
            found.setdefault((location, name.lower()), credential)
        else:
            problems.append(_missing(scheme))
    return Credentials(
        headers=_pairs(found.values(), Location.HEADER),
        query=_pairs(found.values(), Location.QUERY),
        cookies=_pairs(found.values(), Location.COOKIE),
        problems=tuple(problems),
    )


def hide_credentials(operation: Operation, values: RequestValues) -> RequestValues:
    """Put placeholders over values that were filled in by hand where a scheme's credential goes.

    All schemes of the operation count, whichever alternative is chosen.
    """
    parameters = {location: dict(given) for location, given in values.parameters.items()}
    for requirement in operation.security:
        for use in requirement.uses:
            target = _target_of(use.scheme)
            if target is None:
                continue
            location, name = target
            given = parameters.get(location, {})
            for other in _names_by_hand(given, location, name):
                given[other] = _placeholder(use.scheme)
    return replace(values, parameters=parameters)


def placeholders(values: RequestValues) -> RequestValues:
    """The same values with readable placeholders such as `<YOUR_JWT_HERE>` as credentials.

    For code samples, which must not hold secrets. What was filled in by hand as Authorization or
    Cookie is replaced too, and a path parameter without a value stays `{name}`.
    """
    headers = {
        name: "<YOUR_CREDENTIALS_HERE>" if name.lower() in ("authorization", "cookie") else value
        for name, value in values.given(Location.HEADER).items()
    }
    parameters = {**values.parameters, Location.HEADER: headers}
    return replace(values, parameters=parameters, use_placeholders=True)


def _chosen_schemes(operation: Operation, security: int | None) -> list[SecurityScheme]:
    if security is None or not operation.security:
        return []
    if not 0 <= security < len(operation.security):
        problem = RequestProblem(ProblemKind.UNKNOWN_SECURITY, "security", str(security))
        raise CannotBuild(problem)
    return [use.scheme for use in operation.security[security].uses]


def _target_of(scheme: SecurityScheme) -> tuple[Location, str] | None:
    """Where a scheme's credential goes; None when it is no part of the request's text."""
    match scheme.type:
        case SchemeType.HTTP | SchemeType.OAUTH2 | SchemeType.OPEN_ID_CONNECT:
            return Location.HEADER, "Authorization"
        case SchemeType.API_KEY if scheme.name and scheme.location in ("query", "cookie"):
            return Location(scheme.location), scheme.name
        case SchemeType.API_KEY if scheme.name:
            return Location.HEADER, scheme.name
        case _:
            return None


def _is_by_hand(values: RequestValues, location: Location, name: str) -> bool:
    """Whether a value stands there already; names of headers know no case, empty ones no value."""
    given = values.given(location)
    names = _names_by_hand(given, location, name)
    return any(location is not Location.HEADER or given[other] for other in names)


def _names_by_hand(given: Mapping[str, JSONValue], location: Location, name: str) -> list[str]:
    if location is not Location.HEADER:
        return [name] if name in given else []
    return [other for other in given if other.lower() == name.lower()]


def _value(scheme: SecurityScheme, variables: Mapping[str, str]) -> str:
    """What the scheme sends, "" when its variables hold nothing."""
    given = [_read(name, variables) for name in scheme.variable_names]
    if scheme.type is SchemeType.API_KEY:
        return given[0]
    if scheme.type is SchemeType.HTTP and scheme.scheme == "basic":
        user, password = given
        pair = b64encode(f"{user}:{password}".encode()).decode()
        return f"Basic {pair}" if user or password else ""
    prefix = "Bearer" if scheme.takes_bearer_token else scheme.scheme.capitalize()
    token = _without_prefix(given[0], prefix)
    return f"{prefix} {token}".strip() if token else ""


def _read(name: str, variables: Mapping[str, str]) -> str:
    text = variables.get(name, "").strip()
    if not is_unicode(text):
        raise CannotBuild(RequestProblem(ProblemKind.INVALID_TEXT, "security", name))
    return text


def _without_prefix(token: str, prefix: str) -> str:
    """The bare token, also when it was pasted with the scheme before it."""
    first, _, rest = token.partition(" ")
    return rest.strip() if first.lower() == prefix.lower() else token


def _placeholder(scheme: SecurityScheme) -> str:
    match scheme.type:
        case SchemeType.API_KEY:
            return "<YOUR_API_KEY_HERE>"
        case SchemeType.HTTP if not scheme.takes_bearer_token:
            return f"{scheme.scheme.capitalize()} <YOUR_CREDENTIALS_HERE>".strip()
        case SchemeType.HTTP if scheme.bearer_format.upper() == "JWT":
            return "Bearer <YOUR_JWT_HERE>"
        case _:
            return "Bearer <YOUR_TOKEN_HERE>"


def _missing(scheme: SecurityScheme) -> RequestProblem:
    kind = ProblemKind.MISSING_CREDENTIAL
    return RequestProblem(kind, "security", scheme.variable_names[0], detail=scheme.key)


def _pairs(credentials: Iterable[_Credential], location: Location) -> tuple[Pair, ...]:
    return tuple(
        (_encode(one.name, location), _encode(one.value, location))
        for one in credentials
        if one.location is location
    )


def _encode(text: str, location: Location) -> str:
    """Only the query has an encoding of its own: session cookies are compared byte by byte."""
    if location is not Location.QUERY:
        return text
    return encode_text(text, location=location, allow_reserved=False)

"""An operation and the values for it become one HTTP request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from catalog.building.bodies import build_body, choose_content_type
from catalog.building.content_types import is_media_type
from catalog.building.credentials import Credentials, build_credentials, hide_credentials
from catalog.building.errors import CannotBuild
from catalog.building.headers import IGNORED_PARAMETERS, checked_header
from catalog.building.matching import find_mismatches
from catalog.building.parameters import (
    find_parameter,
    given_parameters,
    serialize_cookie,
    serialize_header,
)
from catalog.building.percent_encoding import encode_text
from catalog.building.problems import ProblemKind, RequestProblem
from catalog.building.styles import Pair
from catalog.building.texts import render_text
from catalog.building.urls import build_url, template_names
from catalog.building.values import RequestValues
from catalog.building.variables import substitute_values
from catalog.openapi import Location, Operation, Resolver
from portal.egress import is_refused_header

__all__ = ["BuiltRequest", "build_request"]

NO_COMPONENTS = Resolver({})


@dataclass(frozen=True, slots=True)
class BuiltRequest:
    """A request ready to be sent; `body` is None when there is none.

    Headers are in order and hold no line breaks. Host, Content-Length and the like are left to
    the sender.
    """

    method: str
    url: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    problems: tuple[RequestProblem, ...] = ()


def build_request(
    operation: Operation,
    values: RequestValues,
    *,
    base_url: str,
    variables: Mapping[str, str],
    resolver: Resolver = NO_COMPONENTS,
) -> BuiltRequest:
    """Build the request that these values mean for an operation.

    `base_url` is final: variables of the server's URL template are filled in. `variables` hold
    what `{{name}}` stands for and the credentials of security schemes. `resolver` is needed where
    schemas behind references matter (XML, multipart, checking values). What is missing or does not
    match is a problem of the result and stops nothing.
    Raises CannotBuild where sending would be wrong.
    """
    substituted, problems = substitute_values(values, variables)
    if values.use_placeholders:
        substituted = hide_credentials(operation, substituted)
    credentials = build_credentials(operation, substituted, variables)
    url = build_url(operation, substituted, base_url=base_url, credentials=credentials.query)
    chosen = substituted.content_type or _header_by_hand(substituted, "content-type")
    content_type = choose_content_type(operation, replace(substituted, content_type=chosen))
    body = build_body(operation, substituted, content_type=content_type, resolver=resolver)
    headers, header_problems = _build_headers(operation, substituted, credentials)
    if body is not None:
        headers.append(checked_header("Content-Type", body.content_type))
    return BuiltRequest(
        method=operation.method,
        url=url,
        headers=tuple(headers),
        body=None if body is None else body.content,
        problems=(
            *problems,
            *credentials.problems,
            *header_problems,
            *_missing(operation, substituted, credentials, has_body=body is not None),
            *find_mismatches(operation, substituted, resolver),
        ),
    )


def _build_headers(
    operation: Operation, values: RequestValues, credentials: Credentials
) -> tuple[list[Pair], list[RequestProblem]]:
    """Headers but Content-Type: Accept, parameters, credentials, one Cookie."""
    accept = _header_by_hand(values, "accept") or values.accept or _accepted(operation)
    headers = [checked_header("Accept", accept)]
    problems = []
    by_hand = given_parameters(operation, values, Location.HEADER)
    texts = [(parameter.name, serialize_header(parameter, value)) for parameter, value in by_hand]
    for name, text in [*texts, *credentials.headers]:
        lowered = name.lower()
        if is_refused_header(name):
            problems.append(_refusal(operation, name))
        elif lowered == "authorization" and not text:
            continue
        elif lowered not in ("accept", "content-type", "cookie"):
            headers.append(checked_header(name, text))
    cookies = _build_cookies(operation, values, credentials)
    if cookies:
        headers.append(checked_header("Cookie", cookies))
    return headers, problems


def _refusal(operation: Operation, name: str) -> RequestProblem:
    """A header only the sender may write: declared ones are left out, added ones refused."""
    problem = RequestProblem(ProblemKind.REFUSED_HEADER, "header", name)
    if find_parameter(operation, Location.HEADER, name) is None:
        raise CannotBuild(problem)
    return problem


def _build_cookies(operation: Operation, values: RequestValues, credentials: Credentials) -> str:
    """The value of the Cookie header, "" when there are no cookies."""
    pairs = [
        pair
        for parameter, value in given_parameters(operation, values, Location.COOKIE)
        for pair in serialize_cookie(parameter, value)
    ]
    texts = [f"{name}={value}" for name, value in (*pairs, *credentials.cookies)]
    by_hand = _header_by_hand(values, "cookie")
    return "; ".join([by_hand, *texts] if by_hand else texts)


def _header_by_hand(values: RequestValues, name: str) -> str:
    """The value a person gave a header, "" when there is none."""
    given = values.given(Location.HEADER).items()
    return next((render_text(value) for other, value in given if other.lower() == name), "")


def _accepted(operation: Operation) -> str:
    """The media types of the responses, those of success first; anything when none is named."""
    responses = sorted(
        operation.responses, key=lambda response: not response.status_code.startswith("2")
    )
    names = [
        media_type.name
        for response in responses
        for media_type in response.content
        if is_media_type(media_type.name)
    ]
    return ", ".join(dict.fromkeys(names)) or "*/*"


def _missing(
    operation: Operation, values: RequestValues, credentials: Credentials, *, has_body: bool
) -> list[RequestProblem]:
    """Required parameters and a required body that have no value, and values without a place."""
    problems = [
        RequestProblem(ProblemKind.MISSING_PARAMETER, parameter.location, parameter.name)
        for parameter in operation.parameters
        if parameter.required
        and parameter.location is not Location.PATH
        and not _is_sent(parameter.location, parameter.name, values, credentials)
    ]
    if operation.request_body and operation.request_body.required and not has_body:
        problems.append(RequestProblem(ProblemKind.MISSING_BODY, "body", ""))
    placed = template_names(operation)
    return problems + [
        RequestProblem(ProblemKind.UNUSED_PARAMETER, "path", name)
        for name in values.given(Location.PATH)
        if name not in placed
    ]


def _is_sent(
    location: Location, name: str, values: RequestValues, credentials: Credentials
) -> bool:
    """Whether a parameter has a value, or needs none from a person."""
    if location is Location.HEADER:
        lowered = name.lower()
        sent = {*values.given(location), *dict(credentials.headers)}
        is_ours = lowered in IGNORED_PARAMETERS or is_refused_header(name)
        return is_ours or lowered in {other.lower() for other in sent}
    if location is Location.COOKIE:
        return name in values.given(location) or name in dict(credentials.cookies)
    encoded = encode_text(name, location=Location.QUERY, allow_reserved=False)
    return name in values.given(location) or encoded in dict(credentials.query)

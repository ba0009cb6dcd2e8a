"""What stands in the console's form, exactly as typed, and what it means as a request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from catalog.building import ABSENT, Absent, RequestValues, parse_field_text
from catalog.models import Environment
from catalog.openapi import JSONValue, Location, Parameter
from tryit.drafts import Draft
from tryit.selectors import CalledOperation

__all__ = [
    "ConsoleInput",
    "FieldKey",
    "default_content_type",
    "draft_of",
    "is_structured",
    "read_console_input",
    "shown_parameters",
]

LOCATIONS = (Location.PATH, Location.QUERY, Location.HEADER, Location.COOKIE, Location.QUERYSTRING)
SECURITY_PREFIX = "security."
SEND_PREFIX = "send."
NO_SECURITY = "none"
STRUCTURED_TYPES = (
    "application/json",
    "application/x-www-form-urlencoded",
    "application/xml",
    "multipart/form-data",
    "text/xml",
)
STRUCTURED_SUFFIXES = ("+json", "+xml")

# OpenAPI 3.1.1, 4.8.12.2.1: definitions of these are ignored; other parts of the form set them.
IGNORED_HEADERS = frozenset({"accept", "authorization", "content-type"})

FieldKey = tuple[Location, str]


@dataclass(frozen=True, slots=True)
class ConsoleInput:
    """The values of the console's form.

    `texts` holds what was typed per parameter; a field left empty has no entry. `sent_empty` are
    parameters to be sent although they are empty. `security` is the index of the alternative,
    None for none. `credentials` are the texts of the security fields by variable name.
    `confirmed` is the digest of a request the user has agreed to send to live data. `has_session`
    tells that the session kept something when the form was shown.
    """

    texts: Mapping[FieldKey, tuple[str, ...]] = field(default_factory=dict)
    sent_empty: frozenset[FieldKey] = frozenset()
    content_type: str = ""
    accept: str = ""
    body: str = ""
    security: int | None = 0
    credentials: Mapping[str, str] = field(default_factory=dict)
    environment: str = ""
    stay_signed_in: bool = False
    confirmed: str = ""
    has_session: bool = False

    def own_variables(self) -> dict[str, str]:
        """Credentials typed in place of their variable: they count for this request only.

        An emptied field is one of them: no credential is sent then.
        """
        return {name: text for name, text in self.credentials.items() if text != f"{{{{{name}}}}}"}


def read_console_input(data: QueryDict) -> ConsoleInput:
    """Read a posted form; unknown fields are passed over."""
    return ConsoleInput(
        texts=_read_texts(data),
        sent_empty=_read_sent_empty(data),
        content_type=data.get("content_type", ""),
        accept=data.get("accept", ""),
        body=data.get("body", "").replace("\r\n", "\n"),
        security=_read_security(data.get("security", "0")),
        credentials={
            name.removeprefix(SECURITY_PREFIX): data.get(name, "").strip()
            for name in data
            if name.startswith(SECURITY_PREFIX)
        },
        environment=data.get("environment", ""),
        stay_signed_in=data.get("stay_signed_in", "") == "on",
        confirmed=data.get("confirmed", ""),
        has_session=data.get("has_session", "") == "1",
    )


def draft_of(given: ConsoleInput, called: CalledOperation, environment: Environment) -> Draft:
    """The request the form stands for, `{{variables}}` unresolved."""
    content_type = given.content_type or default_content_type(called)
    value, raw_body = _body(given.body, content_type)
    values = RequestValues(
        parameters=_parameters(given, called),
        content_type=content_type or None,
        accept=given.accept or None,
        body=value if called.operation.request_body else ABSENT,
        security=given.security if called.operation.security else None,
    )
    return Draft(
        called=called,
        environment=environment,
        values=values,
        raw_body=raw_body if called.operation.request_body else None,
        variables=given.own_variables(),
        stay_signed_in=given.stay_signed_in,
    )


def shown_parameters(called: CalledOperation) -> tuple[Parameter, ...]:
    """The parameters with a field of their own, in the definition's order."""
    return tuple(
        parameter
        for parameter in called.operation.parameters
        if parameter.location is not Location.HEADER
        or parameter.name.lower() not in IGNORED_HEADERS
    )


def default_content_type(called: CalledOperation) -> str:
    """The first media type of the operation's body, "" when it has none."""
    body = called.operation.request_body
    return body.content[0].name if body is not None and body.content else ""


def is_structured(content_type: str) -> bool:
    """Whether bodies of this media type are written as JSON in the editor."""
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type in STRUCTURED_TYPES or media_type.endswith(STRUCTURED_SUFFIXES)


def _parameters(
    given: ConsoleInput, called: CalledOperation
) -> dict[Location, dict[str, JSONValue]]:
    parameters: dict[Location, dict[str, JSONValue]] = {}
    for parameter in shown_parameters(called):
        key = (parameter.location, parameter.name)
        if key in given.texts:
            texts = [line for text in given.texts[key] for line in _lines(text)]
            value = parse_field_text(parameter, texts, called.resolver)
            parameters.setdefault(parameter.location, {})[parameter.name] = value
        elif key in given.sent_empty:
            parameters.setdefault(parameter.location, {})[parameter.name] = ""
    return parameters


def _lines(text: str) -> list[str]:
    """The items of a field with one item a line; JSON keeps its lines."""
    start = text.lstrip()
    if start.startswith(("{", "[")) and not start.startswith("{{"):
        return [text]
    return [line for line in text.splitlines() if line]


def _body(text: str, content_type: str) -> tuple[JSONValue | Absent, str | None]:
    """The body as a value, or as raw text when it is none (yet)."""
    if not text.strip():
        return ABSENT, None
    if is_structured(content_type):
        try:
            return json.loads(text, parse_constant=_refuse_constant), None
        except (ValueError, RecursionError):
            return ABSENT, text
    return ABSENT, text


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _read_texts(data: QueryDict) -> dict[FieldKey, tuple[str, ...]]:
    texts = {}
    for location in LOCATIONS:
        prefix = f"{location}."
        for field_name in data:
            values = tuple(value for value in data.getlist(field_name) if value)
            if field_name.startswith(prefix) and values:
                texts[(location, field_name.removeprefix(prefix))] = values
    return texts


def _read_sent_empty(data: QueryDict) -> frozenset[FieldKey]:
    marked = (name.removeprefix(SEND_PREFIX) for name in data if name.startswith(SEND_PREFIX))
    parts = (name.partition(".") for name in marked)
    known = set(LOCATIONS)
    return frozenset(
        (Location(location), name) for location, _dot, name in parts if location in known
    )


def _read_security(text: str) -> int | None:
    if text == NO_SECURITY:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0

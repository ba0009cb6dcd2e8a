"""Which values of a request are secret: credentials, passwords, and what the definition hides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from catalog.building import ABSENT, RequestValues, substitute
from catalog.openapi import JSONObject, JSONValue, Location, MediaType, Resolver, SchemeType
from tryit.drafts import Draft
from tryit.masking import Masking, mask_values

__all__ = ["collect_masking", "is_secret_schema", "security_variables"]

SECRET_NAME = re.compile(
    r"(password|passwd|passphrase|secret|api[_-]?key|refresh[_-]?token|access[_-]?token)$", re.I
)
# For bodies that are not JSON (yet): `"password": "..."`, `password=...`.
SECRET_IN_TEXT = re.compile(
    r"(?:password|passwd|passphrase|secret)[\"']?\s*[:=]\s*[\"']?([^\"'&\s,}]+)", re.I
)
PASSWORD_VARIABLE = re.compile(r"_(password|client_secret)$")
COMBINING = ("allOf", "anyOf", "oneOf")
DEPTH = 20


def collect_masking(
    draft: Draft, *, variables: Mapping[str, str], secret_values: frozenset[str]
) -> Masking:
    """Everything to hide in what this draft becomes.

    `variables` are all values that are put in, `secret_values` those that the session keeps
    secret.
    """
    credentials = {
        name: variables[name].strip()
        for name in security_variables(draft)
        if variables.get(name, "").strip()
    }
    passwords = {text for name, text in credentials.items() if PASSWORD_VARIABLE.search(name)}
    tokens = {*secret_values, *credentials.values()}
    tokens |= {token.removeprefix("Bearer ").strip() for token in credentials.values()}
    written = {*_parameter_secrets(draft), *_body_secrets(draft)}
    passwords |= {substitute(text, variables)[0] for text in written}
    return mask_values(tokens=tokens - passwords, passwords=passwords)


def security_variables(draft: Draft) -> tuple[str, ...]:
    """The names of all variables the security schemes of the operation read."""
    uses = (use for one in draft.called.operation.security for use in one.uses)
    return tuple(dict.fromkeys(name for use in uses for name in use.scheme.variable_names))


def is_secret_schema(schema: JSONValue, resolver: Resolver) -> bool:
    """Whether the definition asks for values of this schema to be hidden."""
    resolved = resolver.resolve(schema)
    if not isinstance(resolved, dict):
        return False
    return resolved.get("format") == "password" or resolved.get("writeOnly") is True


def _parameter_secrets(draft: Draft) -> Iterator[str]:
    """Values of parameters that are passwords, or API keys filled in by hand."""
    operation, resolver = draft.called.operation, draft.called.resolver
    schemes = [use.scheme for one in operation.security for use in one.uses]
    keys = {(one.location, one.name) for one in schemes if one.type is SchemeType.API_KEY}
    keys |= {
        (parameter.location.value, parameter.name)
        for parameter in operation.parameters
        if is_secret_schema(parameter.schema, resolver)
    }
    for location in Location:
        for name, value in draft.values.given(location).items():
            if (location.value, name) in keys or SECRET_NAME.search(name):
                yield from _texts(value)


def _body_secrets(draft: Draft) -> Iterator[str]:
    if draft.raw_body is not None:
        yield from SECRET_IN_TEXT.findall(draft.raw_body)
    body = draft.values.body
    if body is ABSENT or isinstance(body, bytes):
        return
    media_type = _media_type(draft.values, draft)
    schema = media_type.schema if media_type is not None else None
    yield from _secrets_within(body, [schema], draft.called.resolver, DEPTH)


def _media_type(values: RequestValues, draft: Draft) -> MediaType | None:
    request_body = draft.called.operation.request_body
    content = request_body.content if request_body is not None else ()
    chosen = (one for one in content if one.name == values.content_type)
    return next(chosen, content[0] if content else None)


def _secrets_within(
    value: JSONValue, schemas: list[JSONValue], resolver: Resolver, depth: int
) -> Iterator[str]:
    """The texts below a value that its schemas, or the names of its members, call secret."""
    if depth == 0:
        return
    facets = [facet for schema in schemas for facet in _facets(schema, resolver)]
    if isinstance(value, list):
        items = [facet.get("items") for facet in facets]
        for item in value:
            yield from _secrets_within(item, items, resolver, depth - 1)
    if isinstance(value, dict):
        for name, member in value.items():
            below = [_property(facet, name) for facet in facets]
            if SECRET_NAME.search(name) or any(is_secret_schema(one, resolver) for one in below):
                yield from _texts(member)
            else:
                yield from _secrets_within(member, below, resolver, depth - 1)


def _facets(schema: JSONValue, resolver: Resolver) -> list[JSONObject]:
    """A schema and the ones it is combined of, one step deep."""
    resolved = resolver.resolve(schema)
    if not isinstance(resolved, dict):
        return []
    lists = (resolved.get(keyword) for keyword in COMBINING)
    parts = (part for parts in lists if isinstance(parts, list) for part in parts)
    combined = (resolver.resolve(part) for part in parts)
    return [resolved, *(part for part in combined if isinstance(part, dict))]


def _property(facet: JSONObject, name: str) -> JSONValue:
    properties = facet.get("properties")
    return properties.get(name) if isinstance(properties, dict) else None


def _texts(value: JSONValue) -> Iterator[str]:
    """All scalar values below, as text."""
    if isinstance(value, dict):
        for member in value.values():
            yield from _texts(member)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif value is not None and not isinstance(value, bool):
        yield str(value)

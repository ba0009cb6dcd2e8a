"""Samples of an operation: a request in each language, and its responses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from catalog.building import (
    ABSENT,
    Absent,
    BuiltRequest,
    CannotBuild,
    RequestValues,
    build_request,
)
from catalog.highlighting import highlight
from catalog.openapi import (
    Direction,
    JSONValue,
    Location,
    MediaType,
    Operation,
    Parameter,
    Resolver,
    Response,
    sample_media_type,
    sample_schema,
)
from catalog.snippets import LANGUAGES, SampleRequest, render_snippet

__all__ = [
    "CodeSample",
    "Samples",
    "build_code_samples",
    "build_sample_request",
    "build_sample_values",
    "build_samples",
]


@dataclass(frozen=True, slots=True)
class CodeSample:
    """Code under a title, such as a request in one language or the body of a response."""

    anchor: str
    title: str
    code: SafeString


@dataclass(frozen=True, slots=True)
class Samples:
    """What stands beside an operation."""

    requests: tuple[CodeSample, ...]
    responses: tuple[CodeSample, ...]


def build_samples(operation: Operation, resolver: Resolver, *, base_url: str) -> Samples:
    """A request in every language, to the target's real URL, and an example of each response.

    Credentials are placeholders. Without a sample that can be sent there are no requests.
    """
    request = build_sample_request(operation, resolver, base_url=base_url)
    return Samples(
        requests=build_code_samples(request) if request is not None else (),
        responses=tuple(_iter_responses(operation, resolver)),
    )


def build_sample_request(
    operation: Operation, resolver: Resolver, *, base_url: str
) -> BuiltRequest | None:
    """The request of the sample values; None where no such request can be built."""
    values = build_sample_values(operation, resolver)
    try:
        return build_request(operation, values, base_url=base_url, variables={}, resolver=resolver)
    except CannotBuild:
        return None


def build_sample_values(operation: Operation, resolver: Resolver) -> RequestValues:
    """A value for each required parameter and a body, from examples or the schemas."""
    parameters: dict[Location, dict[str, JSONValue]] = {}
    for parameter in operation.parameters:
        if parameter.required:
            value = _sample_parameter(parameter, resolver)
            parameters.setdefault(parameter.location, {})[parameter.name] = value
    content_type, body = _sample_body(operation, resolver)
    return RequestValues(
        parameters=parameters,
        content_type=content_type,
        body=body,
        security=0 if operation.security else None,
        use_placeholders=True,
    )


def build_code_samples(request: BuiltRequest) -> tuple[CodeSample, ...]:
    """The request in every language of the registry."""
    sample = SampleRequest(
        method=request.method, url=request.url, headers=request.headers, body=request.body
    )
    return tuple(
        CodeSample(
            anchor=f"sample-{language.slug}",
            title=language.label,
            code=highlight(render_snippet(language.slug, sample), language.lexer),
        )
        for language in LANGUAGES
    )


def _sample_parameter(parameter: Parameter, resolver: Resolver) -> JSONValue:
    """An example, else a sample; a path parameter is never empty, since it names the resource."""
    if parameter.examples:
        value = parameter.examples[0].value
    elif parameter.content is not None:
        value = sample_media_type(parameter.content, resolver, direction=Direction.REQUEST)
    else:
        value = sample_schema(parameter.schema, resolver, direction=Direction.REQUEST)
    if parameter.location is Location.PATH and value in ("", None, [], {}):
        return f"<{parameter.name}>"
    return value


def _sample_body(operation: Operation, resolver: Resolver) -> tuple[str | None, JSONValue | Absent]:
    body = operation.request_body
    if body is None or not body.content:
        return None, ABSENT
    media_type = next((one for one in body.content if _is_json(one)), body.content[0])
    value = sample_media_type(media_type, resolver, direction=Direction.REQUEST)
    return media_type.name, value


def _iter_responses(operation: Operation, resolver: Resolver) -> Iterator[CodeSample]:
    """Successes first, since that is what a reader looks for."""
    ordered = sorted(operation.responses, key=lambda one: not one.status_code.startswith("2"))
    for response in ordered:
        media_type = _json_content(response)
        if media_type is not None:
            value = sample_media_type(media_type, resolver, direction=Direction.RESPONSE)
            text = json.dumps(value, indent=2, ensure_ascii=False)
            code = highlight(text, "json")
            yield CodeSample(f"example-{response.status_code}", response.status_code, code)


def _json_content(response: Response) -> MediaType | None:
    return next((one for one in response.content if _is_json(one)), None)


def _is_json(media_type: MediaType) -> bool:
    name = media_type.name.partition(";")[0].strip().lower()
    return name.endswith(("/json", "+json")) or name == "*/*"

"""The operation page as data: every fact of one operation, in the order a reader needs them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import unescape
from http import HTTPStatus

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.markdown import render_markdown
from catalog.openapi import (
    Constraint,
    Direction,
    Header,
    Location,
    MediaType,
    Operation,
    Parameter,
    Resolver,
    Response,
    SchemaNode,
    describe_schema,
)
from catalog.schema_rows import SchemaRow, build_row, build_rows
from catalog.security_views import SecurityAlternative, build_alternatives

__all__ = [
    "BodyView",
    "ContentView",
    "OperationPage",
    "ParameterGroup",
    "PathPart",
    "ResponseView",
    "build_operation_page",
    "split_path",
]

GROUPS = (
    (Location.PATH, gettext_lazy("Path parameters")),
    (Location.QUERY, gettext_lazy("Query parameters")),
    (Location.QUERYSTRING, gettext_lazy("Query string")),
    (Location.HEADER, gettext_lazy("Header parameters")),
    (Location.COOKIE, gettext_lazy("Cookie parameters")),
)
TEMPLATE_PARAMETER = re.compile(r"(\{[^{}]*\})")
LONGEST_SUMMARY = 140
REASONS = {str(int(status)): status.phrase for status in HTTPStatus}


@dataclass(frozen=True, slots=True)
class PathPart:
    """A piece of a path; parameters are shown in a colour of their own."""

    text: str
    is_parameter: bool


@dataclass(frozen=True, slots=True)
class ParameterGroup:
    """The parameters of one location."""

    anchor: str
    title: str
    rows: tuple[SchemaRow, ...]


@dataclass(frozen=True, slots=True)
class ContentView:
    """One media type of a body; `root` is None where the definition gives no schema."""

    anchor: str
    media_type: str
    root: SchemaRow | None


@dataclass(frozen=True, slots=True)
class BodyView:
    """A request body."""

    description: SafeString
    required: bool
    contents: tuple[ContentView, ...]


@dataclass(frozen=True, slots=True)
class ResponseView:
    """A documented response. `description` is empty where the summary says all of it."""

    anchor: str
    status_code: str
    summary: str
    description: SafeString
    schema_name: str
    headers: tuple[SchemaRow, ...]
    contents: tuple[ContentView, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class OperationPage:
    """What the page of one operation shows, besides its frame and samples."""

    description: SafeString
    path: tuple[tuple[PathPart, ...], ...]
    security: tuple[SecurityAlternative, ...]
    parameters: tuple[ParameterGroup, ...]
    body: BodyView | None
    responses: tuple[ResponseView, ...]
    docs_url: str
    docs_text: str


@dataclass(frozen=True, slots=True)
class _Describer:
    """Turns schemas of one operation into rows."""

    resolver: Resolver
    reference_url: str

    def parameter(self, parameter: Parameter) -> SchemaNode:
        """A parameter as a schema of its name; its own description and examples come first."""
        content = parameter.content
        schema = content.schema if content is not None else parameter.schema
        node = describe_schema(schema, self.resolver, direction=Direction.REQUEST)
        examples = parameter.examples or (content.examples if content is not None else ())
        extra = (Constraint("contentMediaType", content.name),) if content is not None else ()
        return replace(
            node,
            name=parameter.name,
            required=parameter.required,
            deprecated=parameter.deprecated or node.deprecated,
            description=parameter.description or node.description,
            examples=tuple(one.value for one in examples) or node.examples,
            constraints=(*node.constraints, *extra),
        )

    def header(self, header: Header) -> SchemaNode:
        """A response header as a schema of its name."""
        node = describe_schema(header.schema, self.resolver, direction=Direction.RESPONSE)
        return replace(
            node,
            name=header.name,
            required=header.required,
            deprecated=header.deprecated or node.deprecated,
            description=header.description or node.description,
        )

    def rows(self, nodes: Iterable[SchemaNode], *, anchor: str) -> tuple[SchemaRow, ...]:
        """Rows that stand side by side."""
        return build_rows(nodes, anchor=anchor, reference_url=self.reference_url)

    def contents(
        self, media_types: tuple[MediaType, ...], *, anchor: str, direction: Direction
    ) -> tuple[ContentView, ...]:
        """The media types of a body; with several, each has an anchor of its own."""
        return tuple(
            self._content(
                media_type,
                anchor=anchor if len(media_types) == 1 else f"{anchor}-{position}",
                direction=direction,
            )
            for position, media_type in enumerate(media_types, start=1)
        )

    def _content(self, media_type: MediaType, *, anchor: str, direction: Direction) -> ContentView:
        schema = media_type.schema if media_type.schema is not None else media_type.item_schema
        if schema is None:
            return ContentView(anchor, media_type.name, None)
        node = describe_schema(schema, self.resolver, direction=direction)
        root = build_row(node, anchor=anchor, reference_url=self.reference_url)
        return ContentView(anchor, media_type.name, root)


def build_operation_page(
    operation: Operation, resolver: Resolver, *, reference_url: str
) -> OperationPage:
    """Everything the page of an operation shows; `reference_url` is that of API Documentation."""
    describer = _Describer(resolver, reference_url)
    return OperationPage(
        description=render_markdown(operation.description, heading_level=3),
        path=split_path(operation.path),
        security=build_alternatives(operation.security),
        parameters=tuple(_iter_groups(operation, describer)),
        body=_build_body(operation, describer),
        responses=_build_responses(operation, describer),
        docs_url=_web_address(operation.external_docs.get("url")),
        docs_text=str(operation.external_docs.get("description") or _("More about this operation")),
    )


def split_path(path: str) -> tuple[tuple[PathPart, ...], ...]:
    """A path as segments that each begin with "/", so that lines break between them."""
    segments = [f"/{segment}" for segment in path.removeprefix("/").split("/")]
    return tuple(
        tuple(
            PathPart(part, part.startswith("{"))
            for part in TEMPLATE_PARAMETER.split(segment)
            if part
        )
        for segment in segments
    )


def _iter_groups(operation: Operation, describer: _Describer) -> Iterable[ParameterGroup]:
    for location, title in GROUPS:
        parameters = sorted(operation.parameters_in(location), key=_reading_order)
        nodes = [describer.parameter(one) for one in parameters]
        if nodes:
            anchor = str(location)
            yield ParameterGroup(anchor, str(title), describer.rows(nodes, anchor=anchor))


def _reading_order(parameter: Parameter) -> tuple[bool, bool]:
    """Required first, deprecated last, otherwise as the definition has them."""
    return parameter.deprecated, not parameter.required


def _build_body(operation: Operation, describer: _Describer) -> BodyView | None:
    body = operation.request_body
    if body is None:
        return None
    return BodyView(
        description=render_markdown(body.description, heading_level=3),
        required=body.required,
        contents=describer.contents(body.content, anchor="body", direction=Direction.REQUEST),
    )


def _build_responses(operation: Operation, describer: _Describer) -> tuple[ResponseView, ...]:
    opened = _first_success(operation.responses)
    return tuple(
        _build_response(response, describer, is_open=response.status_code == opened)
        for response in operation.responses
    )


def _first_success(responses: tuple[Response, ...]) -> str:
    codes = [response.status_code for response in responses]
    return next((code for code in codes if code.startswith("2")), codes[0] if codes else "")


def _build_response(response: Response, describer: _Describer, *, is_open: bool) -> ResponseView:
    anchor = f"response-{response.status_code}"
    contents = describer.contents(response.content, anchor=anchor, direction=Direction.RESPONSE)
    headers = [describer.header(header) for header in response.headers]
    description = render_markdown(response.description, heading_level=4)
    words = _plain_text(description) or REASONS.get(response.status_code, "")
    summary = Truncator(words).chars(LONGEST_SUMMARY)
    is_told = summary == response.description.strip()
    return ResponseView(
        anchor=anchor,
        status_code=response.status_code,
        summary=summary,
        description=SafeString() if is_told else description,
        schema_name=_schema_name(contents),
        headers=describer.rows(headers, anchor=f"{anchor}-headers"),
        contents=contents,
        is_open=is_open,
    )


def _plain_text(html: SafeString) -> str:
    """The words of the first paragraph or line."""
    return unescape(strip_tags(html)).strip().partition("\n")[0]


def _schema_name(contents: tuple[ContentView, ...]) -> str:
    """What the first body is: the name of its schema, else its type."""
    roots = (one.root for one in contents if one.root is not None)
    return next((root.schema_name or root.type_words for root in roots), "")


def _web_address(value: object) -> str:
    """A link of the definition, unless it leads somewhere a browser should not go."""
    address = str(value or "")
    return address if address.startswith(("https://", "http://")) else ""

"""Parts of the REST API's own definition that catalog and console share."""

from __future__ import annotations

from typing import Any, TypeAlias

from drf_spectacular.extensions import OpenApiSerializerExtension, OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from catalog.api.shapes import ProblemSerializer

__all__ = [
    "ANYONE",
    "EDITORS",
    "ENVIRONMENT",
    "OPERATION",
    "PRODUCT",
    "VERSION",
    "Responses",
    "answer",
    "problems",
]

Responses: TypeAlias = dict[int | tuple[int, str], OpenApiResponse]

PROBLEM_TYPE = "application/problem+json"
SLUG = r"^[-a-zA-Z0-9_]+$"

# Security requirements, as alternatives. An API token needs no CSRF token; a session does.
ANYONE: list[Any] = [{}, {"apiToken": []}, {"session": []}]
EDITORS: list[Any] = [{"apiToken": []}, {"session": []}]

PRODUCT = OpenApiParameter(
    "product",
    {"type": "string", "pattern": SLUG, "maxLength": 100},
    OpenApiParameter.PATH,
    description="The slug of a product.",
)
VERSION = OpenApiParameter(
    "version",
    {"type": "string", "pattern": r"^[A-Za-z0-9][A-Za-z0-9._-]*$", "maxLength": 50},
    OpenApiParameter.PATH,
    description="The name of a version, such as `v1`.",
)
OPERATION = OpenApiParameter(
    "operation",
    {"type": "string", "pattern": SLUG, "maxLength": 200},
    OpenApiParameter.PATH,
    description="The slug of an operation, as in the address of its page.",
)
ENVIRONMENT = OpenApiParameter(
    "environment",
    {"type": "string", "pattern": SLUG, "maxLength": 50},
    OpenApiParameter.PATH,
    description="The slug of an environment, such as `sandbox`.",
)

REASONS = {
    400: "The input is wrong; `errors` says which field and why.",
    401: "The API token is unknown, expired or revoked, or the call takes one.",
    403: (
        "The caller may not do this: a scope or right is missing, or the `X-CSRFToken` header of "
        "a call without an API token."
    ),
    404: "There is no such thing, or the caller may not see it.",
    406: "The answer does not come in a form that `Accept` names.",
    411: "The web server passes no bodies on that come without a `Content-Length`.",
    413: "The body is too large.",
    415: "The body is not `application/json`.",
}


def answer(shape: Any, description: str) -> OpenApiResponse:
    """An answer of a shape, with the sentence that describes it."""
    return OpenApiResponse(shape, description=description)


def problems(*statuses: int) -> Responses:
    """Refusals by status, each in the words it has everywhere. Every call may answer 401."""
    return {
        (status, PROBLEM_TYPE): OpenApiResponse(ProblemSerializer, description=REASONS[status])
        for status in sorted({401, *statuses})
    }


class StrictSerializerExtension(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Says of bodies that refuse unknown members that they do."""

    target_class = "catalog.api.fields.StrictSerializer"
    match_subclasses = True

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """The schema of the serializer, closed."""
        schema: dict[str, Any] = auto_schema._map_serializer(  # type: ignore[no-untyped-call]
            self.target, direction, bypass_extensions=True
        )
        return {**schema, "additionalProperties": False}


class FlagFieldExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """A flag is a boolean."""

    target_class = "catalog.api.fields.FlagField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """The schema of the field."""
        return {"type": "boolean"}


class TextFieldExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """A text holds no NUL, which not every database keeps."""

    target_class = "catalog.api.fields.TextField"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """The schema of the field."""
        schema: dict[str, Any] = auto_schema._map_serializer_field(  # type: ignore[no-untyped-call]
            self.target, direction, bypass_extensions=True
        )
        return {**schema, "pattern": r"^[^\u0000]*$"}

"""What the definition of the REST API says of the console's operations: one decorator each."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema

from catalog.api.describing import (
    ANYONE,
    ENVIRONMENT,
    OPERATION,
    PRODUCT,
    VERSION,
    answer,
    problems,
)
from tryit.api.serializers import SendSerializer, VariableSerializer
from tryit.api.shapes import ExchangeSerializer, TokenListSerializer, VariableViewSerializer

__all__ = ["delete_variable", "get_variable", "list_tokens", "send_request", "set_variable"]

NAME = OpenApiParameter(
    "name",
    {"type": "string", "pattern": r"^[A-Za-z0-9._-]{1,200}$"},
    OpenApiParameter.PATH,
    description="The name of a variable, such as `bearerToken_token`.",
)
VARIABLE = [PRODUCT, VERSION, ENVIRONMENT, NAME]

send_request = extend_schema(
    operation_id="sendRequest",
    summary="Send a request",
    description=(
        "Sends a request to an operation in an environment, as Send on its page does. A target "
        "that answers 4xx or 5xx is a success here; one that cannot be reached is a problem in "
        "the answer. `{{name}}` stands for a variable wherever text is taken.\n\n"
        "`body` is any JSON for JSON media types, an object for forms, a string otherwise, and "
        '`{"base64": ...}` for bytes. `security` is the index of the alternative to use, null for '
        "none. `variables` hold for this call only.\n\n"
        "Takes the scope `send` of an API token. The portal decides whether people who have not "
        "signed in may send."
    ),
    tags=["Try it"],
    auth=ANYONE,
    parameters=[PRODUCT, VERSION, OPERATION],
    request=SendSerializer,
    responses={
        200: answer(ExchangeSerializer, "The exchange."),
        **problems(400, 403, 404, 406, 413, 415),
    },
    examples=[
        OpenApiExample(
            "A search",
            {"environment": "sandbox", "parameters": {"query": {"country": "NO"}}},
            request_only=True,
        )
    ],
)
get_variable = extend_schema(
    operation_id="getVariable",
    summary="Get a variable",
    description="A variable of the caller's session, as a version sees it in an environment.",
    tags=["Try it"],
    auth=ANYONE,
    parameters=VARIABLE,
    responses={200: answer(VariableViewSerializer, "The variable."), **problems(404, 406)},
)
set_variable = extend_schema(
    operation_id="setVariable",
    summary="Set a variable",
    description=(
        "Variables of security schemes belong to the environment and the token source behind the "
        "scheme: products that share a token source share them. All others belong to the "
        "environment. The value of a secret is never read back.\n\n"
        "Takes the scope `send` of an API token."
    ),
    tags=["Try it"],
    auth=ANYONE,
    parameters=VARIABLE,
    request=VariableSerializer,
    responses={
        200: answer(VariableViewSerializer, "It is set."),
        **problems(400, 403, 404, 406, 413, 415),
    },
)
delete_variable = extend_schema(
    operation_id="deleteVariable",
    summary="Delete a variable",
    description="A variable of a security scheme is emptied. Takes the scope `send`.",
    tags=["Try it"],
    auth=ANYONE,
    parameters=VARIABLE,
    request=None,
    responses={204: OpenApiResponse(description="It is gone."), **problems(403, 404, 406)},
)
list_tokens = extend_schema(
    operation_id="listTokens",
    summary="List tokens",
    description=(
        "The tokens that the caller's session keeps, by environment and token source. The tokens "
        "themselves are never shown."
    ),
    tags=["Try it"],
    auth=ANYONE,
    responses={200: answer(TokenListSerializer, "The tokens."), **problems(406)},
)


class _FieldExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """The schema of a field of our own."""

    schema: dict[str, Any]

    def map_serializer_field(self, auto_schema: AutoSchema, direction: str) -> dict[str, Any]:
        """The schema."""
        return dict(self.schema)


class IndexFieldExtension(_FieldExtension):  # type: ignore[no-untyped-call]
    """A whole number."""

    target_class = "tryit.api.fields.IndexField"
    schema = {"type": "integer", "minimum": 0}


class JSONMapFieldExtension(_FieldExtension):  # type: ignore[no-untyped-call]
    """An object of anything."""

    target_class = "tryit.api.fields.JSONMapField"
    schema = {"type": "object", "additionalProperties": {}}


class JSONValueFieldExtension(_FieldExtension):  # type: ignore[no-untyped-call]
    """Anything."""

    target_class = "tryit.api.fields.JSONValueField"
    schema: dict[str, Any] = {}


class Base64FieldExtension(_FieldExtension):  # type: ignore[no-untyped-call]
    """Bytes in base64."""

    target_class = "tryit.api.fields.Base64Field"
    schema = {"type": "string", "format": "byte"}

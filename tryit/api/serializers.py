"""What the REST API takes to send a request and to set a variable."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from catalog.api.fields import FlagField, StrictSerializer, TextField
from catalog.building import ABSENT, Absent, FilePart, RequestValues
from catalog.models import Environment
from catalog.openapi import JSONValue, Location
from tryit.api.fields import (
    Base64Field,
    IndexField,
    JSONMapField,
    JSONValueField,
    TextMapField,
)
from tryit.console.inputs import default_content_type, is_structured
from tryit.drafts import Draft
from tryit.selectors import CalledOperation

__all__ = ["SendSerializer", "VariableSerializer", "draft_of_order"]


class ParametersSerializer(StrictSerializer):
    """Values of parameters by location and name."""

    path = JSONMapField(required=False)
    query = JSONMapField(required=False)
    header = JSONMapField(required=False)
    cookie = JSONMapField(required=False)


class FileSerializer(StrictSerializer):
    """A file of a form."""

    name = TextField()
    content_type = TextField(required=False, allow_blank=True, default="")
    base64 = Base64Field()


class FilesField(serializers.DictField):
    """Files by form field."""

    child = serializers.ListField(child=FileSerializer())


class SendSerializer(StrictSerializer):
    """The body of `send`, as the contract names its members."""

    environment = TextField()
    parameters = ParametersSerializer(required=False)
    content_type = TextField(required=False)
    body = JSONValueField(required=False)
    files = FilesField(required=False)
    security = IndexField(required=False, allow_null=True, default=0)
    variables = TextMapField(required=False)
    stay_signed_in = FlagField(required=False, default=False)


class VariableSerializer(StrictSerializer):
    """A variable's new value."""

    value = TextField(allow_blank=True)
    secret = FlagField(required=False, default=False)


def draft_of_order(
    order: dict[str, Any], called: CalledOperation, environment: Environment
) -> Draft:
    """The request that a valid `send` body stands for; raises ValidationError for a wrong body."""
    parameters = order.get("parameters", {})
    values = RequestValues(
        parameters={Location(name): given for name, given in parameters.items()},
        content_type=order.get("content_type"),
        body=_body(order, called),
        files={
            name: tuple(
                FilePart(part["name"], part["content_type"], part["base64"]) for part in parts
            )
            for name, parts in order.get("files", {}).items()
        },
        security=order["security"] if called.operation.security else None,
    )
    return Draft(
        called=called,
        environment=environment,
        values=values,
        variables=order.get("variables", {}),
        stay_signed_in=order["stay_signed_in"],
    )


def _body(order: dict[str, Any], called: CalledOperation) -> JSONValue | bytes | Absent:
    """`{"base64": ...}` is binary where the media type is neither JSON, XML nor a form."""
    if "body" not in order:
        return ABSENT
    body: JSONValue = order["body"]
    content_type = order.get("content_type") or default_content_type(called)
    if not isinstance(body, dict) or set(body) != {"base64"} or is_structured(content_type):
        return body
    try:
        return bytes(Base64Field().run_validation(body["base64"]))
    except serializers.ValidationError as error:
        raise serializers.ValidationError({"body": error.detail}) from error

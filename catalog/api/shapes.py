"""The shapes of what the catalog's REST API takes and gives, for its own definition.

`catalog.api.serializers` makes the answers; a test holds them against these shapes.
"""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

from catalog.api.fields import FlagField, StrictSerializer, TextField
from catalog.models import ImportState, Lifecycle
from catalog.openapi import Location, Severity

__all__ = [
    "ImportSerializer",
    "OperationPageSerializer",
    "OperationSerializer",
    "ProblemSerializer",
    "ProductPageSerializer",
    "ProductSerializer",
    "PublicationSerializer",
    "RejectionSerializer",
    "ServerOrderSerializer",
    "SetServerSerializer",
    "VersionSerializer",
]

Shape = serializers.Serializer[Any]
LONGEST_URL = 500


class ProblemSerializer(Shape):
    """Why a call was refused (RFC 9457)."""

    title = serializers.CharField(help_text="The status in words.")
    status = serializers.IntegerField(min_value=400, max_value=599)
    detail = serializers.CharField(help_text="A sentence for people.")
    errors = serializers.DictField(  # type: ignore[assignment]  # declared fields are no attributes
        child=serializers.JSONField(),
        required=False,
        help_text="What is wrong with which field; only for wrong input.",
    )


class VersionSummarySerializer(Shape):
    """A published version of a product."""

    version = serializers.CharField()
    lifecycle = serializers.ChoiceField(Lifecycle.choices)
    sunset_on = serializers.DateField(allow_null=True)
    is_default = serializers.BooleanField()
    openapi = serializers.CharField(help_text="The OpenAPI version of the definition.")
    operations = serializers.IntegerField(min_value=0, help_text="How many there are.")
    url = serializers.URLField(help_text="Its API Documentation.")


class ProductSerializer(Shape):
    """An entry of the catalog."""

    slug = serializers.SlugField()
    name = serializers.CharField()
    summary = serializers.CharField()
    description = serializers.CharField(help_text="Markdown.")
    owner = serializers.CharField()
    contact = serializers.CharField()
    facets = serializers.DictField(
        child=serializers.JSONField(), help_text="Values by the name of the facet."
    )
    lifecycle = serializers.ChoiceField(Lifecycle.choices)
    url = serializers.URLField(help_text="Its page.")
    versions = VersionSummarySerializer(many=True)


class ServerSerializer(Shape):
    """Where a version stands in an environment."""

    environment = serializers.SlugField()
    name = serializers.CharField(help_text="The environment's name.")
    url = serializers.CharField(help_text="The base URL.")
    confirm_writes = serializers.BooleanField(
        help_text="Whether the environment holds live data: the console asks before it writes."
    )


class SetServerSerializer(ServerSerializer):
    """A server as its editor sees it."""

    allow_private = serializers.BooleanField()


class ServerOrderSerializer(StrictSerializer):
    """The base URL of a version in an environment."""

    url = TextField(
        max_length=LONGEST_URL,
        help_text="An absolute http or https URL without query, fragment or credentials.",
    )
    allow_private = FlagField(
        required=False,
        default=False,
        help_text=(
            "Whether exactly this host and port may be a loopback or private address. "
            "Takes an administrator, or a token with the scope admin."
        ),
    )


class DefinitionURLsSerializer(Shape):
    """Where to download a definition."""

    yaml = serializers.URLField()
    json = serializers.URLField()


class VersionSerializer(VersionSummarySerializer):
    """A version with its current revision, servers and definition."""

    product = serializers.SlugField()
    title = serializers.CharField()
    revision = serializers.IntegerField(min_value=1, allow_null=True)
    imported_at = serializers.DateTimeField(allow_null=True)
    servers = ServerSerializer(many=True)
    definition = DefinitionURLsSerializer()


class OperationSummarySerializer(Shape):
    """An operation in a list."""

    slug = serializers.CharField()
    method = serializers.CharField()
    path = serializers.CharField()
    operation_id = serializers.CharField()
    summary = serializers.CharField()
    tags = serializers.ListField(child=serializers.CharField())
    deprecated = serializers.BooleanField()
    url = serializers.URLField(help_text="Its page in the reference.")


class MediaTypeSerializer(Shape):
    """One form of a body."""

    media_type = serializers.CharField()
    schema = serializers.JSONField(help_text="A JSON Schema; references inside it stay.")


ParameterSerializer = inline_serializer(
    name="Parameter",
    fields={
        "name": serializers.CharField(),
        "in": serializers.ChoiceField([location.value for location in Location]),
        "required": serializers.BooleanField(),
        "description": serializers.CharField(),
        "deprecated": serializers.BooleanField(),
        "style": serializers.CharField(),
        "explode": serializers.BooleanField(),
        "allow_reserved": serializers.BooleanField(),
        "allow_empty_value": serializers.BooleanField(),
        "schema": serializers.JSONField(),
        "content": MediaTypeSerializer(allow_null=True),
    },
)


RequestBodySerializer = inline_serializer(
    name="RequestBody",
    fields={
        "required": serializers.BooleanField(),
        "description": serializers.CharField(),
        "content": MediaTypeSerializer(many=True),
    },
    allow_null=True,
)


class DescribedResponseSerializer(Shape):
    """What an operation may answer."""

    status_code = serializers.CharField(help_text="Such as 200, 4XX or default.")
    description = serializers.CharField()
    content = MediaTypeSerializer(many=True)


class SecurityUseSerializer(Shape):
    """A security scheme and the variables its credential is read from."""

    scheme = serializers.CharField()
    type = serializers.CharField()
    title = serializers.CharField()
    variables = serializers.ListField(child=serializers.CharField())
    scopes = serializers.ListField(child=serializers.CharField())


class OperationSerializer(OperationSummarySerializer):
    """All that is needed to call an operation."""

    description = serializers.CharField()
    parameters = serializers.ListField(child=ParameterSerializer)
    request_body = RequestBodySerializer
    responses = DescribedResponseSerializer(many=True)
    security = serializers.ListField(
        child=SecurityUseSerializer(many=True),
        help_text="Alternatives; each lists the schemes it takes together.",
    )


class PageShape(Shape):
    """A page of a list."""

    count = serializers.IntegerField(min_value=0, help_text="How many there are on all pages.")
    next = serializers.URLField(allow_null=True, help_text="The next page; null on the last.")


class ProductPageSerializer(PageShape):
    """A page of products."""

    results = ProductSerializer(many=True)


class OperationPageSerializer(PageShape):
    """A page of operations."""

    results = OperationSummarySerializer(many=True)


class DefinitionProblemSerializer(Shape):
    """A fault of a definition, and where it is."""

    severity = serializers.ChoiceField([severity.value for severity in Severity])
    rule = serializers.CharField(help_text="A stable name.")
    message = serializers.CharField(help_text="A sentence for people.")
    pointer = serializers.CharField(help_text="JSON pointer; empty for the whole document.")
    line = serializers.IntegerField(min_value=1, allow_null=True)
    column = serializers.IntegerField(min_value=1, allow_null=True)


class PublicationSerializer(Shape):
    """What came of publishing."""

    result = serializers.ChoiceField(["created", "unchanged", "rejected"])
    product = serializers.CharField()
    version = serializers.CharField()
    revision = serializers.IntegerField(min_value=1, allow_null=True)
    openapi = serializers.CharField(help_text="The OpenAPI version of the definition.")
    operations = serializers.IntegerField(min_value=0)
    problems = DefinitionProblemSerializer(many=True)


class RejectionSerializer(PublicationSerializer, ProblemSerializer):
    """A definition that was not published, and why."""


class ImportSerializer(Shape):
    """An import that took longer than its caller waited."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(
        ImportState.choices,
        help_text="interrupted: the portal stopped meanwhile and published nothing; send it again.",
    )
    product = serializers.CharField()
    version = serializers.CharField()
    dry_run = serializers.BooleanField()
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    publication = PublicationSerializer(allow_null=True)
    detail = serializers.CharField(help_text="Why it failed; empty otherwise.")

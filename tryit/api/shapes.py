"""The shapes of what the console's REST API answers, for the definition of the API.

`tryit.exchanges` and the views make the answers; a test holds them against these shapes.
"""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from tryit.models import TokenState

__all__ = ["ExchangeSerializer", "TokenListSerializer", "VariableViewSerializer"]

Shape = serializers.Serializer[Any]


class HeaderField(serializers.ListField):
    """A header: its name and its value."""

    child = serializers.CharField()


class SentRequestSerializer(Shape):
    """A request as it was sent, with its secrets masked."""

    method = serializers.CharField()
    url = serializers.CharField()
    headers = serializers.ListField(
        child=HeaderField(min_length=2, max_length=2), help_text="Name and value, in order."
    )
    body = serializers.JSONField(
        help_text='Text, `{"base64": ...}` for bytes, null without a body.'
    )


class ReceivedBodySerializer(Shape):
    """A body as `text`, or as `base64` when it is none."""

    text = serializers.CharField(required=False)
    base64 = serializers.CharField(required=False)
    size = serializers.IntegerField(min_value=0, help_text="Bytes that were read.")
    truncated = serializers.BooleanField()


class ReceivedResponseSerializer(Shape):
    """What the target answered."""

    status = serializers.IntegerField(min_value=100, max_value=999)
    reason = serializers.CharField()
    headers = serializers.ListField(child=HeaderField(min_length=2, max_length=2))
    body = ReceivedBodySerializer()


class TimingSerializer(Shape):
    """How long each step took, in milliseconds; null for one that was not taken."""

    dns_ms = serializers.FloatField(allow_null=True)
    connect_ms = serializers.FloatField(allow_null=True)
    tls_ms = serializers.FloatField(allow_null=True)
    first_byte_ms = serializers.FloatField(allow_null=True)
    total_ms = serializers.FloatField(allow_null=True)


class TokenSerializer(Shape):
    """A token that the session keeps: everything but the token itself."""

    id = serializers.UUIDField()
    environment = serializers.SlugField()
    source = serializers.CharField(  # type: ignore[assignment]  # declared fields are no attributes
        help_text="The slug of its token source."
    )
    scheme = serializers.CharField()
    ends_in = serializers.CharField(help_text="Its last characters; empty for short tokens.")
    account = serializers.CharField(help_text="The user name it was obtained for.")
    obtained_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    refresh_at = serializers.DateTimeField(allow_null=True, help_text="When it is renewed.")
    is_renewable = serializers.BooleanField()
    state = serializers.ChoiceField(TokenState.choices)
    last_error = serializers.CharField()
    sent_only_to = serializers.ListField(child=serializers.CharField())


class ExchangeProblemSerializer(Shape):
    """What kept the request from being sent or answered; further members are its facts."""

    kind = serializers.CharField(help_text="A stable name, such as `dns` or `undefined_variable`.")
    message = serializers.CharField(help_text="What happened, why, and what to do.")


class ExchangeSerializer(Shape):
    """One request that was sent, with its response, timing and problems."""

    request = SentRequestSerializer(allow_null=True)
    response = ReceivedResponseSerializer(allow_null=True)
    timing = TimingSerializer(allow_null=True)
    token = TokenSerializer(allow_null=True)
    problems = ExchangeProblemSerializer(many=True)


class TokenListSerializer(Shape):
    """All tokens of a session; there are few, so it is one page."""

    count = serializers.IntegerField(min_value=0)
    next = serializers.URLField(allow_null=True)
    results = TokenSerializer(many=True)


class VariableViewSerializer(Shape):
    """A variable as a version sees it in an environment."""

    name = serializers.CharField()
    value = serializers.CharField(allow_null=True, help_text="Null for a secret.")
    masked = serializers.CharField(help_text="What may be shown of a secret.")
    secret = serializers.BooleanField()
    built_in = serializers.BooleanField(help_text="Whether it belongs to a security scheme.")
    set = serializers.BooleanField()
    scheme = serializers.CharField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True)

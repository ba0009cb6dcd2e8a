"""Serializer fields for what the console takes, as strict as those of the catalog."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from catalog.api.fields import TextField
from catalog.openapi import JSONObject

__all__ = [
    "Base64Field",
    "IndexField",
    "JSONMapField",
    "JSONValueField",
    "TextMapField",
]


class IndexField(serializers.Field[int, Any, int, Any]):
    """A whole number from 0 on."""

    default_error_messages = {"invalid": _("Must be a whole number from 0 on, or null.")}

    def to_internal_value(self, data: Any) -> int:
        """The number; 1.0 is a whole number too (JSON Schema, 6.1.1)."""
        if isinstance(data, float) and data.is_integer():
            data = int(data)
        if not isinstance(data, int) or isinstance(data, bool) or data < 0:
            self.fail("invalid")
        return data


class JSONValueField(serializers.Field[Any, Any, Any, Any]):
    """Any JSON, null included."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """The value; REST framework would ask before it lets null pass."""
        return None if data is None else super().run_validation(data)

    def to_internal_value(self, data: Any) -> Any:
        """The value as it is."""
        return data


class JSONMapField(serializers.Field[JSONObject, Any, JSONObject, Any]):
    """An object whose members are any JSON."""

    default_error_messages = {"invalid": _("Must be an object.")}

    def to_internal_value(self, data: Any) -> JSONObject:
        """The object as it is."""
        if not isinstance(data, dict):
            self.fail("invalid")
        return data


class TextMapField(serializers.DictField):
    """An object whose members are strings."""

    child = TextField(allow_blank=True)


class Base64Field(serializers.Field[bytes, Any, str, Any]):
    """Bytes in base64."""

    default_error_messages = {"invalid": _("Must be base64.")}

    def to_internal_value(self, data: Any) -> bytes:
        """The bytes."""
        try:
            return base64.b64decode(data, validate=True)
        except (TypeError, ValueError, binascii.Error):
            self.fail("invalid")

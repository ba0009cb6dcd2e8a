"""Serializer fields that take JSON as it is meant: no "1" for 1, no unknown keys."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from catalog.openapi import JSONObject

__all__ = [
    "Base64Field",
    "FlagField",
    "IndexField",
    "JSONMapField",
    "JSONValueField",
    "StrictSerializer",
    "TextField",
    "TextMapField",
]


class StrictSerializer(serializers.Serializer[Any]):
    """An object with the named members and no others; members may not be null."""

    default_error_messages = {"invalid": _("Must be an object.")}

    def to_internal_value(self, data: Any) -> Any:
        """The values; raises ValidationError naming what is wrong or unknown."""
        if isinstance(data, dict):
            unknown = sorted(set(data) - set(self.fields))
            if unknown:
                raise serializers.ValidationError({name: [_("Unknown key.")] for name in unknown})
        return super().to_internal_value(data)


class TextField(serializers.CharField):
    """A string, kept with its white space."""

    def __init__(self, **options: Any) -> None:
        super().__init__(trim_whitespace=False, **options)

    def to_internal_value(self, data: Any) -> str:
        """The string; numbers are none."""
        if not isinstance(data, str):
            self.fail("invalid")
        return data


class FlagField(serializers.Field[bool, Any, bool, Any]):
    """true or false."""

    default_error_messages = {"invalid": _("Must be true or false.")}

    def to_internal_value(self, data: Any) -> bool:
        """The flag."""
        if not isinstance(data, bool):
            self.fail("invalid")
        return data


class IndexField(serializers.Field[int, Any, int, Any]):
    """A whole number from 0 on."""

    default_error_messages = {"invalid": _("Must be a whole number from 0 on, or null.")}

    def to_internal_value(self, data: Any) -> int:
        """The number."""
        if not isinstance(data, int) or isinstance(data, bool) or data < 0:
            self.fail("invalid")
        return data


class JSONValueField(serializers.Field[Any, Any, Any, Any]):
    """Any JSON."""

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

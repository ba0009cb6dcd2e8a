"""Serializer fields that take JSON as it is meant: no "1" for 1, no unknown keys."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

__all__ = ["FlagField", "StrictSerializer", "TextField"]


class StrictSerializer(serializers.Serializer[Any]):
    """An object with the named members and no others; members may not be null."""

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

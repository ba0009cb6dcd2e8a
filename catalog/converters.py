"""Parts of the catalog's URLs."""

from __future__ import annotations

from django.urls.converters import StringConverter

__all__ = ["VersionConverter"]


class VersionConverter(StringConverter):
    """The name of a version: "v1", "2026-01"."""

    regex = r"[A-Za-z0-9][A-Za-z0-9._-]*"

"""The catalog application."""

from __future__ import annotations

from django.apps import AppConfig
from django.urls import register_converter

from catalog.converters import VersionConverter


class CatalogConfig(AppConfig):
    """Products, their definitions and the pages that show them."""

    name = "catalog"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the parts of URLs known that addresses of all applications may use."""
        register_converter(VersionConverter, "version")

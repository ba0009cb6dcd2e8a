"""The catalog application."""

from __future__ import annotations

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """Products, their definitions and the pages that show them."""

    name = "catalog"
    default_auto_field = "django.db.models.BigAutoField"

"""The tryit application."""

from __future__ import annotations

from django.apps import AppConfig


class TryItConfig(AppConfig):
    """The console: sending requests, variables and tokens."""

    name = "tryit"
    default_auto_field = "django.db.models.BigAutoField"

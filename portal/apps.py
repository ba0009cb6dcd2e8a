"""The project itself as an application: it loads the Celery app."""

from __future__ import annotations

import importlib

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Loads the Celery app when Django starts, so that tasks find it."""

    name = "portal"

    def ready(self) -> None:
        """Bind tasks of all applications to the portal's Celery app."""
        importlib.import_module("portal.celery")

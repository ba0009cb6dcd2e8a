"""The console's tables in the admin site: to look at, never to change, and without secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from tryit.models import Heartbeat, SessionToken, TokenJar

__all__ = ["HeartbeatAdmin", "SessionTokenAdmin", "TokenJarAdmin"]

if TYPE_CHECKING:
    ReadOnlyBase: TypeAlias = admin.ModelAdmin[models.Model]
else:
    ReadOnlyBase = admin.ModelAdmin


class ReadOnlyAdmin(ReadOnlyBase):
    """Rows that only the portal itself writes; an administrator may delete them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds rows by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nobody changes rows by hand."""
        return False


@admin.register(TokenJar)
class TokenJarAdmin(ReadOnlyAdmin):
    """Jars: whose they are and how long they live. The session's key stays out of sight."""

    list_display = ("id", "user", "last_used_at", "expires_at")
    fields = list_display


@admin.register(SessionToken)
class SessionTokenAdmin(ReadOnlyAdmin):
    """Tokens: where they belong, when they end and what went wrong."""

    list_display = ("id", "token_source", "environment", "state", "expires_at", "refresh_at")
    list_filter = ("state", "environment", "token_source")
    fields = (
        "id",
        "jar",
        "environment",
        "token_source",
        "state",
        "allowed_origins",
        "obtained_at",
        "expires_at",
        "refresh_at",
        "lease_until",
        "attempts",
        "last_error",
    )


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin):
    """When background jobs last did their round."""

    list_display = ("name", "beat_at")

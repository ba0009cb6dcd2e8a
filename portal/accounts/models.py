"""The portal's users and the API tokens that act for them."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["APIToken", "Scope", "User"]


class User(AbstractUser):
    """A person who signs in to the portal; an own model from the first migration on."""


class Scope(models.TextChoices):
    """What an API token may be used for; every token may read what its user sees."""

    READ = "read", _("Read the catalog")
    SEND = "send", _("Send requests, set variables")
    PUBLISH = "publish", _("Publish definitions, set servers")
    ADMIN = "admin", _("Everything, private addresses included")


class APIToken(models.Model):
    """A token with which a program calls the REST API as its user.

    Only the SHA-256 of the token is kept: its 256 random bits need no slower hash. `ends_in` is
    what lists show of it. `session_key` names the session that holds its variables and tokens,
    "" before its first use (see `portal.accounts.api_tokens`).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="api_tokens",
        verbose_name=_("user"),
    )
    name = models.CharField(_("name"), max_length=100, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    ends_in = models.CharField(_("ends in"), max_length=4)
    scopes = models.JSONField(_("scopes"), default=list)
    session_key = models.CharField(_("session key"), max_length=40, blank=True)
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return self.name or f"…{self.ends_in}"

    def allows(self, scope: Scope) -> bool:
        """Whether the token may be used for this; admin includes the other scopes."""
        return scope is Scope.READ or scope in self.scopes or Scope.ADMIN in self.scopes

    def is_valid(self, now: datetime) -> bool:
        """Whether it is neither revoked nor expired."""
        return self.revoked_at is None and now < self.expires_at

"""Tokens of a session, one per environment and token source."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Environment, TokenSource
from portal.fields import SealedJSONField
from tryit.models.jars import TokenJar

__all__ = ["SessionToken", "TokenState"]


class TokenState(models.TextChoices):
    """Whether a token is kept alive or waits for its user."""

    ACTIVE = "active", _("Active")
    NEEDS_SIGN_IN = "needs_sign_in", _("Needs sign-in")


class SessionToken(models.Model):
    """The credentials a session holds for one token source in one environment.

    `secrets` is an object with any of `access_token`, `refresh_token`, `login_body` (kept only with
    consent), `username`, `password`, `client_id`, `client_secret`; None when it cannot be opened.
    `version` counts writes: whoever changes a row names the version it read. `refresh_at` is None
    for a token nobody renews. `account` is the user name it was obtained for, as shown on pages.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    jar = models.ForeignKey(TokenJar, on_delete=models.CASCADE, related_name="tokens")
    environment = models.ForeignKey(Environment, on_delete=models.CASCADE, related_name="+")
    token_source = models.ForeignKey(TokenSource, on_delete=models.CASCADE, related_name="+")
    secrets = SealedJSONField(
        _("secrets"), bound_to=("id", "jar_id", "environment_id", "token_source_id")
    )
    account = models.CharField(_("account"), max_length=200, blank=True)
    token_endpoint_origin = models.CharField(_("token endpoint"), max_length=300, blank=True)
    allowed_origins = models.JSONField(_("allowed origins"), default=list)
    obtained_at = models.DateTimeField(_("obtained at"))
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    refresh_at = models.DateTimeField(_("refresh at"), null=True, blank=True, db_index=True)
    state = models.CharField(
        _("state"), max_length=20, choices=TokenState.choices, default=TokenState.ACTIVE
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    lease_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    spent_at = models.DateTimeField(_("refresh token spent at"), null=True, blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("session token")
        verbose_name_plural = _("session tokens")
        constraints = (
            models.UniqueConstraint(
                fields=("jar", "environment", "token_source"), name="one_token_per_source"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)

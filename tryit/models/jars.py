"""Token jars: what one session keeps for the console."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["TokenJar"]


class TokenJar(models.Model):
    """The tokens and variables of one session.

    The session's dict holds only the id. The jar follows the session through the key change at
    sign-in (`tryit.sessions`) and is deleted with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session_key = models.CharField(_("session key"), max_length=40, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("user"),
    )
    expires_at = models.DateTimeField(_("expires at"))
    last_used_at = models.DateTimeField(_("last used at"))

    class Meta:
        verbose_name = _("token jar")
        verbose_name_plural = _("token jars")

    def __str__(self) -> str:
        return str(self.id)

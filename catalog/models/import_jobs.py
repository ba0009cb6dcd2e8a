"""Imports over REST that take longer than a caller waits."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.fields import OrderedJSONField

__all__ = ["BackgroundImport", "ImportState"]

# Missing this many seconds of heartbeats, the process that imported is gone.
SILENCE = timedelta(seconds=60)


class ImportState(models.TextChoices):
    """How far an import is. INTERRUPTED is never stored: it is what a silent RUNNING reads as."""

    RUNNING = "running", _("Running")
    FINISHED = "finished", _("Finished")
    FAILED = "failed", _("Failed")
    INTERRUPTED = "interrupted", _("Interrupted")


class BackgroundImport(models.Model):
    """One import that went on in the background, and what came of it.

    `publication` is the summary as the REST API prints it, None until there is one. `detail` says
    why the import failed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("user"),
    )
    product = models.CharField(_("product"), max_length=100)
    version = models.CharField(_("version"), max_length=50)
    is_dry_run = models.BooleanField(_("dry run"), default=False)
    state = models.CharField(
        _("state"), max_length=20, choices=ImportState.choices, default=ImportState.RUNNING
    )
    publication = OrderedJSONField(_("publication"), null=True, blank=True)
    detail = models.TextField(_("detail"), blank=True)
    started_at = models.DateTimeField(_("started at"))
    beat_at = models.DateTimeField(_("last heartbeat at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        ordering = ("-started_at",)
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return f"{self.product} {self.version} {self.id}"

    def state_at(self, now: datetime) -> ImportState:
        """The state a reader should believe: an import whose process fell silent is over."""
        state = ImportState(self.state)
        if state is ImportState.RUNNING and now - self.beat_at > SILENCE:
            return ImportState.INTERRUPTED
        return state

"""Mirrored definitions: where a version's definition comes from, and what its last import did."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.definitions import Revision
from catalog.models.products import Version
from portal.fields import OrderedJSONField, SealedJSONField

__all__ = ["LastImport", "MirrorKind", "MirrorResult", "MirrorSource", "SeenContent"]


class MirrorKind(models.TextChoices):
    """What kind of place a source is."""

    URL = "url", _("URL")
    GIT = "git", _("Git repository")


class MirrorResult(models.TextChoices):
    """What the last check of a source brought."""

    NONE = "", _("Not checked yet")
    PUBLISHED = "published", _("Published")
    UNCHANGED = "unchanged", _("Unchanged")
    HELD = "held", _("Held for approval")
    REJECTED = "rejected", _("Rejected")
    MISSING = "missing", _("Missing")
    MOVED = "moved", _("Moved")
    REFUSED = "refused", _("Refused")
    SERVER_ERROR = "server_error", _("Server error")
    TIMED_OUT = "timed_out", _("Timed out")
    UNREACHABLE = "unreachable", _("Not reached")
    NOT_ALLOWED = "not_allowed", _("Not allowed")
    TOO_LARGE = "too_large", _("Too large")
    NOT_FOUND_IN_GIT = "not_found_in_git", _("Not in the repository")
    NOT_GIT = "not_git", _("No Git repository")
    INTERRUPTED = "interrupted", _("Interrupted")


class SeenContent(models.TextChoices):
    """What became of the content that the source showed last."""

    NONE = "", _("None yet")
    PUBLISHED = "published", _("Published")
    REJECTED = "rejected", _("Rejected")
    HELD = "held", _("Held")
    DISCARDED = "discarded", _("Discarded")


class MirrorSource(models.Model):
    """The upstream place of a version's definition, and how its checks went.

    `etag` of a Git source is the commit it was read from. `seen_files` maps the names of the
    files that were read last to their SHA-256: the same files again need no import.
    `failing_since` is the beginning of a streak without a usable answer, `missing_since` of one
    in which the place was empty. While a check runs, `lease_until` and `slot` are set: two slots
    a host, and `generation` moves on with each claim. `held_key` names the files that wait for
    approval (see `catalog.held_definitions`), `held_reasons` says why, and `held_source` what they
    are to be published as.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="mirror")
    kind = models.CharField(_("kind"), max_length=3, choices=MirrorKind.choices)
    url = models.CharField(_("URL"), max_length=2000)
    ref = models.CharField(_("branch or tag"), max_length=250, blank=True)
    path = models.CharField(_("path in the repository"), max_length=1000, blank=True)
    allow_private = models.BooleanField(_("allow private addresses"), default=False)
    interval_seconds = models.PositiveIntegerField(_("interval in seconds"), default=3600)
    webhook_secret = SealedJSONField(bound_to=("id",), null=True, blank=True)

    host = models.CharField(_("host"), max_length=300, editable=False)
    slot = models.PositiveSmallIntegerField(null=True, editable=False)
    generation = models.PositiveIntegerField(default=0, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    requested_at = models.DateTimeField(null=True, editable=False)
    next_check_at = models.DateTimeField(_("next check"), db_index=True)

    etag = models.TextField(blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    seen_files = OrderedJSONField(default=dict, editable=False)
    seen = models.CharField(max_length=9, choices=SeenContent.choices, blank=True, editable=False)

    checked_at = models.DateTimeField(_("last check"), null=True, editable=False)
    changed_at = models.DateTimeField(_("last change"), null=True, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    missing_since = models.DateTimeField(_("missing since"), null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)
    last_result = models.CharField(
        _("last result"), max_length=16, choices=MirrorResult.choices, blank=True, editable=False
    )
    last_detail = models.CharField(max_length=500, blank=True, editable=False)

    held_key = models.CharField(max_length=32, blank=True, editable=False)
    held_at = models.DateTimeField(null=True, editable=False)
    held_reasons = OrderedJSONField(default=list, editable=False)
    held_source = OrderedJSONField(default=dict, editable=False)

    class Meta:
        ordering = ("version__product__order", "version__product__name", "version__name")
        verbose_name = _("mirror source")
        verbose_name_plural = _("mirror sources")
        constraints = (
            models.UniqueConstraint(fields=("host", "slot"), name="mirror_slots_of_a_host"),
        )

    def __str__(self) -> str:
        return self.url

    def get_absolute_url(self) -> str:
        """The editors' page of its version."""
        return reverse(
            "catalog:manage-version", args=[self.version.product.slug, self.version.name]
        )

    def is_being_checked(self, now: datetime) -> bool:
        """Whether a check is under way."""
        return self.lease_until is not None and self.lease_until > now

    @property
    def is_waiting(self) -> bool:
        """Whether a check was asked for and has not ended since."""
        return self.requested_at is not None


class LastImport(models.Model):
    """What came of the last import into a version, for editors; one a version.

    A rejected definition leaves no revision: its problems are kept here. `revision` is what
    readers saw when the import had ended.
    """

    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="last_import")
    result = models.CharField(_("result"), max_length=9)
    revision = models.ForeignKey(
        Revision, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    source_name = models.CharField(_("file name of the source"), max_length=200, blank=True)
    problems = OrderedJSONField(_("problems"), default=list)
    imported_at = models.DateTimeField(_("imported at"))
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("imported by"),
    )

    class Meta:
        verbose_name = _("last import")
        verbose_name_plural = _("last imports")

    def __str__(self) -> str:
        return f"{self.version}: {self.result}"

    @property
    def is_standing_rejection(self) -> bool:
        """Whether it was rejected, and nothing else was published since."""
        return self.result == "rejected" and self.is_latest

    @property
    def is_latest(self) -> bool:
        """Whether readers see what they saw when this import had ended."""
        return self.revision_id == self.version.current_revision_id

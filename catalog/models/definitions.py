"""Imported definitions: revisions, their operations and components."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.products import Version
from portal.fields import OrderedJSONField

__all__ = ["Component", "Operation", "Revision"]


class Revision(models.Model):
    """One immutable imported copy of a definition.

    The bytes lie in file storage under `storage_key` (see `catalog.definition_files`). `overview`
    holds what the API Documentation page shows besides operations: `info`, `tags`, `servers`,
    `security_schemes` and `external_docs`, in the 3.1 shape. Never altered after it was written.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    sha256 = models.CharField(_("SHA-256 of the source"), max_length=64)
    format = models.CharField(
        _("format"), max_length=4, choices=[("json", "JSON"), ("yaml", "YAML")]
    )
    openapi_version = models.CharField(_("OpenAPI version"), max_length=20)
    title = models.CharField(_("title"), max_length=500, blank=True)
    overview = OrderedJSONField(_("overview"), default=dict)
    operation_count = models.PositiveIntegerField(_("operations"), default=0)
    storage_key = models.CharField(_("storage key"), max_length=32, unique=True)
    yaml_sha256 = models.CharField(_("SHA-256 of the YAML"), max_length=64)
    json_sha256 = models.CharField(_("SHA-256 of the JSON"), max_length=64)
    yaml_bytes = models.PositiveIntegerField(_("size of the YAML in bytes"))
    json_bytes = models.PositiveIntegerField(_("size of the JSON in bytes"))
    source_bytes = models.PositiveIntegerField(_("size of the source in bytes"))
    source_name = models.CharField(_("file name of the source"), max_length=200)
    problems = OrderedJSONField(_("problems"), default=list)
    imported_at = models.DateTimeField(_("imported at"), auto_now_add=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("imported by"),
    )

    class Meta:
        ordering = ("-number",)
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = (
            models.UniqueConstraint(fields=("version", "number"), name="revision_number_unique"),
        )

    def __str__(self) -> str:
        return f"{self.version} revision {self.number}"


class Operation(models.Model):
    """One operation of a revision, in the 3.1 shape and complete without its path item.

    `document` has path-level parameters merged in and `security` and `servers` filled in from
    the root. `reaches` lists the pointers of all components it needs, nearest first.
    """

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="operations")
    position = models.PositiveIntegerField(_("position"))
    slug = models.CharField(_("slug"), max_length=200)
    method = models.CharField(_("method"), max_length=30)
    path = models.TextField(_("path"))
    operation_id = models.TextField(_("operationId"), blank=True)
    summary = models.TextField(_("summary"), blank=True)
    tags = OrderedJSONField(_("tags"), default=list)
    deprecated = models.BooleanField(_("deprecated"), default=False)
    pointer = models.TextField(_("pointer"))
    document = OrderedJSONField(_("document"))
    reaches = OrderedJSONField(_("component pointers"), default=list)

    class Meta:
        ordering = ("position",)
        verbose_name = _("operation")
        verbose_name_plural = _("operations")
        constraints = (
            models.UniqueConstraint(fields=("revision", "slug"), name="operation_slug_unique"),
        )
        indexes = (models.Index(fields=("revision", "position"), name="operation_order"),)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def get_absolute_url(self) -> str:
        """The operation's page in the reference of its version."""
        version = self.revision.version
        return reverse("catalog:operation", args=[version.product.slug, version.name, self.slug])

    @property
    def title(self) -> str:
        """What pages call it: the summary, else method and path."""
        return self.summary or f"{self.method} {self.path}"


class Component(models.Model):
    """One reusable part of a revision, such as a schema, by its JSON pointer."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="components")
    pointer = models.CharField(_("pointer"), max_length=500)
    document = OrderedJSONField(_("document"))

    class Meta:
        verbose_name = _("component")
        verbose_name_plural = _("components")
        constraints = (
            models.UniqueConstraint(
                fields=("revision", "pointer"), name="component_pointer_unique"
            ),
        )

    def __str__(self) -> str:
        return self.pointer

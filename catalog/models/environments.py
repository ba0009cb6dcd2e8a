"""Environments of the portal and the servers a version has in them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.products import Version

__all__ = ["Environment", "Server"]


class Environment(models.Model):
    """A portal-wide environment such as Sandbox or Production.

    `confirm_writes` marks one with live data: anything but reading asks first.
    """

    slug = models.SlugField(_("slug"), max_length=50, unique=True)
    name = models.CharField(_("name"), max_length=100)
    order = models.PositiveIntegerField(_("order"), default=0)
    confirm_writes = models.BooleanField(_("confirm writes"), default=False)

    class Meta:
        ordering = ("order", "name")
        verbose_name = _("environment")
        verbose_name_plural = _("environments")

    def __str__(self) -> str:
        return self.name


class Server(models.Model):
    """The base URL of a version in an environment; only people set it, never a definition.

    `allow_private` opens loopback and private addresses for exactly this host and port.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="servers")
    environment = models.ForeignKey(Environment, on_delete=models.CASCADE, related_name="servers")
    url = models.CharField(_("base URL"), max_length=500)
    allow_private = models.BooleanField(_("allow private addresses"), default=False)

    class Meta:
        ordering = ("environment__order", "environment__name")
        verbose_name = _("server")
        verbose_name_plural = _("servers")
        constraints = (
            models.UniqueConstraint(
                fields=("version", "environment"), name="one_server_per_environment"
            ),
        )

    def __str__(self) -> str:
        return self.url

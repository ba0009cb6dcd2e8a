"""Token sources, and which security scheme of which version uses one."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.products import Product, Version
from portal.fields import OrderedJSONField

__all__ = ["SecurityBinding", "TokenSource", "TokenSourceKind"]


class TokenSourceKind(models.TextChoices):
    """How a source comes by its token; IMPLICIT is a scheme nobody declared a source for."""

    LOGIN = "login", _("Login operation")
    IMPLICIT = "implicit", _("Undeclared")


class TokenSource(models.Model):
    """How a token is obtained and renewed; may be shared by many products.

    `settings` holds the keys of catalog.yaml below `slug` and `kind` (see
    `catalog.token_settings`). `login_operation` repeats "<product>/<version>/<operation>" from
    there so that an operation finds the sources it logs in to. An implicit source belongs to one
    product and is named "<product>.<scheme>"; a dot never occurs in a declared slug.
    """

    slug = models.CharField(_("slug"), max_length=250, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=TokenSourceKind.choices)
    settings = OrderedJSONField(_("settings"), default=dict)
    login_operation = models.CharField(
        _("login operation"), max_length=400, blank=True, db_index=True
    )
    product = models.ForeignKey(
        Product,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="implicit_token_sources",
        verbose_name=_("product"),
    )

    class Meta:
        ordering = ("slug",)
        verbose_name = _("token source")
        verbose_name_plural = _("token sources")

    def __str__(self) -> str:
        return self.slug


class SecurityBinding(models.Model):
    """A security scheme of a version and the token source behind it.

    Every scheme of a published version has one. The security variables of the scheme are views
    of the tokens of that source.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="bindings")
    scheme = models.CharField(_("security scheme"), max_length=200)
    token_source = models.ForeignKey(TokenSource, on_delete=models.CASCADE, related_name="bindings")

    class Meta:
        verbose_name = _("security binding")
        verbose_name_plural = _("security bindings")
        constraints = (
            models.UniqueConstraint(
                fields=("version", "scheme"), name="one_token_source_per_scheme"
            ),
        )

    def __str__(self) -> str:
        return f"{self.scheme}: {self.token_source}"

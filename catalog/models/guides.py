"""Guides: pages in Markdown that belong to a product."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models.products import Product

__all__ = ["Guide"]


class Guide(models.Model):
    """One page of prose beside the reference; its title is the first heading of the text."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="guides")
    slug = models.SlugField(_("slug"), max_length=100)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        ordering = ("order", "slug")
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
        constraints = (
            models.UniqueConstraint(fields=("product", "slug"), name="guide_slug_unique"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The guide's page."""
        return reverse("catalog:guide", args=[self.product.slug, self.slug])

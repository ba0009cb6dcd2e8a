"""Products and their published versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser, Group
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.fields import OrderedJSONField

if TYPE_CHECKING:
    from portal.accounts.models import User

__all__ = ["HOLDER_PREFIX", "Lifecycle", "Product", "Version", "Visibility"]

# Not what anyone would call a product; see ProductQuerySet.holders.
HOLDER_PREFIX = "_importing-"

RESERVED_VERSIONS = frozenset({"reference", "guides", "getting-started", "feed.atom"})


class Lifecycle(models.TextChoices):
    """How far a product or version is in its life."""

    EXPERIMENTAL = "experimental", _("Experimental")
    LIVE = "live", _("Live")
    DEPRECATED = "deprecated", _("Deprecated")
    RETIRED = "retired", _("Retired")


class Visibility(models.TextChoices):
    """Who may know that a product exists."""

    PUBLIC = "public", _("Everyone")
    SIGNED_IN = "signed-in", _("People who have signed in")
    GROUPS = "groups", _("Members of chosen groups")


class ProductQuerySet(models.QuerySet["Product"]):
    """The filters every surface shares."""

    def visible_to(self, user: User | AnonymousUser) -> ProductQuerySet:
        """The products this user may see; what is not in here answers 404 everywhere."""
        if not user.is_authenticated:
            return self.filter(visibility=Visibility.PUBLIC)
        if user.is_staff:
            return self.exclude(slug__startswith=HOLDER_PREFIX)
        shown = Q(visibility__in=(Visibility.PUBLIC, Visibility.SIGNED_IN))
        member = Q(visibility=Visibility.GROUPS, groups__in=user.groups.all())
        return self.filter(shown | member).distinct()

    def holders(self) -> ProductQuerySet:
        """The products that only hold revisions until these are published (see `revisions`)."""
        return self.filter(slug__startswith=HOLDER_PREFIX, visibility=Visibility.GROUPS)


class Product(models.Model):
    """An entry of the catalog."""

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=200)
    summary = models.CharField(_("summary"), max_length=500, blank=True)
    description = models.TextField(_("description"), blank=True)
    owner = models.CharField(_("owner"), max_length=200, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    facets = OrderedJSONField(_("facets"), default=dict, blank=True)
    lifecycle = models.CharField(
        _("lifecycle"), max_length=20, choices=Lifecycle.choices, default=Lifecycle.LIVE
    )
    visibility = models.CharField(
        _("visibility"), max_length=20, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    groups = models.ManyToManyField(Group, verbose_name=_("groups"), blank=True)
    order = models.PositiveIntegerField(_("order"), default=0)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ("order", "name")
        verbose_name = _("product")
        verbose_name_plural = _("products")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The product's overview page."""
        return reverse("catalog:product", args=[self.slug])


class Version(models.Model):
    """One published API version of a product, such as "v1" or "2026-01"."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="versions")
    name = models.CharField(
        _("name"),
        max_length=50,
        validators=[RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9._-]*$")],
    )
    lifecycle = models.CharField(
        _("lifecycle"), max_length=20, choices=Lifecycle.choices, default=Lifecycle.LIVE
    )
    sunset_on = models.DateField(_("sunset date"), null=True, blank=True)
    is_default = models.BooleanField(_("default version"), default=False)
    current_revision = models.ForeignKey(
        "catalog.Revision",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("current revision"),
    )

    class Meta:
        ordering = ("-is_default", "name")
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = (
            models.UniqueConstraint(fields=("product", "name"), name="version_name_unique"),
            models.UniqueConstraint(
                fields=("product",), condition=Q(is_default=True), name="one_default_version"
            ),
            models.CheckConstraint(
                condition=~Q(name__in=sorted(RESERVED_VERSIONS)), name="version_name_not_reserved"
            ),
        )

    def __str__(self) -> str:
        return f"{self.product} {self.name}"

    def get_absolute_url(self) -> str:
        """The API Documentation page."""
        return reverse("catalog:reference", args=[self.product.slug, self.name])

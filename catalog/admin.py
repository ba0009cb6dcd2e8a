"""The catalog in the admin site: what people decide; what was imported is only looked at."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog.admin_forms import ProductForm, ServerForm
from catalog.models import (
    Environment,
    Guide,
    Product,
    Revision,
    SecurityBinding,
    Server,
    TokenSource,
    Version,
)

__all__ = [
    "EnvironmentAdmin",
    "GuideAdmin",
    "ProductAdmin",
    "RevisionAdmin",
    "TokenSourceAdmin",
    "VersionAdmin",
]

if TYPE_CHECKING:
    ProductBase: TypeAlias = admin.ModelAdmin[Product]
    VersionBase: TypeAlias = admin.ModelAdmin[Version]
    EnvironmentBase: TypeAlias = admin.ModelAdmin[Environment]
    GuideBase: TypeAlias = admin.ModelAdmin[Guide]
    TokenSourceBase: TypeAlias = admin.ModelAdmin[TokenSource]
    RevisionBase: TypeAlias = admin.ModelAdmin[Revision]
    VersionInlineBase: TypeAlias = admin.TabularInline[Version, Product]
    ServerInlineBase: TypeAlias = admin.TabularInline[Server, Version]
    BindingInlineBase: TypeAlias = admin.TabularInline[SecurityBinding, Version]
else:
    ProductBase = VersionBase = EnvironmentBase = admin.ModelAdmin
    GuideBase = TokenSourceBase = RevisionBase = admin.ModelAdmin
    VersionInlineBase = ServerInlineBase = BindingInlineBase = admin.TabularInline


class VersionInline(VersionInlineBase):
    """The versions of a product; a new one comes by publishing a definition."""

    model = Version
    fields = ("name", "lifecycle", "sunset_on", "is_default", "current_revision")
    readonly_fields = ("name", "current_revision")
    show_change_link = True
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Product | None = None) -> bool:
        """Nobody makes a version without a definition."""
        return False


class ServerInline(ServerInlineBase):
    """The base URLs of a version; they are checked as commands check them."""

    model = Server
    form = ServerForm
    extra = 0

    def get_readonly_fields(
        self, request: HttpRequest, obj: Version | None = None
    ) -> tuple[str, ...]:
        """Opening private addresses is for superusers: it reaches into the portal's own network."""
        return () if request.user.is_superuser else ("allow_private",)


class BindingInline(BindingInlineBase):
    """Which token source stands behind each security scheme of a version."""

    model = SecurityBinding
    readonly_fields = ("scheme",)
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Version | None = None) -> bool:
        """The schemes are those of the definition."""
        return False


@admin.register(Product)
class ProductAdmin(ProductBase):
    """Products: their words, who may see them, their place in the catalog."""

    form = ProductForm
    list_display = ("name", "slug", "owner", "lifecycle", "visibility", "order", "updated_at")
    list_filter = ("lifecycle", "visibility", "owner")
    search_fields = ("name", "slug", "summary", "owner")
    prepopulated_fields = {"slug": ("name",)}
    filter_horizontal = ("groups",)
    inlines = (VersionInline,)


@admin.register(Version)
class VersionAdmin(VersionBase):
    """Versions with their servers and the token sources behind their security schemes."""

    list_display = ("product", "name", "lifecycle", "sunset_on", "is_default", "current_revision")
    list_display_links = ("product", "name")
    list_filter = ("lifecycle", "is_default", "product")
    list_select_related = ("product", "current_revision__version__product")
    search_fields = ("product__name", "product__slug", "name")
    readonly_fields = ("product", "name", "current_revision")
    inlines = (ServerInline, BindingInline)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A version comes into being by publishing a definition."""
        return False


@admin.register(Environment)
class EnvironmentAdmin(EnvironmentBase):
    """Environments, in the order of the selector."""

    list_display = ("name", "slug", "order", "confirm_writes")
    list_filter = ("confirm_writes",)
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Guide)
class GuideAdmin(GuideBase):
    """Guides of products."""

    list_display = ("title", "product", "slug", "order")
    list_filter = ("product",)
    list_select_related = ("product",)
    search_fields = ("title", "slug", "text")


@admin.register(TokenSource)
class TokenSourceAdmin(TokenSourceBase):
    """Token sources to look at; catalog.yaml declares them, where their keys are checked."""

    list_display = ("slug", "kind", "login_operation", "product")
    list_filter = ("kind", "product")
    list_select_related = ("product",)
    search_fields = ("slug", "login_operation")
    fields = ("slug", "kind", "login_operation", "product", "written_settings")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They are declared in catalog.yaml."""
        return False

    @admin.display(description=_("settings"))
    def written_settings(self, source: TokenSource) -> str:
        """The keys of catalog.yaml as JSON; secrets are named there and never written."""
        return json.dumps(source.settings, ensure_ascii=False, indent=2)


@admin.register(Revision)
class RevisionAdmin(RevisionBase):
    """Imported definitions, which nothing alters."""

    list_display = (
        "version",
        "number",
        "title",
        "openapi_version",
        "operation_count",
        "imported_at",
    )
    list_display_links = ("version", "number")
    list_filter = ("openapi_version", "format", "version__product")
    list_select_related = ("version__product",)
    search_fields = ("title", "version__product__slug", "sha256")
    fields = (
        *("version", "number", "title", "openapi_version", "format", "operation_count"),
        *("source_name", "source_bytes", "sha256", "imported_at", "imported_by"),
    )
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A revision comes into being by publishing."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Revision | None = None) -> bool:
        """A revision stays as it was imported."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Revision | None = None) -> bool:
        """Its files would stay behind."""
        return False

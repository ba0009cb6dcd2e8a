"""Accounts in the admin site: people with their rights, and API tokens without anything secret."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.api_tokens import revoke_api_token
from portal.accounts.models import APIToken, User

__all__ = ["APITokenAdmin", "UserAdmin"]

if TYPE_CHECKING:
    TokenAdminBase: TypeAlias = admin.ModelAdmin[APIToken]
    UserBase: TypeAlias = DjangoUserAdmin[User]
else:
    TokenAdminBase = admin.ModelAdmin
    UserBase = DjangoUserAdmin

# The portal sends nothing to addresses it would have to verify, so these rows tell nothing.
admin.site.unregister(EmailAddress)


@admin.register(User)
class UserAdmin(UserBase):
    """Users: names, addresses, groups, whether they may sign in."""

    list_display = ("username", "email", "is_active", "is_staff", "is_superuser", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", "groups")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Rights are given by superusers only, or anybody who edits users could take them all."""
        if request.user.is_superuser:
            return ("last_login", "date_joined")
        rights = ("is_staff", "is_superuser", "groups", "user_permissions")
        return ("last_login", "date_joined", *rights)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A superuser's account, with its password, is changed by superusers only."""
        if isinstance(obj, User) and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)


@admin.register(APIToken)
class APITokenAdmin(TokenAdminBase):
    """Tokens: whose they are, what they may do and when they were used. To look at and revoke."""

    list_display = (
        "name",
        "ends_in",
        "user",
        "scopes",
        "created_at",
        "expires_at",
        "last_used_at",
        "revoked_at",
    )
    list_filter = ("revoked_at", "expires_at")
    search_fields = ("name", "user__username", "ends_in")
    list_select_related = ("user",)
    fields = list_display
    actions = ("revoke",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Tokens are made by `manage.py create_api_token`, which shows them once."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: APIToken | None = None) -> bool:
        """Nobody changes a token that was given out."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: APIToken | None = None) -> bool:
        """A token is revoked, and stays in the list."""
        return False

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        """Whoever may delete tokens may revoke them."""
        return bool(request.user.has_perm("accounts.delete_apitoken"))

    @admin.action(description=_("Revoke the chosen tokens"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, tokens: QuerySet[APIToken]) -> None:
        """End the chosen tokens at once."""
        for token in tokens:
            revoke_api_token(token, now=timezone.now())

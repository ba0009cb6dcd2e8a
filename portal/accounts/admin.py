"""People and their rights in the admin site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.http import HttpRequest

from portal.accounts.models import User

__all__ = ["UserAdmin"]

if TYPE_CHECKING:
    UserBase: TypeAlias = DjangoUserAdmin[User]
else:
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

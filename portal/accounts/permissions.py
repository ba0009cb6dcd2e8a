"""What a caller of the REST API may do: scopes of API tokens, rights of signed-in users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from portal.accounts.models import APIToken, Scope

if TYPE_CHECKING:
    from rest_framework.views import APIView  # it imports the permissions of the settings

__all__ = ["PublisherPermission", "ScopePermission", "may_open_private_addresses"]


class ScopePermission(BasePermission):
    """Lets an API token do what its scopes say; sessions pass.

    A view names the scope of each of its unsafe methods in `scopes`; where it does not, only
    "admin" will do. Raises PermissionDenied.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        """True, or an exception that says which scope is missing."""
        if isinstance(request.auth, APIToken) and _is_offered(request, view):
            _check_scope(request.auth, _required_scope(request, view))
        return True


class PublisherPermission(ScopePermission):
    """Lets only editors change the catalog: staff, or a token with the scope of the method."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """True, or an exception: 401 for strangers, 403 for people who are no editors."""
        super().has_permission(request, view)
        if request.method in SAFE_METHODS or not _is_offered(request, view) or request.auth:
            return True
        if not request.user.is_authenticated:
            raise NotAuthenticated(_("Sign in as an editor, or send an API token."))
        if not request.user.is_staff:
            raise PermissionDenied(_("Only editors may change the catalog."))
        return True


def may_open_private_addresses(request: Request) -> bool:
    """Whether the caller may let servers stand on loopback or private addresses."""
    if isinstance(request.auth, APIToken):
        return request.auth.allows(Scope.ADMIN)
    return bool(request.user.is_superuser)


def _required_scope(request: Request, view: APIView) -> Scope:
    if request.method in SAFE_METHODS:
        return Scope.READ
    scopes: dict[str, Scope] = getattr(view, "scopes", {})
    return scopes.get(request.method or "", Scope.ADMIN)


def _check_scope(token: APIToken, scope: Scope) -> None:
    if not token.allows(scope):
        message = _("This API token lacks the scope “%(scope)s”.")
        raise PermissionDenied(message % {"scope": scope.value})


def _is_offered(request: Request, view: APIView) -> bool:
    """Whether the view answers this method at all; what it does not is a 405 to everyone."""
    return hasattr(view, (request.method or "").lower())

"""What the addresses of the console's REST API name; what is not there is said by its name."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils.translation import gettext as _

from catalog.models import Environment, Operation, Product, Version
from catalog.selectors import get_product, get_version
from portal.accounts.models import User
from tryit.selectors import CalledOperation, get_called_operation

__all__ = ["get_addressed_environment", "get_addressed_operation", "get_addressed_version"]


def get_addressed_operation(
    product: str, version: str, operation: str, *, user: User | AnonymousUser
) -> CalledOperation:
    """The operation; raises Http404 naming the first part of the address that is not there.

    A product the user may not see is none.
    """
    try:
        return get_called_operation(product, version, operation, user=user)
    except Version.DoesNotExist as error:
        raise Http404(_describe_missing_version(product, version, user)) from error
    except Operation.DoesNotExist as error:
        message = _("There is no operation “%(operation)s” in %(product)s %(version)s.")
        facts = {"operation": operation, "product": product, "version": version}
        raise Http404(message % facts) from error


def get_addressed_version(product: str, version: str, *, user: User | AnonymousUser) -> Version:
    """The version; raises Http404 naming the product or version that is not there."""
    try:
        return get_version(product, version, user)
    except Version.DoesNotExist as error:
        raise Http404(_describe_missing_version(product, version, user)) from error


def get_addressed_environment(slug: str) -> Environment:
    """The environment; raises Http404."""
    environment = Environment.objects.filter(slug=slug).first()
    if environment is None:
        raise Http404(_("There is no environment “%(slug)s”.") % {"slug": slug})
    return environment


def _describe_missing_version(product: str, version: str, user: User | AnonymousUser) -> str:
    try:
        get_product(product, user)
    except Product.DoesNotExist:
        return _("There is no product “%(product)s”.") % {"product": product}
    return _("There is no version “%(version)s” of %(product)s.") % {
        "version": version,
        "product": product,
    }

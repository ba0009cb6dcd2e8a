"""Which operation of a version gives its token."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet

from catalog.models import Operation, Product, TokenSource, TokenSourceKind, Version
from catalog.openapi import JSONValue
from portal.accounts.models import User

__all__ = ["find_login_operation"]

LOGIN_WORDS = ("authenticate", "login", "log-in", "sign-in", "signin", "token", "session")
MOST_CANDIDATES = 20


def find_login_operation(version: Version, user: User | AnonymousUser) -> Operation | None:
    """The login operation behind the version's token sources, else one that looks like it.

    A declared one may belong to another product, which the user must be allowed to see. Without
    one, it is the first POST operation that takes no credentials and whose name speaks of signing
    in. The row comes with revision, version and product.
    """
    declared = TokenSource.objects.filter(
        kind=TokenSourceKind.LOGIN, bindings__version=version
    ).exclude(login_operation="")
    for path in declared.values_list("login_operation", flat=True):
        product, _first, rest = path.partition("/")
        version_name, _second, slug = rest.partition("/")
        found = _operations(user).filter(
            revision__version__product__slug=product,
            revision__version__name=version_name,
            slug=slug,
        )
        operation = found.first()
        if operation is not None:
            return operation
    return _find_by_name(version, user)


def _find_by_name(version: Version, user: User | AnonymousUser) -> Operation | None:
    schemes: JSONValue = None
    if version.current_revision is not None:
        schemes = version.current_revision.overview.get("security_schemes")
    if not schemes:
        return None
    named = Q()
    for word in LOGIN_WORDS:
        named |= Q(slug__contains=word) | Q(path__icontains=word)
    candidates = _operations(user).filter(
        named, revision=version.current_revision_id, method="POST"
    )[:MOST_CANDIDATES]
    open_ones = [one for one in candidates if not one.document.get("security")]
    return next(_iter_by_word(open_ones), None)


def _iter_by_word(operations: list[Operation]) -> Iterator[Operation]:
    for word in LOGIN_WORDS:
        yield from (one for one in operations if word in f"{one.slug} {one.path}".lower())


def _operations(user: User | AnonymousUser) -> QuerySet[Operation]:
    return Operation.objects.filter(
        revision__version__product__in=Product.objects.visible_to(user),
        revision__version__current_revision_id=F("revision_id"),
    ).select_related("revision__version__product")

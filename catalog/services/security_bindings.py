"""Which token source stands behind each security scheme of a version."""

from __future__ import annotations

from catalog.models import SecurityBinding, TokenSource, TokenSourceKind, Version
from catalog.openapi import JSONObject

LONGEST_NAME = 120

__all__ = ["bind_schemes", "declare_binding"]


def bind_schemes(version: Version, overview: JSONObject) -> None:
    """Give every scheme of a version a token source; declared ones stay as they are.

    A scheme that nobody declared a source for gets an implicit one of this product. Bindings of
    schemes the definition no longer has go.
    """
    schemes = overview.get("security_schemes")
    names = {name for name in schemes if _is_name(name)} if isinstance(schemes, dict) else set()
    version.bindings.exclude(scheme__in=names).delete()
    bound = set(version.bindings.values_list("scheme", flat=True))
    for scheme in sorted(names - bound):
        SecurityBinding.objects.create(
            version=version, scheme=scheme, token_source=_implicit_source(version, scheme)
        )


def declare_binding(version: Version, scheme: str, token_source: TokenSource) -> bool:
    """Put a declared source behind a scheme; whether that changed anything."""
    binding = version.bindings.filter(scheme=scheme).first()
    if binding is not None and binding.token_source_id == token_source.pk:
        return False
    SecurityBinding.objects.update_or_create(
        version=version, scheme=scheme, defaults={"token_source": token_source}
    )
    return True


def _is_name(text: str) -> bool:
    """Whether a scheme's key can be kept; what is longer is nobody's real one."""
    return len(text) <= LONGEST_NAME and "\0" not in text


def _implicit_source(version: Version, scheme: str) -> TokenSource:
    source, _made = TokenSource.objects.get_or_create(
        slug=f"{version.product.slug}.{scheme}",
        defaults={"kind": TokenSourceKind.IMPLICIT, "product": version.product},
    )
    return source

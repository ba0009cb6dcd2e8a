"""Cards of the catalog: what tells one product from another at a glance."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from catalog.models import Product, Version
from catalog.openapi import JSONValue, read_security_scheme
from catalog.security_views import name_authentication
from catalog.selectors import list_products_with_versions
from portal.accounts.models import User

__all__ = ["Card", "list_cards"]

TONES = ("green", "blue", "purple", "teal", "amber")


@dataclass(frozen=True, slots=True)
class Card:
    """A product in the catalog. `facets` maps each facet's name to the product's values."""

    product: Product
    sign: str
    tone: str
    version: Version | None
    facets: Mapping[str, tuple[str, ...]]
    authentication: tuple[str, ...]

    @property
    def facet_words(self) -> tuple[str, ...]:
        """The values of each facet in a line: "Nordics, Baltics"."""
        return tuple(", ".join(values) for values in self.facets.values() if values)

    def mentions(self, words: list[str]) -> bool:
        """Whether each word stands in the product's name, summary, owner or facets."""
        product = self.product
        text = " ".join(
            [product.name, product.slug, product.summary, product.owner, *self.facet_words]
        )
        return all(word in text.lower() for word in words)


def list_cards(user: User | AnonymousUser) -> list[Card]:
    """The cards of all products a user may see, in the catalog's order."""
    products = list_products_with_versions(user)
    return [_build_card(product) for product in products]


def _build_card(product: Product) -> Card:
    version = next(iter(product.versions.all()), None)
    return Card(
        product=product,
        sign=build_sign(product.name),
        tone=choose_tone(product.slug),
        version=version,
        facets=_read_facets(product.facets),
        authentication=_read_authentication(version),
    )


def build_sign(name: str) -> str:
    """Two letters in place of a logo: "Co" for Company Data."""
    letters = [letter for letter in name if letter.isalnum()]
    return "".join(letters[:2]).capitalize()


def choose_tone(slug: str) -> str:
    """The colour of a product's sign: always the same one, wherever the product stands."""
    return TONES[zlib.crc32(slug.encode()) % len(TONES)]


def _read_facets(facets: JSONValue) -> dict[str, tuple[str, ...]]:
    if not isinstance(facets, dict):
        return {}
    return {
        str(name): tuple(str(value) for value in (values if isinstance(values, list) else [values]))
        for name, values in facets.items()
    }


def _read_authentication(version: Version | None) -> tuple[str, ...]:
    revision = version.current_revision if version is not None else None
    schemes = revision.overview.get("security_schemes", {}) if revision is not None else {}
    names = (name_authentication(read_security_scheme(key, raw)) for key, raw in schemes.items())
    return tuple(dict.fromkeys(names))

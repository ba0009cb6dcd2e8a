"""The tokens of a session as My tokens lists them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.contrib.auth.models import AnonymousUser

from catalog.models import Environment, Product, SecurityBinding
from portal.accounts.models import User
from tryit.console.countdowns import Countdown, build_countdown
from tryit.models import TokenJar
from tryit.services.tokens import TokenView, list_tokens

__all__ = ["TokenCard", "TokenGroup", "build_token_groups"]


@dataclass(frozen=True, slots=True)
class TokenCard:
    """One token with its countdown and the products that use it."""

    token: TokenView
    title: str
    countdown: Countdown | None
    products: tuple[Product, ...]


@dataclass(frozen=True, slots=True)
class TokenGroup:
    """The tokens of one environment."""

    environment: Environment
    cards: tuple[TokenCard, ...]


def build_token_groups(
    jar: TokenJar | None, *, user: User | AnonymousUser, now: datetime
) -> tuple[TokenGroup, ...]:
    """The tokens by environment, in the order of the environments. Four queries."""
    tokens = list_tokens(jar)
    environments = {one.slug: one for one in Environment.objects.all()} if tokens else {}
    products = _products_by_source(tokens, user)
    return tuple(
        TokenGroup(
            environment=environments[slug],
            cards=tuple(
                TokenCard(
                    token=token,
                    title=_title(token.source),
                    countdown=build_countdown(token, now=now),
                    products=products.get(token.source, ()),
                )
                for token in group
            ),
        )
        for slug, group in groupby(tokens, key=lambda token: token.environment_slug)
    )


def _title(source: str) -> str:
    """A declared source by its name in words, an undeclared one by its scheme."""
    _product, _dot, scheme = source.partition(".")
    return scheme or source.replace("-", " ").capitalize()


def _products_by_source(
    tokens: list[TokenView], user: User | AnonymousUser
) -> dict[str, tuple[Product, ...]]:
    """Which products of those this user may see use which token source."""
    bindings = (
        SecurityBinding.objects.filter(
            token_source__slug__in={token.source for token in tokens},
            version__product__in=Product.objects.visible_to(user),
        )
        .select_related("token_source", "version__product")
        .order_by("version__product__order", "version__product__name")
    )
    found: dict[str, dict[int, Product]] = {}
    for binding in bindings:
        product = binding.version.product
        found.setdefault(binding.token_source.slug, {})[product.pk] = product
    return {slug: tuple(products.values()) for slug, products in found.items()}

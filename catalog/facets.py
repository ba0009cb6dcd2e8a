"""Filters of the catalog: which there are, how many products each would show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from catalog.cards import Card
from catalog.models import Lifecycle

__all__ = ["CatalogFilter", "Facet", "FacetOption", "FilteredCatalog", "filter_catalog"]

LIFECYCLE = "lifecycle"
AUTHENTICATION = "authentication"


@dataclass(frozen=True, slots=True)
class CatalogFilter:
    """What a reader asked for: free text and "facet:value" choices."""

    text: str = ""
    chosen: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        """The query string of this filter, without what is empty."""
        return self.without("")

    def without(self, choice: str) -> str:
        """The query string of the same filter with one choice taken back."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [("filter", one) for one in self.chosen if one != choice]
        return urlencode(pairs)


@dataclass(frozen=True, slots=True)
class FacetOption:
    """One checkbox. `count` is how many products it shows beside the other filters.

    `number` is its place among all choices of this reader, whatever is chosen.
    """

    number: int
    value: str
    label: str
    count: int
    is_chosen: bool
    removal: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of checkboxes, of which any may match."""

    label: str
    options: tuple[FacetOption, ...]


@dataclass(frozen=True, slots=True)
class FilteredCatalog:
    """The cards that match, and the filters to change that."""

    cards: tuple[Card, ...]
    total: int
    facets: tuple[Facet, ...]

    @property
    def chosen(self) -> tuple[FacetOption, ...]:
        """The options in force, to be taken back one by one."""
        return tuple(one for facet in self.facets for one in facet.options if one.is_chosen)


def filter_catalog(cards: Sequence[Card], wanted: CatalogFilter) -> FilteredCatalog:
    """Cards in which every word stands and which match one choice of each facet in use."""
    words = wanted.text.lower().split()
    matching = [card for card in cards if card.mentions(words)]
    labels = _labels(cards)
    chosen = {choice for choice in wanted.chosen if choice in labels}
    shown = [card for card in matching if _fits(card, chosen, labels)]
    facets = [
        Facet(facet_label, tuple(_options(keys, matching, labels, chosen=chosen, wanted=wanted)))
        for facet_label, keys in _groups(labels).items()
    ]
    return FilteredCatalog(
        tuple(shown), len(cards), tuple(one for one in facets if _is_useful(one))
    )


def _is_useful(facet: Facet) -> bool:
    """Whether the facet tells products apart, or is in force."""
    return len(facet.options) > 1 or any(one.is_chosen for one in facet.options)


def _choices(card: Card) -> dict[str, tuple[str, str]]:
    """The card's "facet:value" keys, each with the labels of facet and value."""
    found = {
        f"{LIFECYCLE}:{card.product.lifecycle}": (
            _("Lifecycle"),
            str(Lifecycle(card.product.lifecycle).label),
        )
    }
    for name, values in card.facets.items():
        found |= {f"facet:{name}:{value}": (name, value) for value in values}
    found |= {f"{AUTHENTICATION}:{one}": (_("Authentication"), one) for one in card.authentication}
    return found


def _labels(cards: Iterable[Card]) -> dict[str, tuple[str, str]]:
    labels: dict[str, tuple[str, str]] = {}
    for card in cards:
        labels |= _choices(card)
    return labels


def _groups(labels: dict[str, tuple[str, str]]) -> dict[str, list[str]]:
    """Facet label -> its keys: lifecycle in its own order first, authentication last."""
    order = [f"{LIFECYCLE}:{one}" for one in Lifecycle.values]
    ranked = sorted(labels, key=lambda key: order.index(key) if key in order else len(order))
    ranked.sort(key=lambda key: key.startswith(AUTHENTICATION))
    groups: dict[str, list[str]] = {}
    for key in ranked:
        groups.setdefault(labels[key][0], []).append(key)
    return groups


def _options(
    keys: list[str],
    cards: list[Card],
    labels: dict[str, tuple[str, str]],
    *,
    chosen: set[str],
    wanted: CatalogFilter,
) -> Iterable[FacetOption]:
    """The options of one facet; its own choices do not narrow its counts."""
    others = chosen - set(keys)
    beside = [card for card in cards if _fits(card, others, labels)]
    numbers = {key: number for number, key in enumerate(labels, start=1)}
    for key in keys:
        yield FacetOption(
            number=numbers[key],
            value=key,
            label=labels[key][1],
            count=sum(key in _choices(card) for card in beside),
            is_chosen=key in chosen,
            removal=wanted.without(key),
        )


def _fits(card: Card, chosen: set[str], labels: dict[str, tuple[str, str]]) -> bool:
    """Whether the card has one of the choices of each facet that is in use."""
    own = _choices(card)
    facets = {labels[choice][0] for choice in chosen}
    return facets == {labels[choice][0] for choice in chosen if choice in own}

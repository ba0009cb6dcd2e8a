from __future__ import annotations

from catalog.cards import Card
from catalog.facets import CatalogFilter, Facet, filter_catalog
from catalog.models import Product


def _card(name: str, *, lifecycle: str = "live", **facets: list[str]) -> Card:
    return Card(
        product=Product(slug=name.lower(), name=name, summary="About it", lifecycle=lifecycle),
        sign="Xx",
        tone="green",
        version=None,
        facets={key: tuple(values) for key, values in facets.items()},
        authentication=("JWT",) if lifecycle == "live" else ("Basic",),
    )


CARDS = [
    _card("Companies", Region=["Nordics", "Baltics"], Domain=["Credit"]),
    _card("Addresses", Region=["Nordics"], Domain=["Places"]),
    _card("Register", lifecycle="deprecated", Region=["Baltics"]),
]


def _shown(**wanted: object) -> list[str]:
    found = filter_catalog(CARDS, CatalogFilter(**wanted))  # type: ignore[arg-type]
    return [card.product.name for card in found.cards]


def _facet(label: str, *chosen: str) -> Facet:
    found = filter_catalog(CARDS, CatalogFilter(chosen=chosen))
    return next(facet for facet in found.facets if facet.label == label)


def test_without_filters_every_product_is_shown() -> None:
    assert _shown() == ["Companies", "Addresses", "Register"]


def test_every_word_must_stand_somewhere() -> None:
    assert _shown(text="BALTICS comp") == ["Companies"]


def test_choices_of_one_facet_widen() -> None:
    assert _shown(chosen=("facet:Region:Nordics", "facet:Region:Baltics")) == [
        "Companies",
        "Addresses",
        "Register",
    ]


def test_choices_of_two_facets_narrow() -> None:
    assert _shown(chosen=("facet:Region:Baltics", "lifecycle:live")) == ["Companies"]


def test_unknown_choice_is_passed_over() -> None:
    assert _shown(chosen=("facet:Region:Mars",)) == ["Companies", "Addresses", "Register"]


def test_lifecycle_stands_first_and_authentication_last() -> None:
    labels = [facet.label for facet in filter_catalog(CARDS, CatalogFilter()).facets]

    assert labels == ["Lifecycle", "Region", "Domain", "Authentication"]


def test_facet_that_tells_nothing_apart_is_left_out() -> None:
    found = filter_catalog([_card("One"), _card("Two")], CatalogFilter())

    assert found.facets == ()


def test_facet_in_force_stays() -> None:
    found = filter_catalog([_card("One")], CatalogFilter(chosen=("lifecycle:live",)))

    assert [facet.label for facet in found.facets] == ["Lifecycle"]


def test_own_choice_does_not_change_the_counts_of_its_facet() -> None:
    options = _facet("Region", "facet:Region:Nordics").options

    assert [(one.label, one.count, one.is_chosen) for one in options] == [
        ("Nordics", 2, True),
        ("Baltics", 2, False),
    ]


def test_choice_changes_the_counts_of_other_facets() -> None:
    options = _facet("Region", "lifecycle:deprecated").options

    assert [(one.label, one.count) for one in options] == [("Nordics", 0), ("Baltics", 1)]


def test_chosen_option_links_to_the_catalog_without_it() -> None:
    wanted = CatalogFilter(text="a b", chosen=("lifecycle:live", "facet:Region:Nordics"))
    found = filter_catalog(CARDS, wanted)

    assert [one.label for one in found.chosen] == ["Live", "Nordics"]
    assert found.chosen[0].removal == "q=a+b&filter=facet%3ARegion%3ANordics"

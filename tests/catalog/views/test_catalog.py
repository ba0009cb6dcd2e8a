from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from catalog.models import Lifecycle, Product, Visibility
from tests.catalog.documents import company_definition
from tests.catalog.views.markup import Page, read_page
from tests.factories import make_environment, make_product, make_version

pytestmark = pytest.mark.django_db


def _publish(slug: str, **fields: object) -> Product:
    make_version(company_definition(), product=slug)
    Product.objects.filter(slug=slug).update(name=slug.title(), **fields)
    return Product.objects.get(slug=slug)


@pytest.mark.parametrize("url", ["/", "/catalog/"])
def test_card_tells_what_a_product_is(client: Client, url: str) -> None:
    _publish("companies", summary="All about them.", facets={"Region": ["Nordics", "Baltics"]})

    page = read_page(client.get(url))

    assert page.links("Companies") == ["/catalog/companies/"]
    assert page.texts("li", class_="card") == [
        "Co Companies Live All about them. v1 3 operations Nordics, Baltics JWT"
    ]


def test_facets_that_are_none_are_passed_over(client: Client) -> None:
    make_product("one", name="One", facets=["Nordics"])
    make_product("two", name="Two", facets={"Region": "Nordics"})

    page = read_page(client.get("/catalog/"))

    assert page.texts("div", class_="card-facts") == [
        "Nothing published yet",
        "Nothing published yet Nordics",
    ]


def test_product_without_a_version_says_so(client: Client) -> None:
    make_product("planned")

    assert "Nothing published yet" in read_page(client.get("/catalog/")).text


def test_hidden_product_is_not_in_the_catalog(client: Client) -> None:
    make_product("open", name="Open")
    make_product("inner", name="Inner", visibility=Visibility.SIGNED_IN)

    page = read_page(client.get("/catalog/"))

    assert page.texts("h2", class_="card-title") == ["Open"]
    assert page.texts("span", role="status") == ["1 product"]


def test_empty_catalog_says_how_to_fill_it(client: Client) -> None:
    text = read_page(client.get("/catalog/")).text

    assert "No APIs published yet" in text
    assert "manage.py publish openapi.yaml" in text


def test_filters_narrow_the_cards_and_can_be_taken_back(client: Client) -> None:
    make_product("one", name="One", lifecycle=Lifecycle.LIVE)
    make_product("two", name="Two", lifecycle=Lifecycle.DEPRECATED)

    page = read_page(client.get("/catalog/", {"filter": "lifecycle:deprecated", "q": "t"}))

    assert page.texts("h2", class_="card-title") == ["Two"]
    assert page.texts("span", role="status") == ["1 of 2 products"]
    assert page.one("a", aria_label="Remove filter: Deprecated").get("href") == "?q=t"
    assert page.one("input", type="search").get("value") == "t"
    assert page.one("input", value="lifecycle:deprecated").get("checked") is not None


def test_nothing_that_matches_says_so(client: Client) -> None:
    make_product("one")

    page = read_page(client.get("/catalog/", {"q": "ledger"}))

    assert "No product matches “ledger”" in page.text
    assert page.links("Clear filters") == ["/catalog/"]


def test_text_of_the_reader_is_not_markup(client: Client) -> None:
    make_product("one")

    response = client.get("/catalog/", {"q": "<script>alert(1)</script>"})

    assert b"<script>alert" not in response.content


def test_catalog_sets_the_csrf_cookie(client: Client) -> None:
    response = client.get("/catalog/")

    assert "csrftoken" in response.cookies
    assert response["Cache-Control"] == "private, no-cache"


def test_catalog_only_answers_reading(client: Client) -> None:
    assert client.post("/catalog/").status_code == 405


def test_catalog_costs_three_queries_however_many_products(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_environment()
    for slug in ("one", "two", "three", "four"):
        make_version(product=slug)

    with django_assert_num_queries(3):
        client.get("/catalog/")


def test_ticking_a_filter_fetches_the_results_and_the_counts(client: Client) -> None:
    _publish("companies", facets={"Region": ["Nordics"], "Domain": ["Credit"]})
    _publish("rates", facets={"Region": ["Baltics"], "Domain": ["Currencies"]})
    full = read_page(client.get("/catalog/"))

    response = client.get(
        "/catalog/?q=&filter=facet:Region:Nordics", headers={"HX-Request": "true"}
    )

    part = Page(f"<main>{response.content.decode()}</main>")
    assert response["HX-Push-Url"] == "/catalog/?filter=facet%3ARegion%3ANordics"
    assert "HX-Request" in response["Vary"]
    assert part.texts("h2", class_="card-title") == ["Companies"]
    assert part.texts("span", id="catalog-facets-active") == ["Filters, 1 active"]
    assert [span.get("id") for span in part.all("span", class_="facet-count")] == [
        span.get("id") for span in full.all("span", class_="facet-count")
    ]
    assert all(span.get("hx-swap-oob") for span in part.all("span", class_="facet-count"))
    assert part.all("header") == []


def test_taking_all_filters_back_leaves_a_plain_address(client: Client) -> None:
    make_product("open")

    response = client.get("/catalog/?q=", headers={"HX-Request": "true"})

    assert response["HX-Push-Url"] == "/catalog/"


def test_numbers_of_the_facets_do_not_depend_on_what_is_chosen(client: Client) -> None:
    _publish("companies", facets={"Owner": ["We"], "Region": ["Nordics"]})
    _publish("rates", facets={"Owner": ["We"], "Region": ["Baltics"]})

    chosen = read_page(client.get("/catalog/?filter=facet:Owner:We"))
    plain = read_page(client.get("/catalog/"))

    shown = {span.get("id") for span in plain.all("span", class_="facet-count")}
    assert shown < {span.get("id") for span in chosen.all("span", class_="facet-count")}


def test_applying_filters_by_a_button_is_for_pages_without_script(client: Client) -> None:
    _publish("companies", facets={"Region": ["Nordics", "Baltics"]})

    page = client.get("/catalog/").content.decode()

    assert re.search(r"<noscript><button [^>]*>Apply filters</button></noscript>", page)


def test_colour_of_a_product_does_not_depend_on_its_place(client: Client) -> None:
    make_product("rates", order=1)
    before = read_page(client.get("/catalog/")).one("span", class_="logo").get("class")
    make_product("companies", order=0)

    after = read_page(client.get("/catalog/")).all("span", class_="logo")[1].get("class")

    assert after == before

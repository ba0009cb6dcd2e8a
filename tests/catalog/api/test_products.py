"""`GET /api/v1/products/` and one product of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from catalog.models import Lifecycle, Version, Visibility
from portal.accounts.models import User
from tests.factories import make_product, make_version

pytestmark = pytest.mark.django_db
URL = "/api/v1/products/"


def get(client: Client, url: str) -> Any:
    response = client.get(url)
    assert response.status_code == 200, response.content
    return response.json()


def test_list_has_count_next_and_results(client: Client) -> None:
    make_product("b", order=2)
    make_product("a", order=1)

    page = get(client, URL)

    assert list(page) == ["count", "next", "results"]
    assert (page["count"], page["next"]) == (2, None)
    assert [product["slug"] for product in page["results"]] == ["a", "b"]


def test_list_without_products_is_empty(client: Client) -> None:
    assert get(client, URL) == {"count": 0, "next": None, "results": []}


def test_next_leads_to_the_rest(client: Client) -> None:
    for slug in ("a", "b", "c"):
        make_product(slug)

    first = get(client, f"{URL}?limit=2")
    second = get(client, first["next"])

    assert first["next"] == "http://testserver/api/v1/products/?limit=2&offset=2"
    assert [product["slug"] for product in second["results"]] == ["c"]
    assert second["next"] is None


def test_page_holds_200_at_most(client: Client) -> None:
    for number in range(201):
        make_product(f"p{number}")

    page = get(client, f"{URL}?limit=1000")

    assert (page["count"], len(page["results"])) == (201, 200)


def test_product_tells_itself_and_its_versions(client: Client, version: Version) -> None:
    product = version.product
    product.name = "Company Data"
    product.summary = "One line"
    product.description = "Long"
    product.owner = "Data team"
    product.contact = "data@example.com"
    product.facets = {"Region": ["Nordics"]}
    product.lifecycle = Lifecycle.EXPERIMENTAL
    product.save()

    assert get(client, f"{URL}company-data/") == {
        "slug": "company-data",
        "name": "Company Data",
        "summary": "One line",
        "description": "Long",
        "owner": "Data team",
        "contact": "data@example.com",
        "facets": {"Region": ["Nordics"]},
        "lifecycle": "experimental",
        "url": "http://testserver/catalog/company-data/",
        "versions": [
            {
                "version": "v1",
                "lifecycle": "live",
                "sunset_on": None,
                "is_default": True,
                "openapi": "3.1.0",
                "operations": 2,
                "url": "http://testserver/catalog/company-data/v1/reference/",
            }
        ],
    }


def test_version_without_a_definition_is_not_told(client: Client) -> None:
    Version.objects.create(product=make_product("a"), name="v1")

    assert get(client, f"{URL}a/")["versions"] == []


def test_list_and_product_tell_the_same(client: Client, version: Version) -> None:
    [listed] = get(client, URL)["results"]

    assert listed == get(client, f"{URL}company-data/")


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_number_of_products(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_version(product=f"p{number}", name="v1")
        make_version(product=f"p{number}", name="v2")

    with django_assert_num_queries(3):
        get(client, URL)


@pytest.mark.parametrize("visibility", [Visibility.SIGNED_IN, Visibility.GROUPS])
def test_hidden_product_does_not_exist_for_the_anonymous(
    client: Client, visibility: Visibility
) -> None:
    make_product("hidden", visibility=visibility)

    assert get(client, URL)["count"] == 0
    assert client.get(f"{URL}hidden/").status_code == 404


def test_signed_in_user_sees_what_the_groups_allow(client: Client) -> None:
    group = Group.objects.create(name="partners")
    make_product("inside", visibility=Visibility.SIGNED_IN)
    make_product("shared", visibility=Visibility.GROUPS).groups.add(group)
    make_product("foreign", visibility=Visibility.GROUPS)
    user = User.objects.create_user("ada", password="a long password")
    user.groups.add(group)
    client.force_login(user)

    slugs = {product["slug"] for product in get(client, URL)["results"]}

    assert slugs == {"inside", "shared"}
    assert client.get(f"{URL}foreign/").status_code == 404


def test_unknown_product_is_a_problem(client: Client) -> None:
    response = client.get(f"{URL}nothing/")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"] == "There is no product “nothing”."


def test_reading_is_all_that_is_offered(client: Client) -> None:
    assert client.post(URL, {}, content_type="application/json").status_code == 405


def test_names_of_addresses_are_fixed() -> None:
    assert reverse("catalog-api:products") == URL

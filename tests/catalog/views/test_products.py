from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from catalog.models import (
    Guide,
    Product,
    SecurityBinding,
    TokenSource,
    TokenSourceKind,
    Version,
    Visibility,
)
from tests.catalog.documents import company_definition
from tests.catalog.views.markup import read_page
from tests.factories import (
    make_definition,
    make_environment,
    make_product,
    make_server,
    make_version,
)

pytestmark = pytest.mark.django_db


def _companies(**fields: object) -> Version:
    version = make_version(company_definition(), product="companies")
    Product.objects.filter(slug="companies").update(name="Company Data", **fields)
    return version


def test_overview_tells_what_the_product_is(client: Client) -> None:
    version = _companies(
        description="Who **it** is.", owner="Data team", contact="apis@example.com"
    )
    make_server(version, make_environment("sandbox"), "https://test.example.com/v1")

    page = read_page(client.get("/catalog/companies/"))

    assert page.texts("h1") == ["Company Data"]
    assert "Who it is." in page.text
    assert "Data team" in page.text
    assert page.links("apis@example.com") == ["mailto:apis@example.com"]
    assert "https://test.example.com/v1" in page.text


def test_overview_offers_downloads_with_their_sizes(client: Client) -> None:
    _companies()

    page = read_page(client.get("/catalog/companies/"))

    assert page.links("OpenAPI, YAML") == ["/catalog/companies/v1/openapi.yaml?download"]
    assert page.links("OpenAPI, JSON") == ["/catalog/companies/v1/openapi.json?download"]
    assert page.links("As published") == ["/catalog/companies/v1/source?download"]
    assert all("kB" in text for text in page.texts("ul", class_="download-list"))


def test_overview_names_other_versions_and_the_last_day(client: Client) -> None:
    version = _companies()
    make_version(product="companies", name="v2")
    Version.objects.filter(pk=version.pk).update(sunset_on=date(2027, 6, 30))

    page = read_page(client.get("/catalog/companies/"))

    assert page.links("v2") == ["/catalog/companies/v2/reference/"]
    assert "30 Jun 2027" in page.text


def test_product_without_a_version_says_what_will_be_here(client: Client) -> None:
    make_product("planned")

    for url in ("/catalog/planned/", "/catalog/planned/getting-started/"):
        assert "Nothing published yet" in read_page(client.get(url)).text


@pytest.mark.parametrize(
    "path", ["", "getting-started/", "guides/a/", "reference/", "v1/reference/"]
)
def test_hidden_product_is_not_found_anywhere(client: Client, path: str) -> None:
    version = _companies(visibility=Visibility.SIGNED_IN)
    Guide.objects.create(product=version.product, slug="a", title="A", text="A")

    assert client.get(f"/catalog/companies/{path}").status_code == 404


def test_getting_started_goes_through_the_three_steps(client: Client) -> None:
    version = _companies()
    make_server(version, make_environment("sandbox"), "https://test.example.com/v1")

    page = read_page(client.get("/catalog/companies/getting-started/"))

    assert page.texts("h2")[:3] == [
        "Download the definition",
        "Authenticate",
        "Send a first request",
    ]
    assert page.one("a", aria_label="Download the definition as YAML").get("href") == (
        "/catalog/companies/v1/openapi.yaml?download"
    )
    assert page.links("Try it") == [
        "/catalog/companies/v1/reference/authenticate/try/",
        "/catalog/companies/v1/reference/company-search/try/",
    ]
    assert "Enter username, password in the request body" in page.text
    assert "Authorization: JWT" in page.text
    assert "{{bearerToken_token}}" in page.text
    assert "Fill in what is required: country" in page.text
    assert "https://test.example.com/v1/companies?country=NO" in page.one("pre").text_content()


def test_getting_started_writes_for_the_chosen_environment(client: Client) -> None:
    version = _companies()
    make_server(version, make_environment("sandbox", order=1), "https://test.example.com")
    make_server(version, make_environment("production", order=2), "https://live.example.com")
    session = client.session
    session["environment"] = "production"
    session.save()

    text = read_page(client.get("/catalog/companies/getting-started/")).text

    assert "https://live.example.com/companies" in text
    assert "https://test.example.com" not in text


def test_getting_started_without_a_server_uses_the_definitions(client: Client) -> None:
    definition = company_definition(
        servers=[{"url": "/relative"}, {"url": "https://{x}.example.com"}, {"url": "https://a.b/"}]
    )
    make_version(definition, product="companies")

    assert (
        "'https://a.b/companies"
        in read_page(client.get("/catalog/companies/getting-started/")).text
    )


def test_getting_started_of_an_open_api_has_no_second_step(client: Client) -> None:
    make_version(make_definition(), product="open")

    page = read_page(client.get("/catalog/open/getting-started/"))

    assert page.texts("h2")[:2] == ["Download the definition", "Send a first request"]
    assert "https://api.example.com/ping" in page.text


def test_getting_started_without_anything_to_get_ends_with_signing_in(client: Client) -> None:
    definition = company_definition()
    login = {**definition["paths"]["/authenticate"]["post"], "requestBody": {"content": {}}}
    definition["paths"] = {"/authenticate": {"post": login}}
    make_version(definition, product="companies")

    page = read_page(client.get("/catalog/companies/getting-started/"))

    assert page.texts("h2")[:2] == ["Download the definition", "Authenticate"]
    assert page.links("Try it") == ["/catalog/companies/v1/reference/authenticate/try/"]
    assert "Fill in your credentials and press Send" in page.text


def test_declared_login_of_another_product_is_the_second_step(client: Client) -> None:
    version = _companies()
    make_version(company_definition(), product="identity")
    source = TokenSource.objects.create(
        slug="login", kind=TokenSourceKind.LOGIN, login_operation="identity/v1/create-company"
    )
    SecurityBinding.objects.filter(version=version).update(token_source=source)

    page = read_page(client.get("/catalog/companies/getting-started/"))

    assert page.links("Try it")[0] == "/catalog/identity/v1/reference/create-company/try/"


def test_declared_login_that_may_not_be_seen_is_passed_over(client: Client) -> None:
    version = _companies()
    make_version(company_definition(), product="identity")
    Product.objects.filter(slug="identity").update(visibility=Visibility.SIGNED_IN)
    source = TokenSource.objects.create(
        slug="login", kind=TokenSourceKind.LOGIN, login_operation="identity/v1/authenticate"
    )
    SecurityBinding.objects.filter(version=version).update(token_source=source)

    page = read_page(client.get("/catalog/companies/getting-started/"))

    assert page.links("Try it")[0] == "/catalog/companies/v1/reference/authenticate/try/"


def test_guide_shows_its_text_below_its_title(client: Client) -> None:
    product = make_product("companies")
    Guide.objects.create(
        product=product, slug="first", title="First steps", text="# First steps\n\n## Then\n\nGo."
    )

    page = read_page(client.get("/catalog/companies/guides/first/"))

    assert page.texts("h1") == ["First steps"]
    assert page.texts("h2", id="text-then") == ["Then"]
    assert "Go." in page.text


def test_guide_that_does_not_begin_with_its_title_keeps_its_text(client: Client) -> None:
    product = make_product("companies")
    Guide.objects.create(product=product, slug="first", title="First", text="At once.")

    assert "At once." in read_page(client.get("/catalog/companies/guides/first/")).text


def test_unknown_guide_is_not_found(client: Client) -> None:
    make_product("companies")

    assert client.get("/catalog/companies/guides/first/").status_code == 404


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        pytest.param("", 5, id="overview"),
        pytest.param("getting-started/", 10, id="getting started"),
    ],
)
def test_pages_of_a_product_cost_the_same_however_many_operations(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, path: str, queries: int
) -> None:
    version = _companies()
    make_server(version, make_environment("sandbox"))
    Guide.objects.create(product=version.product, slug="a", title="A", text="A")
    Guide.objects.create(product=version.product, slug="b", title="B", text="B")

    with django_assert_num_queries(queries):
        client.get(f"/catalog/companies/{path}")

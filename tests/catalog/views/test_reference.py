from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from catalog.models import Version
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

REFERENCE = "/catalog/companies/v1/reference/"


def _companies(**members: Any) -> Version:
    return make_version(company_definition(**members), product="companies")


def test_reference_leads_to_the_default_version(client: Client) -> None:
    _companies()

    response = client.get("/catalog/companies/reference/")

    assert (response.status_code, response["Location"]) == (302, REFERENCE)


def test_reference_of_a_product_without_versions_is_not_found(client: Client) -> None:
    make_product("empty")

    assert client.get("/catalog/empty/reference/").status_code == 404


def test_reference_offers_both_downloads_at_its_top(client: Client) -> None:
    _companies()

    page = read_page(client.get(REFERENCE))

    assert page.texts("h1") == ["API Documentation"]
    assert page.one("a", aria_label="Download the definition as YAML").get("href") == (
        "/catalog/companies/v1/openapi.yaml?download"
    )
    assert page.one("a", aria_label="Download the definition as JSON").get("href") == (
        "/catalog/companies/v1/openapi.json?download"
    )


def test_reference_shows_what_the_definition_says(client: Client) -> None:
    _companies()

    page = read_page(client.get(REFERENCE))

    assert "Companies 1.2.0, revision 1 of" in page.text
    assert page.one("h2", id="text-about").text == "About"
    assert page.texts("section", aria_labelledby="tag-0") == [
        "Authentication Download OpenAPI, YAML OpenAPI, JSON Get a token. "
        "POST/authenticateAuthenticate"
    ]
    assert "Create a company Deprecated" in page.text
    assert page.links("Company") == ["/catalog/companies/v1/reference/schemas/Company/"]


def test_reference_shows_the_servers_and_which_is_chosen(client: Client) -> None:
    version = _companies()
    make_server(version, make_environment("sandbox", order=1), "https://test.example.com")
    live = make_environment("production", order=2, confirm_writes=True)
    make_server(version, live, "https://live.example.com")

    page = read_page(client.get(REFERENCE))

    assert page.texts("th", scope="row") == ["SandboxChosen", "ProductionLive data"]
    values = [one.get("value") for one in page.all("portico-copy")]
    assert values == ["https://test.example.com", "https://live.example.com"]


def test_reference_without_a_server_says_what_is_missing(client: Client) -> None:
    _companies()

    assert "No environment has a server" in read_page(client.get(REFERENCE)).text


def test_reference_tells_how_to_get_a_token(client: Client) -> None:
    _companies()

    page = read_page(client.get(REFERENCE))

    (security,) = page.texts("section", aria_labelledby="security")
    assert "Authorization: JWT" in security
    assert "Get a token with Authenticate" in security
    assert "{{bearerToken_token}}" in security


def test_links_of_a_definition_lead_to_the_web_only(client: Client) -> None:
    about = {
        "title": "A",
        "version": "1",
        "termsOfService": "javascript:alert(1)",
        "contact": {"name": "Us", "email": "us@example.com"},
        "license": {"name": "MIT", "url": "https://mit.example"},
    }
    make_version(make_definition(info=about, externalDocs={"url": "ftp://x"}), product="companies")

    page = read_page(client.get(REFERENCE))

    assert page.links("Us") == ["mailto:us@example.com"]
    assert page.links("MIT") == ["https://mit.example"]
    assert page.links("Terms of service") == []
    assert "ftp://x" not in page.text


def test_operation_shows_all_its_parts(client: Client) -> None:
    _companies()

    page = read_page(client.get(f"{REFERENCE}company-search/"))

    assert page.texts("h1") == ["Search companies"]
    assert page.texts("h2") == ["Security", "Query parameters", "Responses"]
    assert page.texts("code", class_="property-name")[:2] == ["country", "limit"]
    assert page.one("code", class_="operation-path").text_content() == "/companies"
    assert "Finds companies by name." in page.text
    assert "Default 20" in page.text
    assert "array of objects" in page.text


def test_operation_links_to_its_console(client: Client) -> None:
    _companies()

    link = read_page(client.get(f"{REFERENCE}company-search/")).one("a", data_console="")

    assert link.get("href") == f"{REFERENCE}company-search/try/"


def test_operation_marks_its_place_in_the_sidebar(client: Client) -> None:
    _companies()

    page = read_page(client.get(f"{REFERENCE}company-search/"))

    current = page.one("a", class_="sidebar-link", aria_current="page")
    assert current.get("href") == f"{REFERENCE}company-search/"


def test_operation_leads_to_those_before_and_after(client: Client) -> None:
    _companies()

    page = read_page(client.get(f"{REFERENCE}company-search/"))

    assert page.one("a", rel="prev").get("href") == f"{REFERENCE}authenticate/"
    assert page.one("a", rel="next").get("href") == f"{REFERENCE}create-company/"


def test_deprecated_operation_is_marked(client: Client) -> None:
    _companies()

    page = read_page(client.get(f"{REFERENCE}create-company/"))

    assert "Deprecated" in page.texts("header", class_="operation-head")[0]


def test_body_leaves_out_what_only_answers_hold(client: Client) -> None:
    _companies()

    page = read_page(client.get(f"{REFERENCE}create-company/"))

    (body,) = page.texts("section", aria_labelledby="request-body")
    assert "name" in body
    assert "read-only" not in body
    assert "Same as Company above" in body


def test_operation_without_security_says_so(client: Client) -> None:
    _companies()

    page = read_page(client.get(f"{REFERENCE}authenticate/"))

    assert "This operation takes no credentials." in page.text


def test_samples_are_written_for_the_chosen_server(client: Client) -> None:
    version = _companies()
    make_server(version, make_environment("sandbox"), "https://test.example.com/v1")

    page = read_page(client.get(f"{REFERENCE}company-search/"))

    (samples,) = page.texts("aside", class_="operation-rail")
    assert "curl 'https://test.example.com/v1/companies?country=NO'" in samples
    assert "<YOUR_JWT_HERE>" in samples


def test_text_of_a_definition_is_never_markup(client: Client) -> None:
    evil = "<script>alert(1)</script>"
    operation = {
        "operationId": "evil",
        "summary": evil,
        "description": evil,
        "tags": [evil],
        "parameters": [
            {
                "name": evil,
                "in": "query",
                "description": evil,
                "schema": {"enum": [evil], "default": evil, "pattern": evil, "title": evil},
            }
        ],
        "responses": {"200": {"description": evil}},
    }
    make_version(make_definition(paths={f"/{evil}": {"get": operation}}), product="companies")

    for url in (REFERENCE, f"{REFERENCE}evil/"):
        assert b"<script>alert" not in client.get(url).content


@pytest.mark.parametrize(
    "path",
    [
        "/catalog/none/v1/reference/",
        "/catalog/companies/v9/reference/",
        "/catalog/companies/v1/reference/none/",
        "/catalog/companies/v1/reference/schemas/None/",
    ],
)
def test_unknown_page_is_not_found(client: Client, path: str) -> None:
    _companies()

    response = client.get(path)

    assert response.status_code == 404
    assert "There is no such page" in read_page(response).text


def test_schema_has_a_page(client: Client) -> None:
    _companies()

    page = read_page(client.get(f"{REFERENCE}schemas/Company/"))

    assert page.texts("h1") == ["Company"]
    assert page.texts("code", class_="property-name")[:3] == ["id", "name", "parent"]


def test_schema_name_may_hold_any_character(client: Client) -> None:
    schemas = {"a/b c": {"type": "string", "maxLength": 3}}
    make_version({**company_definition(), "components": {"schemas": schemas}}, product="companies")

    page = read_page(client.get(f"{REFERENCE}schemas/a%2Fb%20c/"))

    assert "At most 3 characters" in page.text


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        pytest.param("", 7, id="reference"),
        pytest.param("company-search/", 7, id="operation"),
        pytest.param("schemas/Company/", 4, id="schema"),
    ],
)
def test_reference_pages_cost_the_same_however_large_the_definition(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, path: str, queries: int
) -> None:
    definition = company_definition()
    definition["paths"] |= {f"/{number}": {"get": {"responses": {}}} for number in range(30)}
    version = make_version(definition, product="companies")
    make_server(version, make_environment("sandbox"))

    with django_assert_num_queries(queries):
        client.get(f"{REFERENCE}{path}")


def test_pages_may_be_kept_by_the_readers_browser_only(client: Client) -> None:
    _companies()

    assert client.get(REFERENCE)["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("count", [pytest.param(2, id="tabs"), pytest.param(5, id="list")])
def test_forms_and_media_types_can_be_chosen(client: Client, count: int) -> None:
    forms = [{"title": f"Form {number}", "type": "string"} for number in range(count)]
    content = {f"text/x-{number}": {"schema": {"oneOf": forms}} for number in range(count)}
    operation = {"operationId": "choose", "requestBody": {"content": content}, "responses": {}}
    make_version(make_definition(paths={"/a": {"put": operation}}), product="companies")

    page = read_page(client.get(f"{REFERENCE}choose/"))

    names = page.texts("h3", class_="tab-name") + page.texts("h4", class_="tab-name")
    assert {"text/x-0", f"text/x-{count - 1}", "Form 0", f"Form {count - 1}"} <= set(names)

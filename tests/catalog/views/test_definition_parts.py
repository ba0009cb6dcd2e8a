"""Downloads of some tags and operations of a definition."""

from __future__ import annotations

import gzip
import json
from http import HTTPStatus
from typing import Any

import pytest
import yaml
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from catalog.models import Product, Version, Visibility
from tests.catalog.views.markup import read_page
from tests.factories import make_definition, make_version, publish

pytestmark = pytest.mark.django_db

YAML_URL = "/catalog/books/v1/openapi.yaml"
JSON_URL = "/catalog/books/v1/openapi.json"


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


def _definition(**members: Any) -> dict[str, Any]:
    def use(name: str, *tags: str) -> dict[str, Any]:
        schema = {"$ref": f"#/components/schemas/{name}"}
        content = {"application/json": {"schema": schema}}
        response = {"description": "OK", "content": content}
        return {"operationId": f"list{name}", "tags": [*tags], "responses": {"200": response}}

    return {
        **make_definition(),
        "tags": [{"name": "Invoices & more"}, {"name": "会社"}, {"name": "Empty"}],
        "paths": {
            "/invoices": {"get": use("Invoice", "Invoices & more")},
            "/companies": {"get": use("Company", "会社")},
            "/both": {"get": use("Both", "会社", "Invoices & more")},
            "/ping": {"get": {"responses": {}}},
        },
        "components": {"schemas": {"Company": {}, "Both": {}, "Invoice": {"type": "object"}}},
        **members,
    }


@pytest.fixture
def version() -> Version:
    return make_version(_definition(), product="books")


def _read(client: Client, url: str, **query: Any) -> Any:
    response: Any = client.get(url, query)
    assert response.status_code == HTTPStatus.OK
    return yaml.safe_load(response.getvalue())


@pytest.mark.parametrize(
    ("query", "paths"),
    [
        pytest.param({"tag": "Invoices & more"}, ["/invoices", "/both"], id="tag"),
        pytest.param({"operation": "list-company"}, ["/companies"], id="slug"),
        pytest.param({"operation": "listCompany"}, ["/companies"], id="operationId"),
        pytest.param({"operation": "get-ping"}, ["/ping"], id="slug of method and path"),
        pytest.param(
            {"operation": ["get-ping", "listInvoice"]}, ["/invoices", "/ping"], id="operations"
        ),
        pytest.param(
            {"tag": "会社", "operation": "get-ping"}, ["/companies", "/both", "/ping"], id="both"
        ),
    ],
)
@pytest.mark.parametrize("url", [YAML_URL, JSON_URL])
def test_query_chooses_the_operations(
    client: Client, version: Version, url: str, query: dict[str, Any], paths: list[str]
) -> None:
    assert list(_read(client, url, **query)["paths"]) == paths


def test_part_is_a_definition_with_all_it_needs_and_no_more(
    client: Client, version: Version
) -> None:
    part = _read(client, JSON_URL, tag="Invoices & more")

    whole = _definition()
    assert part == {
        **whole,
        "tags": [{"name": "Invoices & more"}, {"name": "会社"}],
        "paths": {path: whole["paths"][path] for path in ("/invoices", "/both")},
        "components": {"schemas": {"Both": {}, "Invoice": {"type": "object"}}},
    }
    assert part["info"]["title"] == "Example"
    assert list(part) == list(whole)


def test_integers_stay_exact(client: Client) -> None:
    huge = 123456789012345678901234567890
    invoice = {"type": "integer", "maximum": huge}
    make_version(_definition(components={"schemas": {"Invoice": invoice}}), product="books")

    part = _read(client, JSON_URL, operation="listInvoice")

    assert part["components"]["schemas"]["Invoice"]["maximum"] == huge


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        pytest.param(
            {"tag": "Money"},
            "No operation of this definition has the tag “Money”.\n",
            id="unknown tag",
        ),
        pytest.param(
            {"tag": "Empty"},
            "No operation of this definition has the tag “Empty”.\n",
            id="tag without operations",
        ),
        pytest.param({"tag": ""}, "No operation of this definition has the tag “”.\n", id="none"),
        pytest.param(
            {"tag": "会社", "operation": "<script>"},
            "This definition has no operation “<script>”. Give its slug or operationId.\n",
            id="unknown operation",
        ),
        pytest.param(
            {"operation": ""},
            "This definition has no operation “”. Give its slug or operationId.\n",
            id="no name",
        ),
    ],
)
def test_unknown_part_is_not_found_and_the_answer_says_so(
    client: Client, version: Version, query: dict[str, str], sentence: str
) -> None:
    response = client.get(YAML_URL, query)

    assert response.status_code == HTTPStatus.NOT_FOUND
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == sentence


@pytest.mark.parametrize(
    ("query", "filename"),
    [
        pytest.param({"tag": "Invoices & more"}, "books-v1-invoices-more.yaml", id="tag"),
        pytest.param({"operation": "listCompany"}, "books-v1-list-company.yaml", id="operation"),
        pytest.param(
            {"tag": "Invoices & more", "operation": "get-ping"},
            "books-v1-invoices-more-get-ping.yaml",
            id="both",
        ),
    ],
)
def test_file_is_named_after_the_part(
    client: Client, version: Version, query: dict[str, str], filename: str
) -> None:
    response = client.get(YAML_URL, {**query, "download": ""})

    assert response["Content-Disposition"] == f'attachment; filename="{filename}"'


def test_name_may_hold_any_letters(client: Client, version: Version) -> None:
    response = client.get(JSON_URL, {"tag": "会社", "download": ""})

    encoded = "books-v1-%E4%BC%9A%E7%A4%BE.json"
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{encoded}"


def test_tag_of_signs_alone_has_a_name_too(client: Client) -> None:
    tagged = {"/a": {"get": {"tags": ["***"], "responses": {}}}}
    make_version(make_definition(paths=tagged), product="books")

    response = client.get(YAML_URL, {"tag": "***"})

    assert response["Content-Disposition"] == 'inline; filename="books-v1-part.yaml"'


@pytest.mark.parametrize("url", [YAML_URL, JSON_URL])
def test_client_that_has_the_part_is_not_sent_it_again(
    client: Client, version: Version, url: str
) -> None:
    query = {"tag": "会社"}
    plain: Any = client.get(url, query)
    packed: Any = client.get(url, query, headers={"accept-encoding": "gzip"})

    body = plain.getvalue()
    assert plain["Content-Length"] == str(len(body))
    assert gzip.decompress(packed.getvalue()) == body
    assert packed["Content-Encoding"] == "gzip"
    assert packed["ETag"] == plain["ETag"].removesuffix('"') + '-gzip"'
    assert "Accept-Encoding" in plain["Vary"]
    assert "Last-Modified" not in plain
    again = client.get(url, query, headers={"if-none-match": plain["ETag"]})
    assert (again.status_code, again.content) == (HTTPStatus.NOT_MODIFIED, b"")


def test_etag_is_of_form_part_revision_and_release(
    client: Client, version: Version, settings: Settings
) -> None:
    def etag(url: str, tag: str) -> str:
        return str(client.head(url, {"tag": tag})["ETag"])

    seen = {etag(YAML_URL, "会社"), etag(JSON_URL, "会社"), etag(YAML_URL, "Invoices & more")}
    settings.RELEASE = "another"
    seen.add(etag(YAML_URL, "会社"))
    publish(_definition(**{"x-new": True}), product="books")
    seen.add(etag(YAML_URL, "会社"))

    assert len(seen) == 5


def test_part_that_was_asked_for_before_is_not_made_again(
    client: Client, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    first: Any = client.get(YAML_URL, {"tag": "会社"})
    monkeypatch.setattr("catalog.subsets.open_file", None)

    again: Any = client.get(YAML_URL, {"tag": "会社"})

    assert again.getvalue() == first.getvalue()


def test_large_part_is_not_kept_in_memory(
    client: Client, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.subsets.CACHED_BYTES", 10)
    monkeypatch.setattr("catalog.subsets.cache.set", lambda *_: pytest.fail("it was kept"))

    response = client.get(YAML_URL, {"tag": "会社"})

    assert response.status_code == HTTPStatus.OK


def test_part_costs_as_many_queries_as_the_whole_and_one(
    client: Client, version: Version, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        client.get(YAML_URL, {"tag": ["会社", "Invoices & more"], "operation": "get-ping"})


def test_part_of_a_hidden_product_is_not_found(client: Client, version: Version) -> None:
    Product.objects.update(visibility=Visibility.SIGNED_IN)

    response = client.get(YAML_URL, {"tag": "会社"})

    assert response.status_code == HTTPStatus.NOT_FOUND
    assert "会社" not in response.content.decode()


def test_definition_of_2_0_gives_a_part_of_2_0(client: Client) -> None:
    responses = {"200": {"description": "OK", "schema": {"$ref": "#/definitions/Invoice"}}}
    definition = {
        "swagger": "2.0",
        "info": {"title": "Books", "version": "1"},
        "paths": {
            "/invoices": {"get": {"operationId": "listInvoices", "responses": responses}},
            "/companies": {"get": {"responses": {}}},
        },
        "definitions": {"Company": {}, "Invoice": {"type": "object"}},
    }
    make_version(definition, product="books")

    part = _read(client, JSON_URL, operation="list-invoices")

    del definition["paths"]["/companies"]  # type: ignore[attr-defined]
    del definition["definitions"]["Company"]  # type: ignore[attr-defined]
    assert json.dumps(part) == json.dumps(definition)


def test_documentation_offers_each_tag_alone(client: Client, version: Version) -> None:
    page = read_page(client.get("/catalog/books/v1/reference/"))

    menu = "Download the definition of Invoices & more alone"
    assert page.one("summary", aria_label=menu).text_content().strip() == "Download"
    links = page.links("OpenAPI, YAML")
    assert links == [
        "/catalog/books/v1/openapi.yaml?tag=Invoices%20%26%20more&download",
        "/catalog/books/v1/openapi.yaml?tag=%E4%BC%9A%E7%A4%BE&download",
    ]
    for link in (*links, *page.links("OpenAPI, JSON")):
        assert client.get(link).status_code == HTTPStatus.OK


def test_operation_offers_itself_alone(client: Client, version: Version) -> None:
    page = read_page(client.get("/catalog/books/v1/reference/list-company/"))

    (link,) = page.links("OpenAPI, JSON")
    assert link == "/catalog/books/v1/openapi.json?operation=list-company&download"
    assert list(_read(client, link)["paths"]) == ["/companies"]

"""One version, its operations, and one operation."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from catalog.models import Version, Visibility
from tests.factories import make_definition, make_environment, make_server, make_version

VERSION = "/api/v1/products/company-data/versions/v1/"
OPERATIONS = f"{VERSION}operations/"
BELOW = ["", "operations/", "operations/company-by-id/"]


def get(client: Client, url: str) -> Any:
    response = client.get(url)
    assert response.status_code == 200, response.content
    return response.json()


def test_version_tells_its_revision_servers_and_downloads(client: Client, version: Version) -> None:
    make_server(version, make_environment(confirm_writes=True), "https://api.example.com/v1")

    found = get(client, VERSION)

    assert found.pop("imported_at").endswith("+00:00")
    assert found == {
        "product": "company-data",
        "version": "v1",
        "lifecycle": "live",
        "sunset_on": None,
        "is_default": True,
        "openapi": "3.1.0",
        "operations": 2,
        "url": "http://testserver/catalog/company-data/v1/reference/",
        "title": "Example",
        "revision": 1,
        "servers": [
            {
                "environment": "sandbox",
                "name": "Sandbox",
                "url": "https://api.example.com/v1",
                "confirm_writes": True,
            }
        ],
        "definition": {
            "yaml": "http://testserver/catalog/company-data/v1/openapi.yaml",
            "json": "http://testserver/catalog/company-data/v1/openapi.json",
        },
    }


def test_operations_are_listed_in_the_definition_s_order(client: Client, version: Version) -> None:
    assert get(client, OPERATIONS) == {
        "count": 2,
        "next": None,
        "results": [
            {
                "slug": "company-by-id",
                "method": "GET",
                "path": "/companies/{id}",
                "operation_id": "companyById",
                "summary": "Company by id",
                "tags": ["Companies"],
                "deprecated": False,
                "url": "http://testserver/catalog/company-data/v1/reference/company-by-id/",
            },
            {
                "slug": "create-company",
                "method": "POST",
                "path": "/companies",
                "operation_id": "createCompany",
                "summary": "",
                "tags": [],
                "deprecated": True,
                "url": "http://testserver/catalog/company-data/v1/reference/create-company/",
            },
        ],
    }


def test_operations_of_an_older_revision_are_gone(client: Client, version: Version) -> None:
    make_version(make_definition(), product="company-data", name="v1")

    assert [one["slug"] for one in get(client, OPERATIONS)["results"]] == ["ping"]


def test_operation_tells_all_that_is_needed_to_call_it(client: Client, version: Version) -> None:
    found = get(client, f"{OPERATIONS}company-by-id/")

    assert found == {
        "slug": "company-by-id",
        "method": "GET",
        "path": "/companies/{id}",
        "operation_id": "companyById",
        "summary": "Company by id",
        "tags": ["Companies"],
        "deprecated": False,
        "url": "http://testserver/catalog/company-data/v1/reference/company-by-id/",
        "description": "One **company**.",
        "parameters": [
            {
                "name": "id",
                "in": "path",
                "required": True,
                "description": "",
                "deprecated": False,
                "style": "simple",
                "explode": False,
                "allow_reserved": False,
                "allow_empty_value": False,
                "schema": {"type": "string"},
                "content": None,
            }
        ],
        "request_body": None,
        "responses": [
            {
                "status_code": "200",
                "description": "Found",
                "content": [
                    {
                        "media_type": "application/json",
                        "schema": {
                            "type": "object",
                            "properties": {"id": {"$ref": "#/components/schemas/Id"}},
                        },
                    }
                ],
            }
        ],
        "security": [
            [
                {
                    "scheme": "bearerToken",
                    "type": "http",
                    "title": "Authorization: JWT",
                    "variables": ["bearerToken_token"],
                    "scopes": [],
                }
            ],
            [],
        ],
    }


def test_operation_tells_its_request_body(client: Client, version: Version) -> None:
    found = get(client, f"{OPERATIONS}create-company/")

    assert found["request_body"] == {
        "required": True,
        "description": "",
        "content": [{"media_type": "application/json", "schema": {"type": "object"}}],
    }


def test_parameter_with_content_tells_its_media_type(client: Client, db: None) -> None:
    parameter = {
        "name": "filter",
        "in": "query",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
    operation = {"operationId": "find", "parameters": [parameter], "responses": {}}
    make_version(make_definition(paths={"/a": {"get": operation}}), product="company-data")

    [found] = get(client, f"{OPERATIONS}find/")["parameters"]

    assert found["content"] == {"media_type": "application/json", "schema": {"type": "object"}}


@pytest.mark.parametrize(
    ("path", "queries"), [("", 2), ("operations/", 3), ("operations/company-by-id/", 3)]
)
def test_cost_is_constant(
    client: Client,
    version: Version,
    path: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for slug in ("sandbox", "production"):
        make_server(version, make_environment(slug))

    with django_assert_num_queries(queries):
        get(client, VERSION + path)


@pytest.mark.parametrize("path", BELOW)
def test_hidden_version_does_not_exist_for_the_anonymous(
    client: Client, version: Version, path: str
) -> None:
    version.product.visibility = Visibility.SIGNED_IN
    version.product.save()

    assert client.get(VERSION + path).status_code == 404


@pytest.mark.parametrize(
    ("url", "detail"),
    [
        (
            "/api/v1/products/company-data/versions/v2/",
            "There is no version “v2” of a product “company-data”.",
        ),
        (
            "/api/v1/products/other/versions/v1/operations/",
            "There is no version “v1” of a product “other”.",
        ),
        (f"{OPERATIONS}nothing/", "There is no operation “nothing” in this version."),
    ],
)
def test_what_does_not_exist_is_a_problem(
    client: Client, version: Version, url: str, detail: str
) -> None:
    response = client.get(url)

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"] == detail


def test_version_without_a_definition_does_not_exist(client: Client, version: Version) -> None:
    Version.objects.create(product=version.product, name="v2")

    assert client.get("/api/v1/products/company-data/versions/v2/").status_code == 404

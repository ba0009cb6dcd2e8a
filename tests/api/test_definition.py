"""The REST API's own definition, and what its root answers."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator

from catalog.openapi import Limits, Severity, read_definition, single_file
from portal.api import build_definition

URL = "/api/v1/openapi"


def operations() -> list[dict[str, Any]]:
    definition: Any = build_definition()
    return [one for item in definition["paths"].values() for one in item.values()]


def test_generator_has_neither_warnings_nor_errors() -> None:
    with GENERATOR_STATS.silence():
        generator = SchemaGenerator()  # type: ignore[no-untyped-call]
        generator.get_schema(public=True)  # type: ignore[no-untyped-call]
        said = [*GENERATOR_STATS._warn_cache, *GENERATOR_STATS._error_cache]

    assert said == []


def test_portal_itself_has_little_to_say_about_it(client: Client) -> None:
    source = client.get(f"{URL}.json").content

    definition = read_definition(single_file(source, "openapi.json"), limits=Limits())

    assert definition.openapi_version == "3.1.0"
    assert [one for one in definition.problems if one.severity is not Severity.INFO] == []


def test_yaml_and_json_say_the_same(client: Client) -> None:
    as_json, as_yaml = client.get(f"{URL}.json"), client.get(f"{URL}.yaml")

    assert as_json["Content-Type"] == "application/vnd.oai.openapi+json"
    assert as_yaml["Content-Type"] == "application/vnd.oai.openapi+yaml"
    assert yaml.safe_load(as_yaml.content) == json.loads(as_json.content)


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_caller_who_has_it_is_told_so(client: Client, form: str) -> None:
    etag = client.get(f"{URL}.{form}")["ETag"]

    assert client.get(f"{URL}.{form}", headers={"If-None-Match": etag}).status_code == 304


def test_every_operation_of_the_api_is_described() -> None:
    described = {
        (one["operationId"], bool(one["summary"] and one["description"])) for one in operations()
    }

    assert described == {
        (name, True)
        for name in (
            "deleteVariable",
            "getDefinition",
            "getImport",
            "getOperation",
            "getProduct",
            "getVariable",
            "getVersion",
            "listOperations",
            "listProducts",
            "listTokens",
            "putDefinition",
            "putServer",
            "sendRequest",
            "setVariable",
        )
    }


def test_refusals_are_problems_in_every_operation() -> None:
    refusals = [
        content
        for operation in operations()
        for status, response in operation["responses"].items()
        if status.startswith("4")
        for content in response["content"]
    ]

    assert set(refusals) == {"application/problem+json"}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/", "/api/v1/", "/api/v1/nothing", "/api/v1/products/%00/"])
def test_address_that_is_none_is_a_problem(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert (response.json()["title"], response.json()["status"]) == ("Not Found", 404)
    assert response.json()["detail"].startswith("There is nothing at /api/")


@pytest.mark.django_db
def test_address_outside_the_api_that_is_none_is_a_page(client: Client) -> None:
    response = client.get("/nothing/")

    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")


@pytest.mark.django_db
def test_missing_slash_is_put_right_for_readers(client: Client) -> None:
    response: Any = client.get("/api/v1/products")

    assert (response.status_code, response["Location"]) == (301, "/api/v1/products/")


@pytest.mark.django_db
def test_mistake_of_ours_is_a_problem_without_its_reason(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("a path of the server")

    monkeypatch.setattr("catalog.api.views.list_products_with_versions", break_down)
    client.raise_request_exception = False

    response = client.get("/api/v1/products/")

    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert "a path of the server" not in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=-1",
        "limit=x",
        "limit=",
        "limit=1e3",
        "offset=-1",
        "offset=99999999999",
        "offset=1.5",
    ],
)
@pytest.mark.django_db
def test_page_that_cannot_be_is_refused_with_its_field(client: Client, query: str) -> None:
    response = client.get(f"/api/v1/products/?{query}")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert list(response.json()["errors"]) == [query.partition("=")[0]]

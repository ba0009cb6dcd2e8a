"""`GET .../definition`: the definition in the form that was asked for."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from catalog.models import Product, Version, Visibility

URL = "/api/v1/products/company-data/versions/v1/definition"


def get(client: Client, accept: str | None = None, **headers: str) -> Any:
    return client.get(URL, headers={**({"Accept": accept} if accept else {}), **headers})


def read_etag(client: Client, accept: str) -> str:
    response = get(client, accept)
    response.getvalue()
    return str(response["ETag"])


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        pytest.param(None, "application/vnd.oai.openapi+json", id="nothing-said"),
        pytest.param("*/*", "application/vnd.oai.openapi+json", id="anything"),
        pytest.param("application/json", "application/json", id="json"),
        pytest.param("application/yaml", "application/yaml", id="yaml"),
        pytest.param("text/*", "text/yaml", id="some-text"),
        pytest.param(
            "application/vnd.oai.openapi", "application/vnd.oai.openapi", id="openapi-as-yaml"
        ),
        pytest.param(
            "application/json;q=0.5, application/yaml", "application/yaml", id="yaml-preferred"
        ),
        pytest.param(
            "application/json, application/yaml;q=0.5", "application/json", id="json-preferred"
        ),
    ],
)
@pytest.mark.usefixtures("version")
def test_accept_chooses_the_form(client: Client, accept: str | None, content_type: str) -> None:
    response = get(client, accept)

    assert response.status_code == 200
    assert response["Content-Type"] == content_type
    assert "Accept" in response["Vary"]
    body = response.getvalue()
    assert body.startswith(b"{" if "json" in content_type else b"openapi: ")


@pytest.mark.usefixtures("version")
def test_it_is_the_file_that_the_catalog_serves(client: Client) -> None:
    there: Any = client.get("/catalog/company-data/v1/openapi.json")

    here = get(client, "application/json")

    assert here["ETag"] == there["ETag"]
    assert here.getvalue() == there.getvalue()


@pytest.mark.usefixtures("version")
def test_caller_who_has_it_is_told_so(client: Client) -> None:
    etag = read_etag(client, "application/yaml")

    response = get(client, "application/yaml", **{"If-None-Match": etag})

    assert response.status_code == 304
    assert response["ETag"] == etag


@pytest.mark.usefixtures("version")
def test_yaml_that_is_known_is_no_json_that_is_known(client: Client) -> None:
    etag = read_etag(client, "application/yaml")

    response = get(client, "application/json", **{"If-None-Match": etag})

    assert response.status_code == 200
    assert response.getvalue().startswith(b"{")


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "application/json;q=0"])
@pytest.mark.usefixtures("version")
def test_other_forms_are_not_acceptable(client: Client, accept: str) -> None:
    response = get(client, accept)

    assert response.status_code == 406
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.usefixtures("version")
def test_head_has_the_headers_and_no_body(client: Client) -> None:
    response: Any = client.head(URL, headers={"Accept": "application/yaml"})

    assert (response.status_code, response.getvalue()) == (200, b"")
    assert response["Content-Type"] == "application/yaml"


@pytest.mark.usefixtures("version")
def test_part_that_is_not_there_is_a_problem(client: Client) -> None:
    response = client.get(f"{URL}?tag=Nothing")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_hidden_definition_does_not_exist(client: Client, version: Version) -> None:
    Product.objects.update(visibility=Visibility.SIGNED_IN)

    assert get(client).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("version", ["v9", "v%00", "-"])
def test_version_that_is_not_there_is_a_problem(client: Client, version: str) -> None:
    response = client.get(f"/api/v1/products/company-data/versions/{version}/definition")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"

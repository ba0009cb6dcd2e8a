"""Nonsense that a fuzzer seldom finds: each is a problem with its reason, never a 500."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.tryit.console_factories import make_api

pytestmark = pytest.mark.django_db

VERSION = "/api/v1/products/example/versions/v1"
SEND = f"{VERSION}/operations/company-search/send"
VARIABLES = f"{VERSION}/environments/sandbox/variables"


@pytest.fixture(autouse=True)
def _api() -> None:
    make_api()


def call(client: Client, method: str, url: str, body: bytes = b"") -> Any:
    return client.generic(method, url, body, content_type="application/json")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param(b'{"environment": "\\u0000"}', "environment", id="nul"),
        pytest.param(b'{"environment": 1}', "environment", id="number"),
        pytest.param(b'{"environment": null}', "environment", id="null"),
        pytest.param(b'{"environment": ["sandbox"]}', "environment", id="list"),
        pytest.param(b'{"environment": "sandbox", "parameters": []}', "parameters", id="array"),
        pytest.param(
            b'{"environment": "sandbox", "parameters": {"path": 1}}', "parameters", id="path"
        ),
        pytest.param(b'{"environment": "sandbox", "security": -1}', "security", id="below-zero"),
        pytest.param(b'{"environment": "sandbox", "security": true}', "security", id="flag"),
        pytest.param(
            b'{"environment": "sandbox", "variables": {"a": 1}}', "variables", id="variable"
        ),
        pytest.param(b'{"environment": "sandbox", "files": {"a": {}}}', "files", id="files"),
        pytest.param(
            b'{"environment": "sandbox", "files": {"a": [{"name": "a", "base64": "%"}]}}',
            "files",
            id="base64",
        ),
        pytest.param(b'{"environment": "sandbox", "stay_signed_in": 1}', "stay_signed_in"),
        pytest.param(b'{"environment": "sandbox", "nonsense": 1}', "nonsense", id="unknown"),
    ],
)
def test_wrong_member_is_named(client: Client, body: bytes, field: str) -> None:
    response = call(client, "POST", SEND, body)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert list(response.json()["errors"]) == [field]
    assert response.json()["detail"].startswith(f"{field}: ")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"[]", id="array"),
        pytest.param(b'"sandbox"', id="text"),
        pytest.param(b"null", id="null"),
        pytest.param(b"{", id="cut"),
        pytest.param(b"\xff\xfe", id="no-utf-8"),
        pytest.param(b'{"environment": "\\ud800"}', id="half-a-pair"),
        pytest.param(b'{"a":' * 5000 + b"1" + b"}" * 5000, id="deep"),
        pytest.param(b'{"environment": NaN}', id="nan"),
    ],
)
def test_body_that_is_no_object_is_refused(client: Client, body: bytes) -> None:
    response = call(client, "POST", SEND, body)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"]


@pytest.mark.parametrize("body", [b'{"environment": "moon"}', b'{"environment": "a b"}'])
def test_environment_nobody_knows_is_a_problem(client: Client, body: bytes) -> None:
    response = call(client, "POST", SEND, body)

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize("name", ["%00", "a%00b", "%ff", "%F0%9F%98%80", "a%0Ab"])
def test_name_that_no_variable_can_have_is_a_problem(
    client: Client, method: str, name: str
) -> None:
    response = call(client, method, f"{VARIABLES}/{name}", b'{"value": "1"}')

    assert response.status_code in (400, 404)
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("/api/v1/products/%00/", id="product-nul"),
        pytest.param("/api/v1/products/a%20b/", id="product-space"),
        pytest.param("/api/v1/products/%ff/", id="product-no-utf-8"),
        pytest.param("/api/v1/products/example/versions/%00/", id="version-nul"),
        pytest.param(f"{VERSION}/operations/%00/", id="operation-nul"),
        pytest.param(f"{VERSION}/operations/../", id="dots"),
        pytest.param("/api/v1/imports/1/", id="import-no-uuid"),
        pytest.param(f"/api/v1/products/{'a' * 5000}/", id="long"),
    ],
)
def test_address_of_nothing_is_a_problem(client: Client, url: str) -> None:
    response = client.get(url)

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE", "TRACE"])
def test_method_that_is_not_offered_is_405_with_those_that_are(client: Client, method: str) -> None:
    response = call(client, method, "/api/v1/products/")

    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/*"])
def test_form_that_is_not_offered_is_406(client: Client, accept: str) -> None:
    response = client.get("/api/v1/products/", headers={"Accept": accept})

    assert response.status_code == 406
    assert response["Content-Type"] == "application/problem+json"


def test_large_body_is_413(client: Client) -> None:
    response = call(client, "POST", SEND, b'"' + b"a" * 15_000_000 + b'"')

    assert response.status_code == 413
    assert response["Content-Type"] == "application/problem+json"


def test_body_larger_than_django_takes_by_itself_is_taken(client: Client) -> None:
    body = b'{"environment": "moon", "body": "' + b"a" * 5_000_000 + b'"}'

    response = call(client, "POST", SEND, body)

    assert response.status_code == 404


def test_whole_number_may_be_written_with_a_point(client: Client) -> None:
    response = call(client, "POST", SEND, b'{"environment": "moon", "security": 1.0}')

    assert response.status_code == 404

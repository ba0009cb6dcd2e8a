"""Variables and tokens of the caller's session over REST."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.tryit.console_factories import make_api
from tests.tryit.target_api import make_token

pytestmark = pytest.mark.django_db

VARIABLES = "/api/v1/products/example/versions/v1/environments/sandbox/variables"
TOKENS = "/api/v1/session/tokens/"
TOKEN = make_token()


def put(client: Client, name: str, **body: object) -> Any:
    """Set a variable."""
    return client.put(f"{VARIABLES}/{name}", body, content_type="application/json")


def test_plain_variable_is_set_read_and_deleted(client: Client) -> None:
    make_api()

    put(client, "company.no-1", value="NO123")
    read = client.get(f"{VARIABLES}/company.no-1").json()
    deleted = client.delete(f"{VARIABLES}/company.no-1")

    assert (read["value"], read["secret"], read["set"]) == ("NO123", False, True)
    assert deleted.status_code == 204
    assert client.get(f"{VARIABLES}/company.no-1").status_code == 404


def test_secret_is_never_read_back(client: Client) -> None:
    make_api()

    put(client, "key", value="key-of-sixteen-characters", secret=True)
    read = client.get(f"{VARIABLES}/key")

    assert read.json()["value"] is None
    assert read.json()["masked"] == "••••ters"
    assert "key-of-sixteen" not in read.content.decode()


def test_security_variable_exists_before_it_is_set(client: Client) -> None:
    make_api()

    read = client.get(f"{VARIABLES}/bearerToken_token").json()

    assert read == {
        "name": "bearerToken_token",
        "value": None,
        "masked": "",
        "secret": True,
        "built_in": True,
        "set": False,
        "scheme": "bearerToken",
        "expires_at": None,
    }


def test_security_variable_becomes_a_token_of_the_session(client: Client) -> None:
    make_api()

    put(client, "bearerToken_token", value=TOKEN)
    listed = client.get(TOKENS).json()

    assert (listed["count"], listed["next"]) == (1, None)
    token = listed["results"][0]
    assert (token["environment"], token["scheme"]) == ("sandbox", "bearerToken")
    assert token["expires_at"] == "2027-01-15T09:00:00+00:00"
    assert token["sent_only_to"] == ["https://api.example.com"]
    assert TOKEN not in str(listed)


def test_emptied_security_variable_is_gone(client: Client) -> None:
    make_api()
    put(client, "bearerToken_token", value=TOKEN)

    client.delete(f"{VARIABLES}/bearerToken_token")

    assert client.get(TOKENS).json() == {"count": 0, "next": None, "results": []}


def test_sessions_do_not_see_each_other(client: Client) -> None:
    make_api()
    put(client, "bearerToken_token", value=TOKEN)
    put(client, "mine", value="1")
    other = Client()

    assert other.get(TOKENS).json()["count"] == 0
    assert other.get(f"{VARIABLES}/mine").status_code == 404
    assert other.delete(f"{VARIABLES}/mine").status_code == 404


@pytest.mark.parametrize(
    ("name", "body", "field"),
    [
        pytest.param("a", {}, "value", id="no value"),
        pytest.param("a", {"value": 1}, "value", id="a number"),
        pytest.param("a", {"value": None}, "value", id="null"),
        pytest.param("a", {"value": "1", "secret": 1}, "secret", id="flag is a number"),
        pytest.param("a", {"value": "1", "more": 1}, "more", id="unknown key"),
        pytest.param("a", {"value": "x" * 64_001}, "value", id="too long"),
        pytest.param("a b", {"value": "1"}, "name", id="odd name"),
    ],
)
def test_wrong_input_names_its_field(
    client: Client, name: str, body: dict[str, object], field: str
) -> None:
    make_api()

    response = put(client, name, **body)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert list(response.json()["errors"]) == [field]


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/products/nothing/versions/v1/environments/sandbox/variables/a",
        "/api/v1/products/example/versions/v9/environments/sandbox/variables/a",
        "/api/v1/products/example/versions/v1/environments/nothing/variables/a",
    ],
    ids=["product", "version", "environment"],
)
@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_what_does_not_exist_is_not_found(client: Client, address: str, method: str) -> None:
    make_api()

    response = client.generic(method.upper(), address, '{"value": "1"}', "application/json")

    assert response.status_code == 404


def test_writing_needs_the_csrf_token() -> None:
    make_api()
    client = Client(enforce_csrf_checks=True)

    assert put(client, "a", value="1").status_code == 403
    assert client.delete(f"{VARIABLES}/a").status_code == 403

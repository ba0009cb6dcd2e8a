"""`PUT .../servers/{environment}`."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from catalog.models import Environment, Product, Server, Version, Visibility
from portal.accounts.models import Scope, User
from tests.catalog.api.callers import Caller, make_caller
from tests.factories import make_environment, make_server

pytestmark = pytest.mark.django_db

URL = "/api/v1/products/company-data/versions/v1/servers/sandbox"


@pytest.fixture
def publisher(version: Version) -> Caller:
    """A program that may publish; there is a version, and Sandbox."""
    make_environment("sandbox", confirm_writes=True)
    return make_caller(Scope.PUBLISH)


def put(caller: Caller, body: Any, *, url: str = URL) -> Any:
    return caller.call("PUT", url, json.dumps(body))


def test_server_is_made(publisher: Caller) -> None:
    response = put(publisher, {"url": "https://sandbox.example.com/v1/"})

    assert response.status_code == 201
    assert response.json() == {
        "environment": "sandbox",
        "name": "Sandbox",
        "url": "https://sandbox.example.com/v1",
        "confirm_writes": True,
        "allow_private": False,
    }
    assert Server.objects.get().url == "https://sandbox.example.com/v1"


def test_server_is_changed(publisher: Caller) -> None:
    put(publisher, {"url": "https://old.example.com"})

    response = put(publisher, {"url": "https://new.example.com"})

    assert response.status_code == 200
    assert Server.objects.get().url == "https://new.example.com"


def test_private_addresses_take_the_admin_scope(publisher: Caller) -> None:
    body = {"url": "http://127.0.0.1:9000", "allow_private": True}

    refused = put(publisher, body)
    allowed = put(make_caller(Scope.ADMIN, name="root"), body)

    assert refused.status_code == 403
    assert "admin" in refused.json()["detail"]
    assert allowed.status_code == 201
    assert Server.objects.get().allow_private is True


def test_private_addresses_take_a_superuser_in_a_session(client: Client, publisher: Caller) -> None:
    body = {"url": "http://127.0.0.1:9000", "allow_private": True}
    client.force_login(User.objects.create_user("ed", password="a long one", is_staff=True))
    editor = client.put(URL, body, content_type="application/json")
    client.force_login(User.objects.create_superuser("root", password="a long one"))
    administrator = client.put(URL, body, content_type="application/json")

    assert (editor.status_code, administrator.status_code) == (403, 201)


def test_new_address_of_a_private_server_is_not_private_by_itself(
    publisher: Caller, version: Version
) -> None:
    make_server(version, Environment.objects.get(), "http://127.0.0.1:9000")

    put(publisher, {"url": "http://127.0.0.1:22"})

    assert Server.objects.get().allow_private is False


@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param({}, "url", id="nothing"),
        pytest.param({"url": 1}, "url", id="number"),
        pytest.param({"url": None}, "url", id="null"),
        pytest.param({"url": ""}, "url", id="empty"),
        pytest.param({"url": "/v1"}, "url", id="relative"),
        pytest.param({"url": "ftp://example.com"}, "url", id="other-scheme"),
        pytest.param({"url": "https://"}, "url", id="no-host"),
        pytest.param({"url": "https://u:p@example.com"}, "url", id="credentials"),
        pytest.param({"url": "https://example.com?a=1"}, "url", id="query"),
        pytest.param({"url": "https://example.com:99999"}, "url", id="port"),
        pytest.param({"url": "https://[::1"}, "url", id="open-bracket"),
        pytest.param({"url": "https://exa mple.com"}, "url", id="space"),
        pytest.param({"url": "https://example.com/\n"}, "url", id="line-feed"),
        pytest.param({"url": "https://\u2100.example"}, "url", id="no-ascii-host"),
        pytest.param({"url": "https://example.com/\x00"}, "url", id="nul"),
        pytest.param({"url": "https://example.com/" + "a" * 500}, "url", id="long"),
        pytest.param({"url": "https://example.com", "allow_private": "1"}, "allow_private"),
        pytest.param({"url": "https://example.com", "name": "x"}, "name", id="unknown-member"),
    ],
)
def test_nonsense_is_refused_with_its_field(publisher: Caller, body: Any, field: str) -> None:
    response = put(publisher, body)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert list(response.json()["errors"]) == [field]
    assert not Server.objects.exists()


@pytest.mark.parametrize("body", [[], "x", 1, None, True])
def test_body_that_is_no_object_is_refused(publisher: Caller, body: Any) -> None:
    response = put(publisher, body)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(URL.replace("sandbox", "moon"), id="environment"),
        pytest.param(URL.replace("v1/servers", "v9/servers"), id="version"),
        pytest.param(URL.replace("company-data", "nothing"), id="product"),
    ],
)
def test_what_is_not_there_answers_404(publisher: Caller, url: str) -> None:
    response = put(publisher, {"url": "https://example.com"}, url=url)

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_hidden_version_does_not_exist(publisher: Caller) -> None:
    Product.objects.update(visibility=Visibility.GROUPS)

    assert put(publisher, {"url": "https://example.com"}).status_code == 404


def test_token_without_the_scope_sets_nothing(publisher: Caller) -> None:
    response = put(make_caller(Scope.SEND, name="grace"), {"url": "https://example.com"})

    assert response.status_code == 403
    assert not Server.objects.exists()


@pytest.mark.usefixtures("publisher")
def test_strangers_and_readers_set_nothing(client: Client) -> None:
    body = {"url": "https://example.com"}
    stranger = client.put(URL, body, content_type="application/json")
    client.force_login(User.objects.create_user("eve", password="a long password"))
    reader = client.put(URL, body, content_type="application/json")

    assert (stranger.status_code, reader.status_code) == (401, 403)
    assert not Server.objects.exists()


def test_other_content_types_are_not_taken(publisher: Caller) -> None:
    response = publisher.call("PUT", URL, "url=x", content_type="application/x-www-form-urlencoded")

    assert response.status_code == 415
    assert response["Content-Type"] == "application/problem+json"

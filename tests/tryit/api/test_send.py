"""Sending over REST: the same as from the page, as JSON."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from catalog.models import Environment, Visibility
from tests.factories import make_product
from tests.tryit.console_factories import make_api
from tests.tryit.target_api import TargetAPI

pytestmark = pytest.mark.django_db

OPERATIONS = "/api/v1/products/example/versions/v1/operations"
SEARCH = f"{OPERATIONS}/company-search/send"


def send(client: Client, url: str, body: Any) -> Any:
    """Post JSON; Sandbox where the body names no environment."""
    if isinstance(body, dict):
        body = {"environment": "sandbox", **body}
    return client.post(url, body, content_type="application/json")


def test_exchange_has_the_members_of_the_contract(client: Client, target: TargetAPI) -> None:
    make_api(target.url)

    response = send(client, SEARCH, {"parameters": {"query": {"country": "NO"}}})

    assert response.status_code == 200
    exchange = response.json()
    assert set(exchange) == {"request", "response", "timing", "token", "problems"}
    assert exchange["request"]["method"] == "GET"
    assert exchange["request"]["url"] == f"{target.url}/companies?country=NO"
    assert exchange["response"]["status"] == 200
    assert exchange["response"]["body"]["text"] == (
        '{"companies": [{"name": "Norrvik Lantern Works"}]}'
    )
    assert set(exchange["timing"]) == {
        "dns_ms",
        "connect_ms",
        "tls_ms",
        "first_byte_ms",
        "total_ms",
    }
    assert exchange["token"] is None
    assert [problem["kind"] for problem in exchange["problems"]] == ["missing_credential"]


def test_target_that_refuses_is_a_success_here(client: Client, target: TargetAPI) -> None:
    make_api(target.url)

    response = send(
        client, f"{OPERATIONS}/authenticate/send", {"body": {"username": "a", "password": "b"}}
    )

    assert response.status_code == 200
    assert response.json()["response"]["status"] == 401


def test_target_out_of_reach_is_a_problem_with_its_kind(client: Client) -> None:
    make_api("http://127.0.0.1:9/v1")

    exchange = send(client, SEARCH, {"parameters": {"query": {"country": "NO"}}}).json()

    assert exchange["response"] is None
    assert exchange["problems"][-1]["kind"] == "connect"
    assert exchange["problems"][-1]["host"] == "127.0.0.1"


def test_variables_are_for_this_call_only(client: Client, target: TargetAPI) -> None:
    make_api(target.url)
    body = {
        "parameters": {"query": {"country": "{{country}}"}},
        "variables": {"country": "SE", "bearerToken_token": target.token},
    }

    exchange = send(client, SEARCH, body).json()
    send(client, SEARCH, {"parameters": {"query": {"country": "{{country}}"}}})

    assert target.seen[0].path.endswith("country=SE")
    assert target.seen[0].headers["authorization"] == f"Bearer {target.token}"
    assert target.token not in str(exchange["request"])
    assert target.seen[1].path.endswith("country=%7B%7Bcountry%7D%7D")
    assert "authorization" not in target.seen[1].headers


def test_security_null_sends_no_credentials(client: Client, target: TargetAPI) -> None:
    make_api(target.url)
    body = {"security": None, "variables": {"bearerToken_token": target.token}}

    send(client, SEARCH, body)

    assert "authorization" not in target.last.headers


def test_anonymous_session_keeps_the_variables_it_set(client: Client, target: TargetAPI) -> None:
    make_api(target.url)
    place = "/api/v1/products/example/versions/v1/environments/sandbox/variables"
    client.put(
        f"{place}/bearerToken_token", {"value": target.token}, content_type="application/json"
    )

    send(client, SEARCH, {})

    assert target.last.headers["authorization"] == f"Bearer {target.token}"


def test_live_data_does_not_ask_here(client: Client, target: TargetAPI) -> None:
    make_api(target.url)
    Environment.objects.update(confirm_writes=True)

    send(client, f"{OPERATIONS}/delete-company/send", {"parameters": {"path": {"id": "7"}}})

    assert target.last.method == "DELETE"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param({"environment": 7}, "environment", id="environment is no text"),
        pytest.param({"nonsense": 1}, "nonsense", id="unknown key"),
        pytest.param({"parameters": []}, "parameters", id="parameters are a list"),
        pytest.param({"parameters": {"matrix": {}}}, "parameters", id="unknown location"),
        pytest.param({"parameters": {"query": "a=b"}}, "parameters", id="query is text"),
        pytest.param({"security": "0"}, "security", id="index is text"),
        pytest.param({"security": -1}, "security", id="index below 0"),
        pytest.param({"security": True}, "security", id="index is a flag"),
        pytest.param({"variables": {"a": 1}}, "variables", id="variable is a number"),
        pytest.param({"stay_signed_in": "yes"}, "stay_signed_in", id="flag is text"),
        pytest.param({"content_type": 1}, "content_type", id="content type is a number"),
        pytest.param({"files": {"f": {}}}, "files", id="files are no list"),
        pytest.param(
            {"files": {"f": [{"name": "a", "base64": "%"}]}}, "files", id="file is no base64"
        ),
    ],
)
def test_wrong_input_names_its_field(
    client: Client, target: TargetAPI, body: Any, field: str
) -> None:
    make_api(target.url)

    response = send(client, SEARCH, body)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert list(response.json()["errors"]) == [field]
    assert target.seen == []


def test_environment_must_be_named(client: Client) -> None:
    make_api()

    response = client.post(SEARCH, {}, content_type="application/json")

    assert (response.status_code, list(response.json()["errors"])) == (400, ["environment"])


@pytest.mark.parametrize("body", ["[]", "1", '"a"', "null", "{"], ids=str)
def test_body_must_be_an_object(client: Client, body: str) -> None:
    make_api()

    response = client.post(SEARCH, body, content_type="application/json")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("url", "environment"),
    [
        ("/api/v1/products/nothing/versions/v1/operations/company-search/send", "sandbox"),
        ("/api/v1/products/example/versions/v9/operations/company-search/send", "sandbox"),
        (f"{OPERATIONS}/nothing/send", "sandbox"),
        (SEARCH, "nothing"),
    ],
    ids=["product", "version", "operation", "environment"],
)
def test_what_does_not_exist_is_not_found(client: Client, url: str, environment: str) -> None:
    make_api()

    response = send(client, url, {"environment": environment})

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("address", "detail"),
    [
        pytest.param("none/versions/v1/operations/a", "There is no product “none”.", id="product"),
        pytest.param(
            "hidden/versions/v1/operations/a", "There is no product “hidden”.", id="hidden"
        ),
        pytest.param(
            "example/versions/v9/operations/company-search",
            "There is no version “v9” of example.",
            id="version",
        ),
        pytest.param(
            "example/versions/v1/operations/a",
            "There is no operation “a” in example v1.",
            id="operation",
        ),
    ],
)
def test_what_is_not_there_is_named(client: Client, address: str, detail: str) -> None:
    make_api()
    make_product("hidden", visibility=Visibility.SIGNED_IN)

    response = send(client, f"/api/v1/products/{address}/send", {})

    assert response.status_code == 404
    assert response.json()["detail"] == detail


def test_environment_named_twice_is_refused(client: Client, target: TargetAPI) -> None:
    make_api(target.url)
    body = '{"environment": "sandbox", "environment": "production"}'

    response = client.post(SEARCH, body, content_type="application/json")

    assert response.status_code == 400
    assert "“environment” stands twice" in response.json()["detail"]
    assert target.seen == []


def test_only_json_is_taken(client: Client) -> None:
    make_api()

    assert client.post(SEARCH, {"environment": "sandbox"}).status_code == 415


def test_anonymous_call_needs_the_csrf_token(target: TargetAPI) -> None:
    make_api(target.url)
    client = Client(enforce_csrf_checks=True)

    refused = send(client, SEARCH, {})
    client.get("/catalog/example/v1/reference/company-search/try/")
    token = client.cookies["csrftoken"].value
    taken = client.post(
        SEARCH,
        {"environment": "sandbox"},
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )

    assert (refused.status_code, taken.status_code) == (403, 200)


@pytest.mark.parametrize(("rule", "status"), [("off", 403), ("read", 200), ("on", 200)])
def test_rule_for_anonymous_visitors(
    client: Client, target: TargetAPI, settings: Settings, rule: str, status: int
) -> None:
    settings.TRY_IT_ANONYMOUS = rule
    make_api(target.url)

    response = send(client, SEARCH, {})

    assert response.status_code == status
    assert len(target.seen) == int(status == 200)


def test_refusal_says_to_sign_in(client: Client, settings: Settings) -> None:
    settings.TRY_IT_ANONYMOUS = "off"
    make_api()

    assert send(client, SEARCH, {}).json()["detail"].startswith("Sign in to send this request.")


def test_binary_body_is_given_in_base64(client: Client, target: TargetAPI) -> None:
    make_api(target.url)
    body = {"content_type": "application/octet-stream", "body": {"base64": "e30="}}

    send(client, f"{OPERATIONS}/authenticate/send", body)

    assert target.last.body == b"{}"


def test_faulty_base64_is_named(client: Client) -> None:
    make_api()
    body = {"content_type": "application/octet-stream", "body": {"base64": 7}}

    response = send(client, f"{OPERATIONS}/authenticate/send", body)

    assert (response.status_code, list(response.json()["errors"])) == (400, ["body"])

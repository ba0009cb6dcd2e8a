"""Which values of a request are secret."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.building import RequestValues
from catalog.models import Environment
from catalog.openapi import Location
from tests.factories import make_definition, make_environment, make_server, make_version
from tests.tryit.console_factories import call
from tryit.drafts import Draft
from tryit.secret_values import collect_masking

pytestmark = pytest.mark.django_db

OPERATION: dict[str, Any] = {
    "operationId": "login",
    "security": [{"key": [], "basic": []}],
    "parameters": [
        {"name": "pin", "in": "query", "schema": {"type": "string", "format": "password"}},
        {"name": "page_token", "in": "query", "schema": {"type": "string"}},
    ],
    "requestBody": {
        "content": {
            "application/json": {
                "schema": {
                    "allOf": [{"$ref": "#/components/schemas/Hidden"}],
                    "properties": {
                        "people": {
                            "type": "array",
                            "items": {"$ref": "#/components/schemas/Hidden"},
                        }
                    },
                }
            }
        }
    },
    "responses": {"200": {"description": "OK"}},
}
DEFINITION = make_definition(
    paths={"/login": {"post": OPERATION}},
    components={
        "schemas": {
            "Hidden": {"properties": {"code": {"writeOnly": True}, "name": {"type": "string"}}}
        },
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "basic": {"type": "http", "scheme": "basic"},
        },
    },
)


def masked(text: str, *, variables: dict[str, str] | None = None, **fields: Any) -> str:
    """A text as it is shown beside this draft."""
    make_server(make_version(DEFINITION), make_environment("sandbox"))
    draft = Draft(
        called=call("login"),
        environment=Environment.objects.get(),
        values=fields.pop("values", RequestValues()),
        **fields,
    )
    masking = collect_masking(draft, variables=variables or {}, secret_values=frozenset())
    return masking.text(text)


def test_credentials_of_schemes_are_secret() -> None:
    variables = {"key": "key-of-sixteen-characters", "basic_password": "password-of-sixteen-too"}

    assert masked("key-of-sixteen-characters password-of-sixteen-too", variables=variables) == (
        "••••ters ••••"
    )


@pytest.mark.parametrize(
    ("location", "name", "hidden"),
    [
        pytest.param(Location.QUERY, "pin", True, id="format: password"),
        pytest.param(Location.HEADER, "X-Key", True, id="an API key by hand"),
        pytest.param(Location.QUERY, "client_secret", True, id="by its name"),
        pytest.param(Location.QUERY, "page_token", False, id="an ordinary one"),
    ],
)
def test_parameters_that_hold_secrets_are_hidden(
    location: Location, name: str, hidden: bool
) -> None:
    values = RequestValues(parameters={location: {name: "value-typed"}})

    assert masked("value-typed", values=values) == ("••••" if hidden else "value-typed")


@pytest.mark.parametrize(
    ("body", "hidden"),
    [
        pytest.param({"code": "value-typed"}, True, id="writeOnly, combined"),
        pytest.param({"people": [{"code": "value-typed"}]}, True, id="in an item"),
        pytest.param({"people": [{"name": "value-typed"}]}, False, id="an ordinary member"),
        pytest.param({"other": {"Password": ["value-typed"]}}, True, id="by its name"),
        pytest.param({"password": {"old": "value-typed", "n": None}}, True, id="all below"),
    ],
)
def test_members_of_the_body_that_hold_secrets_are_hidden(body: Any, hidden: bool) -> None:
    values = RequestValues(content_type="application/json", body=body)

    assert masked("value-typed", values=values) == ("••••" if hidden else "value-typed")


def test_secret_is_known_through_its_variable() -> None:
    values = RequestValues(body={"password": "{{mine}}"})

    assert masked("value-kept", values=values, variables={"mine": "value-kept"}) == "••••"


def test_password_in_a_body_that_is_not_json_is_found() -> None:
    assert masked("value-typed", raw_body='{"password": "value-typed", }') == "••••"


def test_body_nested_too_deep_is_no_fault() -> None:
    body: Any = {}
    for _ in range(100):
        body = {"a": body}

    assert masked("text", values=RequestValues(body=body)) == "text"

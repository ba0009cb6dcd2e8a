"""The two definitions: without problems, complete, and with examples that work."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from catalog.openapi.limits import Limits
from catalog.openapi.parsing import parse_document
from catalog.openapi.validation import validate_structure
from catalog.openapi.versions import Family
from examples.sandbox.data_files import read_data_file
from tests.examples.client import CREDENTIALS, Caller
from tests.examples.documented import EXAMPLES, iter_operations, load_definition, schema_faults

PRODUCTS = ("company-data", "exchange-rates")
PORTFOLIO_EXAMPLES = load_definition("company-data")["components"]["requestBodies"]["Portfolio"][
    "content"
]["application/json"]["examples"]


@pytest.mark.parametrize(
    ("path", "family"),
    [
        ("company-data/openapi.yaml", Family.V3_1),
        ("exchange-rates/openapi.json", Family.V3_0),
    ],
    ids=PRODUCTS,
)
def test_definition_has_no_problems(path: str, family: Family) -> None:
    document = parse_document((EXAMPLES / path).read_bytes(), Limits())

    assert isinstance(document.value, dict)
    assert [*document.problems, *validate_structure(document.value, family, limit=9)] == []


@pytest.mark.parametrize("product", PRODUCTS)
def test_operations_have_names_tags_and_texts(product: str) -> None:
    tags = {tag["name"] for tag in load_definition(product)["tags"]}
    operations = [operation for _, _, operation in iter_operations(product)]

    assert all(re.fullmatch(r"[a-z][A-Za-z]+", one["operationId"]) for one in operations)
    assert {tag for one in operations for tag in one["tags"]} == tags
    assert all(one["summary"] and one["description"] for one in operations)


@pytest.mark.parametrize("product", PRODUCTS)
def test_every_reference_has_a_target_and_every_component_is_used(product: str) -> None:
    definition = load_definition(product)
    components = definition["components"]
    targets = {
        f"#/components/{kind}/{name}"
        for kind in components
        if kind != "securitySchemes"
        for name in components[kind]
    }

    used = re.findall(r'"\$ref": "([^"]+)"', json.dumps(definition))

    assert set(used) == targets


@pytest.mark.parametrize("product", PRODUCTS)
def test_examples_of_schemas_fit_them(product: str) -> None:
    schemas = load_definition(product)["components"]["schemas"]
    faults = [
        (name, fault)
        for name, schema in schemas.items()
        for example in schema.get("examples", [])
        for fault in schema_faults(product, schema, example)
    ]

    assert faults == []


def test_examples_of_bodies_and_parameters_fit_their_schemas() -> None:
    found = list(_iter_examples(load_definition("company-data")))

    assert len(found) > 20
    assert [fault for schema, value in found for fault in _request_faults(schema, value)] == []


def _iter_examples(value: Any) -> Any:
    """Every schema beside an example of it, anywhere in a definition."""
    if isinstance(value, list):
        for item in value:
            yield from _iter_examples(item)
    if not isinstance(value, dict):
        return
    if isinstance(value.get("schema"), dict):
        named = value.get("examples", {}).values()
        for example in [one["value"] for one in named] + [
            value[k] for k in ("example",) if k in value
        ]:
            yield value["schema"], example
    for member in value.values():
        yield from _iter_examples(member)


def _request_faults(schema: dict[str, Any], value: Any) -> list[str]:
    """As `schema_faults`; what is read-only may be missing."""
    faults = schema_faults("company-data", schema, value)
    return [one for one in faults if not re.search(r'"\w+" is a required property', one)]


def test_definition_names_the_credentials_that_work() -> None:
    description = load_definition("company-data")["info"]["description"]
    operation = load_definition("company-data")["paths"]["/authenticate"]["post"]
    body = operation["requestBody"]["content"]["application/json"]

    assert body["examples"]["sandbox"]["value"] == CREDENTIALS
    assert (
        f"`{CREDENTIALS['username']}` with the password `{CREDENTIALS['password']}`" in description
    )
    assert read_data_file("accounts")["sandbox"]["sandbox-demo"] == CREDENTIALS["password"]


@pytest.mark.parametrize("name", PORTFOLIO_EXAMPLES)
def test_example_of_a_portfolio_can_be_sent_as_it_is(name: str, caller: Caller) -> None:
    body = PORTFOLIO_EXAMPLES[name]["value"]

    assert caller.call("POST", "/company-data/v1/portfolios", json=body).status == 201

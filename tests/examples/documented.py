"""The two definitions, and checking answers against what they say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml

from tests.examples.client import Answer

__all__ = ["EXAMPLES", "find_differences", "iter_operations", "load_definition", "schema_faults"]

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FILES = {"company-data": "openapi.yaml", "exchange-rates": "openapi.json"}
METHODS = ("get", "put", "post", "delete", "patch")


@cache
def load_definition(product: str) -> dict[str, Any]:
    """A definition as it is written, parsed; JSON is YAML."""
    text = (EXAMPLES / product / FILES[product]).read_text(encoding="utf-8")
    definition: dict[str, Any] = yaml.safe_load(text)
    return definition


def iter_operations(product: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and Operation Object of every operation."""
    for path, item in load_definition(product)["paths"].items():
        for method in METHODS:
            if method in item:
                yield method.upper(), path, item[method]


def schema_faults(product: str, schema: dict[str, Any], value: Any) -> list[str]:
    """Where a value breaks a schema of a definition."""
    components = load_definition(product)["components"]
    document = _as_json_schema({**schema, "components": components})
    validator = jsonschema_rs.Draft202012Validator(document, validate_formats=True)
    return [
        f"{list(error.instance_path)}: {error.message}" for error in validator.iter_errors(value)
    ]


def find_differences(product: str, operation_id: str, answer: Answer) -> list[str]:
    """Where status, headers, content type or body differ from what the definition announces."""
    operation = next(
        one for _, _, one in iter_operations(product) if one["operationId"] == operation_id
    )
    response = _follow(product, operation["responses"].get(str(answer.status), {}))
    if not response:
        return [f"{answer.status} is not documented"]
    faults = _header_faults(product, response.get("headers", {}), answer)
    content = response.get("content", {})
    media_type = content.get(answer.headers["Content-Type"])
    if media_type is None:
        return [*faults, "the body is not documented"] if content or answer.body else faults
    schema = media_type.get("schema")
    return faults if schema is None else faults + schema_faults(product, schema, answer.json)


def _header_faults(product: str, documented: dict[str, Any], answer: Answer) -> list[str]:
    headers = {name: _follow(product, header) for name, header in documented.items()}
    missing = [
        f"{name} is missing"
        for name, header in headers.items()
        if header.get("required") and name not in answer.headers
    ]
    wrong = [
        f"{name}: {fault}"
        for name, header in headers.items()
        if name in answer.headers
        for fault in schema_faults(product, header["schema"], _read_header(answer, name, header))
    ]
    return missing + wrong


def _follow(product: str, value: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in value:
        return value
    target: Any = load_definition(product)
    for name in value["$ref"].removeprefix("#/").split("/"):
        target = target[name]
    return _follow(product, target)


def _read_header(answer: Answer, name: str, header: dict[str, Any]) -> Any:
    text = answer.headers[name]
    return int(text) if header["schema"].get("type") == "integer" else text


def _as_json_schema(value: Any) -> Any:
    """OpenAPI 3.0's nullable and boolean exclusiveMinimum as JSON Schema writes them."""
    if isinstance(value, list):
        return [_as_json_schema(item) for item in value]
    if not isinstance(value, dict):
        return value
    converted = {name: _as_json_schema(member) for name, member in value.items()}
    if converted.pop("nullable", False) is True:
        converted["type"] = [converted["type"], "null"]
    if converted.get("exclusiveMinimum") is True:
        converted["exclusiveMinimum"] = converted.pop("minimum")
    return json.loads(json.dumps(converted))

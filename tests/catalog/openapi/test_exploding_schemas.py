"""Schemas that hold one another twice at each step cost a page little more than others do."""

from __future__ import annotations

import time

import pytest

from catalog.openapi.describing import describe_schema
from catalog.openapi.directions import Direction
from catalog.openapi.fitting import Fitting
from catalog.openapi.flattening import flatten_schema
from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.references import Resolver
from catalog.openapi.sampling import sample_schema

LEVELS = 40
KEYWORDS = ("properties", "allOf", "anyOf", "oneOf")


def exploding(keywords: tuple[str, ...]) -> Resolver:
    """Schemas S0 to S40 that combine the next lower one twice by each of the keywords."""
    components: dict[str, JSONValue] = {"/components/schemas/S0": {"type": "string"}}
    for level in range(1, LEVELS + 1):
        below: JSONObject = {"$ref": f"#/components/schemas/S{level - 1}"}
        schema: JSONObject = {keyword: [below, below] for keyword in keywords}
        if "properties" in keywords:
            schema["properties"] = {"a": below, "b": below}
            schema["required"] = ["a", "b"]
            schema["example"] = {"a": {"a": {}}}
        components[f"/components/schemas/S{level}"] = schema
    return Resolver(components)


TOP: JSONObject = {"$ref": f"#/components/schemas/S{LEVELS}"}
combinations = pytest.mark.parametrize(
    "keywords",
    [
        ("allOf",),
        ("anyOf",),
        ("oneOf",),
        ("properties",),
        ("properties", "allOf"),
        ("properties", "anyOf"),
        ("allOf", "anyOf"),
        KEYWORDS,
    ],
    ids=" ".join,
)


@combinations
def test_description_of_an_exploding_schema_is_bounded(keywords: tuple[str, ...]) -> None:
    started = time.process_time()

    describe_schema(TOP, exploding(keywords), direction=Direction.RESPONSE, depth=6)

    assert time.process_time() - started < 2


@combinations
def test_sample_of_an_exploding_schema_is_bounded(keywords: tuple[str, ...]) -> None:
    started = time.process_time()

    sample_schema(TOP, exploding(keywords), direction=Direction.RESPONSE)

    assert time.process_time() - started < 2


def test_values_are_not_trimmed_beyond_the_budget() -> None:
    fitting = Fitting(exploding(("properties", "allOf")), Direction.REQUEST)
    started = time.process_time()

    trimmed = fitting.trim([{"a": {}}] * 5_000, {"items": TOP})

    assert len(trimmed) == 5_000  # type: ignore[arg-type]  # an array stays one
    assert fitting.travels({"readOnly": True})
    assert time.process_time() - started < 2


def test_cost_of_a_schema_is_the_number_of_its_parts_beyond_the_usual() -> None:
    parts: list[JSONValue] = [{"title": str(number)} for number in range(30)]
    usual: list[JSONValue] = parts[:9]
    resolver = Resolver({})

    assert flatten_schema({"allOf": usual}, resolver).cost == 1
    assert flatten_schema({"allOf": parts}, resolver).cost == 21
    assert len(flatten_schema({"allOf": parts}, resolver, most=5).parts) == 5

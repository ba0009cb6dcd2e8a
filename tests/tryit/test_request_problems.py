"""Problems of a request in words that name the field and the rule."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.building import ProblemKind, RequestProblem, RequestValues
from catalog.openapi import Direction, Location, Resolver, describe_schema
from tests.tryit.console_factories import make_api, make_draft
from tryit.request_problems import describe_mismatch, explain_problem


@pytest.mark.parametrize(
    ("schema", "keyword", "words"),
    [
        pytest.param({"enum": ["a"]}, "enum", "is not one of the listed values", id="enum"),
        pytest.param({"const": 1}, "const", "is not the one value allowed", id="const"),
        pytest.param({"minLength": 2}, "minLength", "is shorter than 2 characters", id="short"),
        pytest.param({"maxLength": 1}, "maxLength", "is longer than 1 character", id="long"),
        pytest.param({"minimum": 3}, "minimum", "is less than 3", id="small"),
        pytest.param({"maximum": 9}, "maximum", "is more than 9", id="large"),
        pytest.param({"exclusiveMinimum": 0}, "exclusiveMinimum", "is not more than 0", id="zero"),
        pytest.param({"type": "integer"}, "type", "is not a whole number", id="integer"),
        pytest.param({"type": ["boolean", "null"]}, "type", "is neither true nor false", id="flag"),
        pytest.param(
            {"type": ["integer", "array"]},
            "type",
            "is of another type than the definition says",
            id="one of two types",
        ),
        pytest.param({}, "pattern", "breaks a rule of its schema (pattern)", id="another rule"),
        pytest.param({}, "minimum", "breaks a rule of its schema (minimum)", id="no bound"),
    ],
)
def test_mismatch_is_said_in_words(schema: dict[str, Any], keyword: str, words: str) -> None:
    node = describe_schema(schema, Resolver({}), direction=Direction.REQUEST, depth=1)

    assert describe_mismatch(keyword, node) == words


@pytest.mark.django_db
def test_bound_comes_from_the_definition() -> None:
    make_api()
    problem = RequestProblem(ProblemKind.DOES_NOT_MATCH_SCHEMA, "query", "limit", "maximum")

    assert explain_problem(problem, make_draft("company-search")).sentence == (
        "limit is more than 50."
    )


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["..", "%2e%2E", "{{dots}}"])
def test_segment_of_dots_names_its_parameter(value: str) -> None:
    make_api()
    values = RequestValues(parameters={Location.PATH: {"id": value}})
    problem = RequestProblem(ProblemKind.DOT_SEGMENT, "path", "..")

    described = explain_problem(problem, make_draft("get-company", values=values), is_fatal=True)

    assert described.title == 'id in the path is "..", which would change the path.'
    assert described.facts["name"] == "id"

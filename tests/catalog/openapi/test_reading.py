"""Whole definitions: what is published, with which problems, and what is refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given

from catalog.openapi.errors import UnreadableDefinition
from catalog.openapi.json_values import JSONObject
from catalog.openapi.limits import Limits
from catalog.openapi.problems import Problem, Severity
from catalog.openapi.reading import ReadDefinition, read_definition
from catalog.openapi.sources import single_file, unpacked_files
from catalog.openapi.writing import render_json
from tests.catalog.openapi.json_strategies import nonsense_definitions


def read(source: str, **others: str) -> ReadDefinition:
    files = {"openapi.yaml": source.encode()}
    files |= {name.replace("_", "."): text.encode() for name, text in others.items()}
    return read_definition(unpacked_files(files, root="openapi.yaml"), limits=Limits())


def refusal(source: str, limits: Limits | None = None) -> Problem:
    with pytest.raises(UnreadableDefinition) as raised:
        read_definition(single_file(source.encode()), limits=limits or Limits())
    return raised.value.problem


GOOD = """\
openapi: 3.1.0
info: {title: Pets, version: 1.10}
servers: [{url: https://example.com}]
paths:
  /pets:
    get: {summary: All pets, responses: {200: {description: Fine}}}
"""


def test_good_definition_has_no_problems() -> None:
    definition = read(GOOD)

    assert definition == ReadDefinition(
        value={
            "openapi": "3.1.0",
            "info": {"title": "Pets", "version": "1.10"},
            "servers": [{"url": "https://example.com"}],
            "paths": {
                "/pets": {
                    "get": {
                        "summary": "All pets",
                        "responses": {"200": {"description": "Fine"}},
                    }
                }
            },
        },
        format="yaml",
        openapi_version="3.1.0",
        title="Pets",
    )


def test_2_0_stays_2_0() -> None:
    definition = read('{"swagger": "2.0", "definitions": {"A": {}}}')

    assert definition.value == {"swagger": "2.0", "definitions": {"A": {}}}
    assert (definition.format, definition.openapi_version, definition.title) == ("json", "2.0", "")


def test_problems_have_line_and_column() -> None:
    source = GOOD.replace("{200: {description: Fine}}", "{200: {}}") + "  /{id}: {get: {}}\n"

    warnings = [one for one in read(source).problems if one.severity is Severity.WARNING]

    assert warnings == [
        Problem(
            Severity.WARNING,
            "structure",
            "The member “description” is missing.",
            "/paths/~1pets/get/responses/200",
            6,
            42,
        ),
        Problem(
            Severity.WARNING,
            "undeclared-path-parameter",
            "“{id}” of the path has no path parameter.",
            "/paths/~1{id}/get",
            7,
            11,
        ),
    ]


def test_problem_of_another_file_names_it_and_is_placed_in_it() -> None:
    source = GOOD + "components: {schemas: {A: {items: {$ref: a.yaml}}}}\n"

    problems = read(source, a_yaml="title: A\nrequired: [a, a]\nitems: {$ref: b.yaml}\n").problems

    assert problems == (
        Problem(
            Severity.WARNING,
            "dangling-reference",
            "a.yaml: The reference “b.yaml” leads to a file that is not among the files given.",
            "/items/$ref",
            3,
            9,
        ),
        Problem(
            Severity.WARNING,
            "structure",
            "a.yaml: The items of this array must all be different.",
            "/required",
            2,
            1,
        ),
        Problem(
            Severity.INFO,
            "unused-component",
            "Nothing in the definition refers to “A”.",
            "/components/schemas/A",
            7,
            24,
        ),
    )


def test_problem_of_the_parser_comes_first() -> None:
    problems = read(GOOD + "openapi: 3.3.0\n").problems

    assert [(one.rule, one.line) for one in problems] == [
        ("duplicate-key", 7),
        ("unsupported-version", 7),
        ("structure", 7),
    ]


@pytest.mark.parametrize(
    ("source", "rule", "line"),
    [
        pytest.param("a: [", "syntax", 2, id="syntax"),
        pytest.param("- 1", "not-openapi", None, id="array"),
        pytest.param("a: 1", "not-openapi", None, id="other"),
        pytest.param("a: 1\nswagger: '1.2'", "unsupported-version", 2, id="old"),
        pytest.param("openapi: 3.1.0\npaths: {}", "nothing-to-publish", None, id="empty"),
    ],
)
def test_what_is_not_safe_to_publish_is_refused(source: str, rule: str, line: int | None) -> None:
    problem = refusal(source)

    assert (problem.severity, problem.rule, problem.line) == (Severity.ERROR, rule, line)


@pytest.mark.parametrize(
    "rest",
    [
        "paths: {/a: {get: {}}}",
        "paths: {/a: {query: {}}}",
        "paths: {/a: {additionalOperations: {COPY: {}}}}",
        "paths: {/a: {$ref: '#/x'}}",
        "webhooks: {a: {post: {}}}",
        "components: {schemas: {A: {}}}",
        "components: {schemas: {A: true}}",
        "components: {securitySchemes: {a: {type: http}}}",
        "definitions: {A: {$ref: '#/a'}}",
    ],
)
def test_one_operation_webhook_or_component_is_enough(rest: str) -> None:
    assert read(f"openapi: 3.2.0\n{rest}").openapi_version == "3.2.0"


@pytest.mark.parametrize(
    "rest",
    [
        "paths: {/a: {}, x-own: {get: {}}, /b: {get: 1}}",
        "components: {schemas: {A: {$ref: 0}, B: 1}}",
        "components: {schemas: [1]}",
        "webhooks: text",
    ],
)
def test_shells_without_content_are_refused(rest: str) -> None:
    assert refusal(f"openapi: 3.2.0\n{rest}").rule == "nothing-to-publish"


def test_missing_root_is_refused() -> None:
    with pytest.raises(UnreadableDefinition, match="There is no file “b”"):
        read_definition(unpacked_files({"a": b""}, root="b"), limits=Limits())


def test_bundled_definition_is_counted_again() -> None:
    files = {
        "openapi.yaml": b"openapi: 3.1.0\npaths: {/a: {$ref: a.yaml}, /b: {$ref: a.yaml}}",
        "a.yaml": b"get: {tags: [a, b, c, d, e]}",
    }

    with pytest.raises(UnreadableDefinition, match="more than 15 values"):
        read_definition(unpacked_files(files, root="openapi.yaml"), limits=Limits(nodes=15))


@given(nonsense_definitions)
def test_nonsense_is_read_or_refused_and_never_altered(definition: JSONObject) -> None:
    source = render_json(definition)

    with suppress(UnreadableDefinition):
        result = read_definition(single_file(source), limits=Limits())
        assert result.value["components"] == definition["components"]

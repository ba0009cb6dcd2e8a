"""Definitions that are small and try to become large, deep or slow."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client

from catalog.importing import run_in_child
from catalog.models import Revision, Version
from catalog.openapi import Limits
from tests.catalog.hostile.archives import tar_of, zip_of
from tests.catalog.hostile.pages import fetch_pages
from tests.catalog.hostile.publishing import publish_bytes, refusal_of
from tests.factories import make_definition, make_version

pytestmark = pytest.mark.django_db

HEAD = 'openapi: 3.1.0\ninfo: {title: Bomb, version: "1"}\npaths: {/a: {get: {}}}\n'
STAIRS = "".join(f"{' ' * step}-\n" for step in range(1, 3_000))
# What the checking process may grow by while a child deals with a bomb.
GROWTH_BYTES = 60_000_000
KILOBYTE = 1024


@contextmanager
def no_growth() -> Iterator[None]:
    """Fail when the peak memory of this process, which stands for the web's, has grown much."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown * KILOBYTE < GROWTH_BYTES


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail when this process computes for longer."""
    started = time.process_time()
    yield
    assert time.process_time() - started < seconds


def test_billion_laughs_of_yaml_are_refused_with_their_line() -> None:
    levels = [
        f"x-a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 10)
    ]
    bomb = HEAD + "x-a0: &a0 [lol]\n" + "\n".join(levels)

    with no_growth(), within(5):
        publication = publish_bytes(bomb.encode(), run=run_in_child)

    assert refusal_of(publication) == (
        "aliases",
        "Aliases repeat more than 500,000 values.",
        10,
        22,
    )


def test_alias_within_itself_is_refused() -> None:
    publication = publish_bytes((HEAD + "x-a: &a [*a]\n").encode())

    assert refusal_of(publication)[:3] == (
        "aliases",
        "The alias “*a” stands inside what it repeats.",
        4,
    )


@pytest.mark.parametrize(
    ("content", "place"),
    [
        pytest.param('{"a": ' + "[" * 10_000 + "]" * 10_000 + "}", (1, 106), id="json"),
        pytest.param('{"a": ' + "[" * 10_000, (1, 106), id="json-that-breaks-off"),
        pytest.param('{\n"[": ' + "[" * 200 + "]" * 200 + "}", (2, 105), id="json-less-deep"),
        pytest.param('{"a":' * 10_000 + "1" + "}" * 10_000, (1, 501), id="json-objects"),
        pytest.param(HEAD + "x-a: " + "[" * 10_000 + "]" * 10_000, (4, 105), id="yaml-flow"),
        pytest.param(HEAD + "x-a:\n" + STAIRS, (104, 101), id="yaml-block"),
    ],
)
def test_deep_nesting_is_refused_where_it_begins(content: str, place: tuple[int, int]) -> None:
    with within(5):
        publication = publish_bytes(content.encode())

    rule, message, *found = refusal_of(publication)
    assert (rule, message) == (
        "too-deep",
        "Objects and arrays are nested more than 100 levels deep.",
    )
    assert tuple(found) == place


@pytest.mark.parametrize("content", ["x-a: " + "- " * 10_000, "? " * 10_000, "? [" * 10_000])
def test_yaml_of_signs_alone_is_refused_in_its_line(content: str) -> None:
    with within(5):
        publication = publish_bytes((HEAD + content).encode())

    rule, _message, line, _column = refusal_of(publication)
    assert (rule, line) == ("syntax", 4)


def doubling(levels: int) -> dict[str, Any]:
    """Schemas that refer to the next one twice: written out, 2 to the power of the levels."""
    schemas: dict[str, Any] = {"S0": {"type": "string"}}
    for level in range(1, levels):
        below = {"$ref": f"#/components/schemas/S{level - 1}"}
        schemas[f"S{level}"] = {
            "type": "object",
            "required": ["a", "b"],
            "properties": {"a": below, "b": below},
            "allOf": [below, below],
            "anyOf": [below, below],
            "example": {"a": {"a": {}}},
        }
    return schemas


def test_billion_laughs_of_references_are_shown_in_part(client: Client) -> None:
    top = {"$ref": "#/components/schemas/S24"}
    content = {"application/json": {"schema": top}}
    operation = {
        "requestBody": {"content": content},
        "responses": {"200": {"description": "", "content": content}},
        "parameters": [{"name": "q", "in": "query", "content": content}],
    }
    bomb = make_definition(paths={"/a": {"post": operation}}, components={"schemas": doubling(25)})
    make_version()
    pages = ("post-a/", "post-a/try/", "schemas/S24/")
    client.get("/catalog/example/v1/reference/ping/")
    client.get("/catalog/example/v1/reference/ping/try/")

    with no_growth(), within(5):
        publication = publish_bytes(json.dumps(bomb).encode())
        responses = [client.get(f"/catalog/hostile/v1/reference/{page}") for page in pages]

    assert publication.result == "created"
    assert [response.status_code for response in responses] == [200, 200, 200]
    assert max(len(response.content) for response in responses) < 700_000


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(zip_of({"openapi.yaml": b"\0" * 3_000_000}), id="zip"),
        pytest.param(zip_of({f"{n}.yaml": b"\0" * 900_000 for n in range(4)}), id="zip-in-sum"),
        pytest.param(tar_of({"openapi.yaml": b"\0" * 3_000_000}), id="tar"),
    ],
)
def test_archive_that_unpacks_to_too_much_is_rejected(content: bytes) -> None:
    assert len(content) < 20_000

    publication = publish_bytes(content, limits=Limits(archive_bytes=2_000_000))

    assert refusal_of(publication)[:2] == (
        "archive",
        "The archive unpacks to more than 2,000,000 bytes.",
    )
    assert not Revision.objects.exists()


def test_definition_over_the_limit_is_rejected() -> None:
    publication = publish_bytes(HEAD.encode() + b"#" * 100, limits=Limits(source_bytes=100))

    assert refusal_of(publication)[:2] == ("too-large", "The file is larger than 100 bytes.")


@pytest.mark.parametrize(
    ("content", "place"),
    [
        pytest.param(HEAD.encode() + b"x-a: caf\xe9\n", (4, 9), id="latin-1"),
        pytest.param(b'{"openapi": "3.1.0",\n "x": "\xff\xfe"}', (2, 8), id="json"),
        pytest.param(HEAD.encode() + b"x-a: \xc0\xaf\n", (4, 6), id="overlong"),
        pytest.param(b"\xef\xbb\xbf" + HEAD.encode() + b"\xed\xa0\x80", (4, 1), id="surrogate"),
    ],
)
def test_bytes_that_are_no_text_are_rejected_with_their_place(
    content: bytes, place: tuple[int, int]
) -> None:
    rule, message, *found = refusal_of(publish_bytes(content))

    assert (rule, message) == ("encoding", "The file is not valid UTF-8 text.")
    assert tuple(found) == place


@pytest.mark.parametrize(
    "pattern",
    [
        r"^(a+)+$",
        r"^(([a-z])+.)+[A-Z]([a-z])+$",
        r"^(?=(a+)+b)(a|aa)+$",
        r"(.*a){25}",
        r"^(\w+\s?)*$",
        r"((a{0,99}){0,99}){0,99}",
        "(" * 1_000 + "a" + ")" * 1_000,
        "[a-z]{1000000000}",
    ],
)
def test_catastrophic_pattern_costs_no_time_anywhere(pattern: str) -> None:
    schema = {
        "type": "string",
        "pattern": pattern,
        "minLength": 30,
        "default": "a" * 40 + "!",
        "example": "a" * 40 + "!",
    }
    content = {"application/json": {"schema": {"type": "object", "properties": {"a": schema}}}}
    operation = {
        "parameters": [{"name": "q", "in": "query", "schema": schema}],
        "requestBody": {"content": content},
        "responses": {"200": {"description": "", "content": content}},
    }
    definition = make_definition(
        paths={"/a": {"post": operation}}, components={"schemas": {"A": schema}}
    )

    with within(1):
        publication = publish_bytes(json.dumps(definition).encode())
    version = Version.objects.select_related("product", "current_revision").get()
    with within(2):
        statuses = {response.status_code for _url, response in fetch_pages(version)}

    assert publication.result == "created"
    assert statuses == {200}

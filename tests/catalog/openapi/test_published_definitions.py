"""The definitions of real APIs, where they are at hand."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from catalog.openapi.describing import describe_schema
from catalog.openapi.directions import Direction
from catalog.openapi.indexing import DefinitionIndex, index_definition
from catalog.openapi.json_values import JSONValue
from catalog.openapi.operation_reading import read_operation
from catalog.openapi.references import Resolver
from catalog.openapi.sampling import sample_media_type
from catalog.openapi.upgrading import upgrade_definition

DEFINITIONS = Path(__file__).parents[4] / "shared" / "definitions"
GITHUB = DEFINITIONS / "octokit/openapi/generated/api.github.com.json"

pytestmark = pytest.mark.skipif(
    not DEFINITIONS.is_dir(), reason="the published definitions are not here"
)


def index_file(path: Path) -> DefinitionIndex:
    return index_definition(upgrade_definition(json.loads(path.read_bytes())))


def test_a_large_definition_is_indexed_within_seconds() -> None:
    definition = upgrade_definition(json.loads(GITHUB.read_bytes()))

    started = time.process_time()
    index = index_definition(definition)

    assert len(index.operations) > 1_000
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("box/box-openapi/openapi.json", 296),
        ("slackapi/slack-api-specs/web-api/slack_web_openapi_v2.json", 174),
    ],
    ids=["3.0", "2.0"],
)
def test_every_operation_is_read_described_and_sampled(path: str, count: int) -> None:
    index = index_file(DEFINITIONS / path)
    components: dict[str, JSONValue] = {part.pointer: part.document for part in index.components}
    schemes = index.overview["security_schemes"]
    assert isinstance(schemes, dict)

    for indexed in index.operations:
        resolver = Resolver({pointer: components[pointer] for pointer in indexed.reaches})
        operation = read_operation(
            indexed.document,
            method=indexed.method,
            path=indexed.path,
            resolver=resolver,
            security_schemes=schemes,
        )
        for response in operation.responses:
            for media_type in response.content:
                describe_schema(media_type.schema, resolver, direction=Direction.RESPONSE)
                sample_media_type(media_type, resolver, direction=Direction.RESPONSE)

    assert len(index.operations) == count

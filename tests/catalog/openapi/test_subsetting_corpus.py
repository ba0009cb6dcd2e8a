"""Real definitions from outside of the repository, cut down to each of their tags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.openapi.indexing import index_definition
from catalog.openapi.json_values import JSONObject, JSONValue
from catalog.openapi.limits import Limits
from catalog.openapi.pointers import Missing, locate, pointer_of, split_pointer
from catalog.openapi.reading import read_definition
from catalog.openapi.sources import open_folder
from catalog.openapi.subsetting import subset_definition
from catalog.openapi.upgrading import upgrade_definition
from catalog.openapi.validation import validate_structure
from catalog.openapi.versions import find_family

CORPUS = Path(__file__).parents[4] / "shared" / "definitions"
MOST_TAGS = 15
FEW = (
    "OAI/learn.openapis.org/examples/v2.0/json/petstore-separate/spec/swagger.json",
    "OAI/learn.openapis.org/examples/v3.0/link-example.yaml",
    "OAI/learn.openapis.org/examples/v3.2/3.2-tags-example.yaml",
    "Redocly/museum-openapi-example/openapi.yaml",
    "discord/discord-api-spec/specs/openapi.json",
    "firecracker-microvm/firecracker/src/firecracker/swagger/firecracker.yaml",
    "moby/moby/api/swagger.yaml",
    "readmeio/oas-examples/3.0/json/callbacks.json",
    "readmeio/oas-examples/3.0/json/discriminators.json",
    "readmeio/oas-examples/3.0/yaml/security.yaml",
    "scalar/openapi-parser/packages/openapi-parser/tests/files/opensuseorgobs.yaml",
    "stoplightio/prism/examples/callbacks/payment-service.oas3.yaml",
)

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the definitions are not beside the repository"
)


@pytest.mark.parametrize("path", FEW)
def test_each_tag_of_a_real_definition_is_a_definition(path: str) -> None:
    folder = CORPUS / path.rpartition("/spec/")[0] if "/spec/" in path else (CORPUS / path).parent
    root = str((CORPUS / path).relative_to(folder))
    files = open_folder(folder, root=root, limit_bytes=50_000_000)
    definition = read_definition(files, limits=Limits()).value
    faults, dangling = _count_faults(definition), _find_dangling(definition)

    for pointers in _pointers_by_tag(definition):
        subset = subset_definition(definition, pointers)

        assert {one.pointer for one in index_definition(upgrade_definition(subset)).operations} == (
            pointers
        )
        assert _find_dangling(subset) <= dangling
        assert _count_faults(subset) <= faults
        assert subset_definition(subset, pointers) == subset


def _pointers_by_tag(definition: JSONObject) -> list[set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for operation in index_definition(upgrade_definition(definition)).operations:
        for tag in operation.tags or ("",):
            found[tag].add(operation.pointer)
    return list(found.values())[:MOST_TAGS]


def _count_faults(definition: JSONObject) -> int:
    return len(validate_structure(definition, find_family(definition), limit=1000))


def _find_dangling(definition: JSONObject) -> set[str]:
    pointers = {pointer_of(reference) for reference in _iter_references(definition)}
    return {
        pointer
        for pointer in pointers
        if isinstance(locate(definition, split_pointer(pointer)), Missing)
    }


def _iter_references(value: JSONValue) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(reference := value.get("$ref"), str):
            yield reference
        for member in value.values():
            yield from _iter_references(member)
    elif isinstance(value, list):
        for item in value:
            yield from _iter_references(item)

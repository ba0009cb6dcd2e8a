"""Real definitions from outside of the repository, where they are present."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from ryaml import loads as ryaml_loads  # type: ignore[attr-defined]  # left out of its __all__

from catalog.openapi.errors import UnreadableDefinition
from catalog.openapi.limits import Limits
from catalog.openapi.problems import Severity
from catalog.openapi.reading import ReadDefinition, read_definition
from catalog.openapi.sources import SourceFiles, open_folder
from catalog.openapi.writing import render_json, render_yaml

CORPUS = Path(__file__).parents[4] / "shared" / "definitions"
FEW = (
    "APIDevTools/swagger-parser/test/specs/deep-circular/deep-circular.yaml",
    "APIDevTools/swagger-parser/test/specs/invalid/old-version.yaml",
    "APIDevTools/swagger-parser/test/specs/validate-spec/invalid/body-and-form-params.yaml",
    "Mermade/openapi3-examples/3.0/fail/refAsInteger.yaml",
    "Mermade/openapi3-examples/3.0/malicious/yamlbomb.yaml",
    "Mermade/openapi3-examples/3.0/pass/extensionsEverywhere.yaml",
    "Mermade/openapi3-examples/3.0/pass/fiendish/ref-encoding3.yaml",
    "Mermade/openapi3-examples/3.1/fail/no_containers.yaml",
    "OAI/learn.openapis.org/examples/v2.0/json/petstore-separate/spec/swagger.json",
    "Redocly/redoc/demo/cafe.yaml",
    "Redocly/redocly-cli/resources/cafe-split/cafe.yaml",
    "hey-api/openapi-ts/specs/3.1.x/full.yaml",
    "matrix-org/matrix-spec/data/api/client-server/content-repo.yaml",
    "creditsafe/cs_connectv1-15.json",
    "microsoft/OpenAPI.NET/test/Microsoft.OpenApi.Readers.Tests/V32Tests/Samples/"
    "OpenApiDocument/docWith32properties.json",
    "moby/moby/api/swagger.yaml",
    "openapi-ts/openapi-typescript/packages/openapi-typescript/test/fixtures/"
    "anchor-with-ref-test.yaml",
    "pb33f/libopenapi/test_specs/circular-tests.yaml",
    "pennersr/django-allauth/allauth/headless/spec/doc/openapi.yaml",
    "readmeio/oas-examples/3.0/json/parameters-extreme.json",
    "zuplo/zudoku/examples/cosmo-cargo/schema/shipments.json",
)

needs_corpus = pytest.mark.skipif(
    not (CORPUS / "manifest.json").is_file(), reason="the definitions are not beside the repository"
)


def entries(paths: tuple[str, ...] | None = None) -> list[Any]:
    if not (CORPUS / "manifest.json").is_file():
        return []
    manifest = json.loads((CORPUS / "manifest.json").read_bytes())
    chosen = [one for one in manifest["entries"] if paths is None or one["path"] in paths]
    return [pytest.param(one, id=one["path"]) for one in chosen]


def files_of(entry: dict[str, Any]) -> SourceFiles:
    path = CORPUS / entry["path"]
    folder = CORPUS / entry["folder"] if entry.get("folder") else path.parent
    root = path.relative_to(folder).as_posix()
    return open_folder(folder, root=root, limit_bytes=Limits().source_bytes)


def find_read(entry: dict[str, Any]) -> ReadDefinition | None:
    try:
        return read_definition(files_of(entry), limits=Limits())
    except UnreadableDefinition:
        return None


def outcome(result: ReadDefinition | None) -> str:
    if result is None:
        return "reject"
    has_warnings = any(one.severity is Severity.WARNING for one in result.problems)
    return "accept-with-warnings" if has_warnings else "accept"


def check_lossless(result: ReadDefinition) -> None:
    text = json.dumps(result.value)
    written = render_yaml(result.value).decode()
    assert json.dumps(json.loads(render_json(result.value))) == text
    assert json.dumps(yaml.load(written, yaml.CSafeLoader)) == text
    assert json.dumps(ryaml_loads(written)) == text


@needs_corpus
@pytest.mark.parametrize("entry", entries(FEW))
def test_definition_has_its_expected_outcome_and_is_written_losslessly(
    entry: dict[str, Any],
) -> None:
    result = find_read(entry)

    assert outcome(result) == entry["portal"]
    if result is not None:
        check_lossless(result)


@needs_corpus
@pytest.mark.proof
@pytest.mark.parametrize("entry", entries())
def test_every_definition_has_its_expected_outcome(entry: dict[str, Any]) -> None:
    assert outcome(find_read(entry)) == entry["portal"]

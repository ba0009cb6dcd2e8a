"""A small part of the proofs over real definitions: a few of them, a few pages of each."""

from __future__ import annotations

import pytest

from catalog.importing import run_here
from catalog.models import Revision, Version
from tests.proof.corpus import outcome_of, publish_definition
from tests.proof.definitions import RealDefinition, list_definitions
from tests.proof.lossless import served_losslessly
from tests.proof.pages import check_pages

pytestmark = pytest.mark.django_db

FEW = (
    "Mermade/openapi3-examples/3.0/malicious/yamlbomb.yaml",
    "Mermade/openapi3-examples/3.0/pass/fiendish/ref-encoding3.yaml",
    "OAI/learn.openapis.org/examples/v2.0/json/petstore-separate/spec/swagger.json",
    "hey-api/openapi-ts/specs/3.1.x/full.yaml",
    "microsoft/OpenAPI.NET/test/Microsoft.OpenApi.Readers.Tests/V32Tests/Samples/"
    "OpenApiDocument/docWith32properties.json",
    "pb33f/libopenapi/test_specs/circular-tests.yaml",
    "readmeio/oas-examples/3.0/json/parameters-extreme.json",
    "slackapi/slack-api-specs/web-api/slack_web_openapi_v2.json",
)
PAGES = 4


@pytest.mark.parametrize(
    "definition",
    [pytest.param(one, id=one.path.rpartition("/")[2]) for one in list_definitions(FEW)],
)
def test_real_definition_is_published_served_and_shown(definition: RealDefinition) -> None:
    publication = publish_definition(definition, "real", run=run_here)

    assert outcome_of(publication) == definition.outcome
    for revision in Revision.objects.all():
        assert served_losslessly(definition, revision) == []
    for version in Version.objects.select_related("product", "current_revision"):
        assert check_pages(version, limit=PAGES).failures == ()

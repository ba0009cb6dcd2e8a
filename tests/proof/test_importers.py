"""The demonstration products' downloads go into the importers users have; the rest is a proof."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from catalog.models import Version
from tests.factories import publish_text
from tests.proof.importers import (
    IMPORTERS,
    MissingImporters,
    Verdict,
    install_importers,
    take_in,
)

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SOURCES = [EXAMPLES / "company-data/openapi.yaml", EXAMPLES / "exchange-rates/openapi.json"]

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("importers")]


@pytest.fixture(scope="module")
def home() -> Path:
    """Where the importers are."""
    try:
        return install_importers()
    except MissingImporters as error:
        if os.environ.get("CI"):
            pytest.fail(f"CI demands the importers: {error}")
        pytest.skip(str(error))


@pytest.mark.parametrize("importer", IMPORTERS)
@pytest.mark.parametrize("source", SOURCES, ids=["Company Data", "Exchange Rates"])
def test_download_gives_an_importer_what_the_source_gives(
    client: Client, tmp_path: Path, home: Path, source: Path, importer: str
) -> None:
    publish_text(source.read_bytes(), product="example", version="v1")
    operations = Version.objects.get().current_revision.operation_count  # type: ignore[union-attr]
    requests = None if importer == "@scalar/openapi-parser" else operations

    for form in ("yaml", "json"):
        response: Any = client.get(f"/catalog/example/v1/openapi.{form}")
        file = tmp_path / f"openapi.{form}"
        file.write_bytes(response.getvalue())

        assert take_in(importer, file, home=home) == Verdict(accepted=True, requests=requests)


@pytest.mark.parametrize("importer", IMPORTERS)
def test_importer_that_refuses_a_file_says_why(tmp_path: Path, home: Path, importer: str) -> None:
    file = tmp_path / "openapi.yaml"
    file.write_text("openapi: [")

    verdict = take_in(importer, file, home=home)

    assert not verdict.accepted
    assert verdict.reason

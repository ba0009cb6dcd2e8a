"""The `mirror` of a version in catalog.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.catalog_file import CatalogFileError
from catalog.models import MirrorKind, MirrorSource, Product, Version
from catalog.services.applying import apply_catalog
from tests.catalog.mirroring.conftest import GOOD, definition
from tests.servers.git import GitServer
from tests.servers.upstream import Upstream

pytestmark = pytest.mark.django_db

CATALOG = """
environments: [{slug: sandbox, name: Sandbox}]
products:
  - slug: company-data
    versions:
      - version: "1"
        default: true
        definition: "${SOURCE}"
        mirror: {every: 30m, allow_private: true}
        servers: {sandbox: {url: "https://sandbox.example.com"}}
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A catalog file with one mirrored version."""
    path = tmp_path / "catalog.yaml"
    path.write_text(CATALOG, encoding="utf-8")
    return path


def apply(path: Path, url: str) -> list[str]:
    """Apply with this source; what changed."""
    return apply_catalog(path, environ={"SOURCE": url}).changes


def test_version_follows_its_source_and_is_published_at_once(
    catalog: Path, upstream: Upstream
) -> None:
    changes = apply(catalog, f"{upstream.url}/openapi.json")

    mirror = MirrorSource.objects.get()
    assert (mirror.kind, mirror.interval_seconds) == (MirrorKind.URL, 1800)
    assert "mirror of company-data 1 written" in changes
    assert "company-data 1 published, revision 1" in changes
    version = Version.objects.get()
    assert version.is_default
    assert [server.url for server in version.servers.all()] == ["https://sandbox.example.com"]


def test_applying_twice_changes_nothing_and_asks_nobody(catalog: Path, upstream: Upstream) -> None:
    apply(catalog, f"{upstream.url}/openapi.json")
    upstream.requests.clear()

    assert apply(catalog, f"{upstream.url}/openapi.json") == []
    assert upstream.requests == []


def test_git_repository_is_told_by_its_name(catalog: Path, repository: GitServer) -> None:
    repository.push({"openapi.json": GOOD}, branch="release")
    catalog.write_text(CATALOG.replace("every: 30m", "ref: release, path: /openapi.json"))

    changes = apply(catalog, f"git+{repository.url}")

    mirror = MirrorSource.objects.get()
    assert (mirror.kind, mirror.url) == (MirrorKind.GIT, repository.url)
    assert (mirror.ref, mirror.path, mirror.interval_seconds) == ("release", "openapi.json", 3600)
    assert "company-data 1 published, revision 1" in changes


def test_source_that_is_down_is_reported_and_the_rest_is_applied(
    catalog: Path, upstream: Upstream
) -> None:
    upstream.answer(500)

    application = apply_catalog(catalog, environ={"SOURCE": f"{upstream.url}/openapi.json"})

    (problem,) = application.rejected["company-data 1"]
    assert "500 Internal Server Error" in problem.message
    assert Version.objects.get().servers.count() == 1


def test_rejected_definition_is_reported_with_its_problems(
    catalog: Path, upstream: Upstream
) -> None:
    upstream.files["/openapi.json"] = b"garbage"

    application = apply_catalog(catalog, environ={"SOURCE": f"{upstream.url}/openapi.json"})

    first, second = application.rejected["company-data 1"]
    assert first.rule == "mirror-failing"
    assert second.severity == "error"


def test_version_that_is_not_mirrored_any_more_loses_its_mirror(
    catalog: Path, upstream: Upstream
) -> None:
    apply(catalog, f"{upstream.url}/openapi.json")
    (catalog.parent / "openapi.json").write_bytes(definition("/a"))
    catalog.write_text(CATALOG.replace("mirror: {every: 30m, allow_private: true}", ""))

    changes = apply(catalog, "openapi.json")

    assert "mirror of company-data 1 removed" in changes
    assert not MirrorSource.objects.exists()


@pytest.mark.parametrize(
    ("source", "old", "new", "complaint"),
    [
        pytest.param("openapi.yaml", "", "", "cannot be mirrored", id="a file"),
        pytest.param("https://x.example/a", "30m", "soon", "takes a time such as", id="interval"),
        pytest.param("https://x.example/a", "every", "evry", "evry is not a key", id="key"),
        pytest.param("https://u:p@x.example/a", "", "", "no plain http", id="credentials"),
    ],
)
def test_wrong_mirror_is_refused_and_nothing_is_written(
    catalog: Path, source: str, old: str, new: str, complaint: str
) -> None:
    catalog.write_text(CATALOG.replace(old, new) if old else CATALOG, encoding="utf-8")

    with pytest.raises(CatalogFileError) as refusal:
        apply(catalog, source)

    assert complaint in str(refusal.value)
    assert not Product.objects.exists()

"""Applying a catalog file."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.catalog_file import CatalogFileError
from catalog.models import Environment, Guide, Product, TokenSource, Version
from catalog.services.applying import apply_catalog
from tests.factories import make_environment, make_product

pytestmark = pytest.mark.django_db

DEFINITION = """
openapi: 3.1.0
info: {title: Company Data, version: "1"}
paths:
  /authenticate:
    post: {operationId: authenticate, responses: {"200": {description: A token}}}
components:
  securitySchemes:
    bearerToken: {type: http, scheme: bearer}
"""
CATALOG = """
environments:
  - {slug: sandbox, name: Sandbox}
  - {slug: production, name: Production, confirm_writes: true}
token_sources:
  - slug: company-login
    kind: login
    login: {operation: company-data/1/authenticate, content_type: application/json}
    token: {in: body, at: /token}
    lifetime: 3600
products:
  - slug: company-data
    name: Company Data
    facets: {Region: [Nordics]}
    guides: ["guides/*.md"]
    versions:
      - version: "1"
        default: true
        definition: openapi.yaml
        servers:
          sandbox: {url: "${SANDBOX_URL}/v1", allow_private: true}
        security: {bearerToken: company-login}
"""
ENVIRON = {"SANDBOX_URL": "http://127.0.0.1:8010"}


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A folder with a catalog file, a definition and two guides."""
    (tmp_path / "openapi.yaml").write_text(DEFINITION, encoding="utf-8")
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides" / "reading-a-report.md").write_text("# Reading a report\n\nText.")
    (tmp_path / "guides" / "untitled.md").write_text("Only text.")
    (tmp_path / "catalog.yaml").write_text(CATALOG, encoding="utf-8")
    return tmp_path / "catalog.yaml"


def test_catalog_becomes_what_the_file_declares(catalog: Path) -> None:
    apply_catalog(catalog, environ=ENVIRON)

    version = Version.objects.get(product__slug="company-data", name="1")
    server = version.servers.get()
    binding = version.bindings.get()
    assert (server.environment.slug, server.url) == ("sandbox", "http://127.0.0.1:8010/v1")
    assert (binding.scheme, binding.token_source.slug) == ("bearerToken", "company-login")
    assert version.current_revision is not None
    assert list(Environment.objects.values_list("slug", "confirm_writes")) == [
        ("sandbox", False),
        ("production", True),
    ]


def test_login_operation_finds_its_source(catalog: Path) -> None:
    apply_catalog(catalog, environ=ENVIRON)

    source = TokenSource.objects.get(login_operation="company-data/1/authenticate")
    assert source.slug == "company-login"


def test_guides_take_their_titles_from_their_first_headings(catalog: Path) -> None:
    apply_catalog(catalog, environ=ENVIRON)

    assert list(Guide.objects.values_list("slug", "title")) == [
        ("reading-a-report", "Reading a report"),
        ("untitled", "Untitled"),
    ]


def test_applying_twice_changes_nothing_more(catalog: Path) -> None:
    first = apply_catalog(catalog, environ=ENVIRON)

    second = apply_catalog(catalog, environ=ENVIRON)

    assert first.changes[0] == "environment sandbox written"
    assert second.changes == []


def test_only_what_differs_is_written(catalog: Path) -> None:
    apply_catalog(catalog, environ=ENVIRON)

    application = apply_catalog(catalog, environ={"SANDBOX_URL": "http://127.0.0.1:8020"})

    assert application.changes == ["server of company-data 1 in sandbox set"]


def test_prune_deletes_what_the_file_leaves_out(catalog: Path) -> None:
    make_product("old")
    make_environment("staging")

    application = apply_catalog(catalog, environ=ENVIRON, prune=True)

    assert not Product.objects.filter(slug="old").exists()
    assert application.changes[-2:] == ["product old deleted", "environment staging deleted"]


def test_without_prune_the_rest_stays(catalog: Path) -> None:
    make_product("old")

    apply_catalog(catalog, environ=ENVIRON)

    assert Product.objects.filter(slug="old").exists()


def test_rejected_definition_is_reported_and_the_version_stays(catalog: Path) -> None:
    apply_catalog(catalog, environ=ENVIRON)
    (catalog.parent / "openapi.yaml").write_text("openapi: [", encoding="utf-8")

    application = apply_catalog(catalog, environ=ENVIRON)

    assert list(application.rejected) == ["company-data 1 (openapi.yaml)"]
    assert Version.objects.get().current_revision is not None


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        pytest.param("${SANDBOX_URL}", "${NOWHERE}", "line 21: ${NOWHERE} is used", id="variable"),
        pytest.param(
            "name: Company Data", "nmae: x", "line 13: products[0].nmae is not a key", id="key"
        ),
        pytest.param("slug: company-data", "slug: a b", "characters not allowed", id="slug"),
        pytest.param('version: "1"', "version: reference/", "not allowed here", id="version"),
        pytest.param("default: true", "default: 7", "neither true nor false", id="flag"),
        pytest.param("kind: login", "kind: magic", "line 7: token_sources[0].kind is", id="kind"),
        pytest.param(
            "company-login}", "other}", 'line 22: products: "company-data" 1', id="source"
        ),
        pytest.param(
            "sandbox: {url",
            "moon: {url",
            'line 21: products: company-data 1: "moon" is no environment',
            id="environment",
        ),
        pytest.param('"${SANDBOX_URL}/v1"', "/v1", "not an absolute http", id="url"),
        pytest.param(
            "definition: openapi.yaml",
            "x: y",
            "line 17: products[0].versions[0].definition is missing",
            id="missing",
        ),
        pytest.param("[Nordics]", "Nordics", "facets.Region is not a list", id="facets"),
        pytest.param(
            "openapi.yaml",
            "nothing.yaml",
            "line 19: products: company-data 1: nothing",
            id="no such file",
        ),
    ],
)
def test_wrong_file_is_refused_with_the_place_and_nothing_is_written(
    catalog: Path, old: str, new: str, complaint: str
) -> None:
    catalog.write_text(CATALOG.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(CatalogFileError) as refusal:
        apply_catalog(catalog, environ=ENVIRON)

    assert all(line.startswith("catalog.yaml: line ") for line in str(refusal.value).splitlines())
    assert complaint in str(refusal.value)
    assert not Product.objects.exists()


def test_file_that_is_no_yaml_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "catalog.yaml").write_text("products: [\n", encoding="utf-8")

    with pytest.raises(CatalogFileError, match=r"catalog\.yaml: line \d"):
        apply_catalog(tmp_path / "catalog.yaml", environ={})


def test_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogFileError, match="No such file"):
        apply_catalog(tmp_path / "none.yaml", environ={})


def test_complaints_stand_in_the_order_of_the_file(catalog: Path) -> None:
    text = CATALOG.replace("kind: login", "kind: magic").replace("default: true", "default: 7")
    catalog.write_text(text.replace("name: Sandbox", "nmae: Sandbox"), encoding="utf-8")

    with pytest.raises(CatalogFileError) as refusal:
        apply_catalog(catalog, environ=ENVIRON)

    places = [complaint.pointer for complaint in refusal.value.complaints]
    assert places == [
        "/environments/0/nmae",
        "/token_sources/0/kind",
        "/products/0/versions/0/default",
    ]


def test_empty_file_is_refused_and_prunes_nothing(tmp_path: Path) -> None:
    make_product("old")
    (tmp_path / "catalog.yaml").write_text("# nothing yet\n", encoding="utf-8")

    with pytest.raises(CatalogFileError, match=r"catalog\.yaml: The file is empty\."):
        apply_catalog(tmp_path / "catalog.yaml", environ={}, prune=True)

    assert Product.objects.exists()


def test_server_that_can_never_be_reached_is_a_warning(catalog: Path) -> None:
    catalog.write_text(CATALOG.replace(", allow_private: true", ""), encoding="utf-8")

    application = apply_catalog(catalog, environ=ENVIRON)

    assert [(one.rule, one.severity, one.message) for one in application.warnings] == [
        (
            "server-unreachable-by-policy",
            "warning",
            "company-data 1: Requests to the server of Sandbox, http://127.0.0.1:8010/v1, will be "
            "refused: it leads to a loopback address. Allow private addresses for it if that is "
            "meant.",
        )
    ]

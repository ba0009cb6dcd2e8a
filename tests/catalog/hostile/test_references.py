"""References that try to make the portal read or fetch what is not theirs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from catalog.definition_files import FileKind, path_of
from catalog.importing import run_in_child
from catalog.models import Revision, Version
from catalog.openapi import Limits
from catalog.services.publishing import PublicationOrder, publish_revision
from catalog.services.sources import open_source
from tests.catalog.hostile.archives import tar_of, zip_of
from tests.catalog.hostile.listeners import Listener
from tests.catalog.hostile.pages import fetch_pages
from tests.catalog.hostile.publishing import publish_bytes

pytestmark = pytest.mark.django_db

DEFINITION = """\
openapi: 3.1.0
info: {title: Example, version: "1"}
servers: [{url: https://api.example.com}]
paths:
  /a:
    get:
      summary: A
      responses:
        200:
          description: Fine
          content:
            application/json:
              schema:
                $ref: '%s'
"""
REFERENCE_LINE, REFERENCE_COLUMN = 14, 17


def one_version() -> Version:
    return Version.objects.select_related("product", "current_revision").get()


@pytest.mark.parametrize(
    "reference",
    [
        "file:///etc/passwd",
        "file:/etc/passwd#/a",
        "FILE:///etc/passwd",
        "/etc/passwd",
        "../../../../../../etc/passwd",
        "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "..\\\\..\\\\etc\\\\passwd",
        "\\\\\\\\169.254.169.254\\\\share",
        "C:/Windows/win.ini",
        "//169.254.169.254/latest/meta-data/",
        "http://169.254.169.254/latest/meta-data/iam",
        "http://[::ffff:169.254.169.254]/latest",
        "http://metadata.google.internal/computeMetadata/v1/",
        "gopher://127.0.0.1:6379/_FLUSHALL",
        "jar:file:///etc/passwd!/",
        "data:application/json,{}",
    ],
)
def test_reference_out_of_the_definition_is_told_with_its_place(reference: str) -> None:
    publication = publish_bytes((DEFINITION % reference.replace("\\\\", "\\")).encode())

    assert publication.result == "created"
    (problem,) = [one for one in publication.problems if one.rule == "external-reference"]
    assert problem.message.endswith("leads out of the definition and is never followed.")
    assert (problem.line, problem.column) == (REFERENCE_LINE, REFERENCE_COLUMN)


@pytest.mark.parametrize("place", ["schema", "discriminator", "example", "path", "link"])
def test_loopback_is_not_dialled_wherever_its_address_stands(place: str) -> None:
    with Listener() as listener:
        reference = {"$ref": f"{listener.url}/schema.json#/A"}
        schema = {
            "$schema": f"{listener.url}/meta",
            "$id": f"{listener.url}/id",
            "discriminator": {"propertyName": "a", "mapping": {"b": f"{listener.url}/b.json"}},
            "properties": {"a": reference if place == "schema" else {}},
            "$dynamicRef": f"{listener.url}/dynamic",
        }
        definition = {
            "openapi": "3.1.0",
            "jsonSchemaDialect": f"{listener.url}/dialect",
            "info": {"title": "Example", "version": "1"},
            "paths": {
                "/a": {
                    "get": {
                        "responses": {
                            "200": {
                                "description": "",
                                "content": {
                                    "application/json": {
                                        "schema": schema,
                                        "examples": {
                                            "a": {"externalValue": f"{listener.url}/example"},
                                            "b": reference if place == "example" else {},
                                        },
                                    }
                                },
                                "links": {"a": {"operationRef": f"{listener.url}/o.json#/paths"}},
                            }
                        }
                    }
                },
                **({"/b": reference} if place == "path" else {}),
            },
            "components": {"schemas": {"A": {**schema, "example": {"a": 1}}}},
        }
        publish_bytes(json.dumps(definition).encode(), run=run_in_child)
        statuses = {response.status_code for _url, response in fetch_pages(one_version())}

    assert statuses == {200}
    assert listener.connections == 0


@pytest.mark.parametrize("reference", ["file:///etc/passwd", "/etc/passwd", "../secret.yaml"])
def test_definition_in_a_folder_reads_nothing_outside_of_it(tmp_path: Path, reference: str) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("title: TOP-SECRET\n", encoding="utf-8")
    folder = tmp_path / "definition"
    folder.mkdir()
    (folder / "openapi.yaml").write_text(DEFINITION % reference, encoding="utf-8")

    limits = Limits()
    source = open_source(str(folder), root="openapi.yaml", limits=limits)
    publish_revision(
        PublicationOrder(source=source, product="hostile", version="v1"), limits=limits
    )

    served = path_of(Revision.objects.get(), FileKind.JSON).read_text(encoding="utf-8")
    assert json.dumps(reference) in served
    assert "TOP-SECRET" not in served
    assert "root:" not in served


def test_link_in_a_folder_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("title: TOP-SECRET\n", encoding="utf-8")
    folder = tmp_path / "definition"
    folder.mkdir()
    (folder / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (folder / "openapi.yaml").write_text(DEFINITION % "link.yaml", encoding="utf-8")

    limits = Limits()
    source = open_source(str(folder), root="openapi.yaml", limits=limits)
    publication = publish_revision(
        PublicationOrder(source=source, product="hostile", version="v1"), limits=limits
    )

    assert [
        (one.message, one.line) for one in publication.problems if one.rule == "dangling-reference"
    ] == [
        (
            "The reference “link.yaml” leads to a file that is not among the files given.",
            REFERENCE_LINE,
        )
    ]
    served = path_of(Revision.objects.get(), FileKind.JSON).read_text(encoding="utf-8")
    assert "TOP-SECRET" not in served


@pytest.mark.parametrize("pack", [zip_of, tar_of], ids=["zip", "tar"])
@pytest.mark.parametrize("name", ["../../evil.yaml", "/tmp/evil.yaml", "a/../../evil.yaml"])
def test_archive_with_a_name_that_leads_outside_is_rejected(pack: type, name: str) -> None:
    content = pack({"openapi.yaml": (DEFINITION % "#/a").encode(), name: b"a: 1"})

    publication = publish_bytes(content)

    assert publication.result == "rejected"
    assert [one.message for one in publication.problems] == [
        f"The archive's file name “{name}” is not allowed."
    ]
    assert not Revision.objects.exists()


@pytest.mark.parametrize("pack", [zip_of, tar_of], ids=["zip", "tar"])
def test_link_in_an_archive_is_no_file(pack: type) -> None:
    content = pack({"openapi.yaml": (DEFINITION % "link.yaml").encode()}, links=("link.yaml",))

    publication = publish_bytes(content)

    assert publication.result == "created"
    assert "dangling-reference" in [one.rule for one in publication.problems]
    served = path_of(Revision.objects.get(), FileKind.JSON).read_text(encoding="utf-8")
    assert "root:" not in served

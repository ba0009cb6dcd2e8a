"""Publishing: from bytes to the revision that readers see."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.db import IntegrityError
from pytest_django import Settings

from catalog.definition_files import FileKind, path_of
from catalog.importing import (
    ImportJob,
    ImportResult,
    ImportRunner,
    ImportStopped,
    JobFolder,
    StopReason,
    hold_import_lock,
    run_here,
)
from catalog.models import Component, Operation, Product, Revision, TokenSource, Version
from catalog.openapi import Limits, SourceFiles, single_file, unpacked_files
from catalog.services.publishing import PublicationOrder, publish_revision
from catalog.services.sources import OpenedSource
from tests.factories import current_revision, make_definition, make_version, publish, publish_text

pytestmark = pytest.mark.django_db

TWO_OPERATIONS = make_definition(
    paths={
        "/ping": {"get": {"operationId": "ping", "responses": {}}},
        "/pong": {"get": {"operationId": "pong", "responses": {}}},
    }
)
WITH_SCHEME = make_definition(
    components={"securitySchemes": {"bearerToken": {"type": "http", "scheme": "bearer"}}}
)


def test_first_publication_makes_product_version_and_revision() -> None:
    publication = publish(product="company-data", version="1")

    assert publication.as_json() == {
        "result": "created",
        "product": "company-data",
        "version": "1",
        "revision": 1,
        "openapi": "3.1.0",
        "operations": 1,
        "problems": [],
    }
    assert Version.objects.get(product__slug="company-data").is_default


def test_product_takes_its_name_from_the_definition() -> None:
    publish(product="company-data")

    assert Product.objects.get().name == "Example"


def test_version_is_named_after_the_major_part_of_the_definitions_own() -> None:
    definition = make_definition(info={"title": "Example", "version": "3.10.4"})

    publication = publish_text(json.dumps(definition), version="")

    assert publication.version == "v3"


def test_without_a_version_the_default_one_is_published_again() -> None:
    publish(version="2026-01")

    publication = publish_text(json.dumps(TWO_OPERATIONS), version="")

    assert (publication.version, publication.revision) == ("2026-01", 2)


def test_same_bytes_are_unchanged_and_make_no_revision() -> None:
    publish()

    publication = publish()

    assert (publication.result, publication.revision) == ("unchanged", 1)
    assert Revision.objects.count() == 1


def test_new_bytes_make_a_new_revision_that_readers_see() -> None:
    version = make_version()

    publish(TWO_OPERATIONS)

    assert current_revision(version).number == 2
    assert current_revision(version).operations.count() == 2


def test_rejected_definition_changes_nothing() -> None:
    version = make_version()

    publication = publish_text("openapi: 3.1.0\ninfo: [")

    assert publication.result == "rejected"
    assert publication.problems[0].line is not None
    assert current_revision(version).number == 1


def test_rejected_first_definition_leaves_no_product() -> None:
    publish_text('{"swagger": "1.2"}')

    assert not Product.objects.exists()


def test_dry_run_writes_nothing() -> None:
    publication = publish_text(json.dumps(make_definition()), dry_run=True)

    assert publication.result == "created"
    assert not Product.objects.exists()


def test_source_is_kept_as_given_and_yaml_and_json_beside_it() -> None:
    text = '{"openapi":"3.1.0",   "info":{"title":"T","version":"1"},"paths":{"/a":{"get":{}}}}'
    publish_text(text)
    revision = Revision.objects.get()

    assert path_of(revision, FileKind.SOURCE).read_text(encoding="utf-8") == text
    assert json.loads(path_of(revision, FileKind.JSON).read_bytes()) == json.loads(text)
    assert path_of(revision, FileKind.YAML).read_bytes().startswith(b'openapi: "3.1.0"\n')
    assert path_of(revision, FileKind.YAML, compressed=True).exists()


def test_files_of_a_revision_that_could_not_be_written_do_not_stay(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEFINITIONS_DIR = tmp_path

    def fail(*args: object, **options: object) -> None:
        raise IntegrityError("the database went away")

    monkeypatch.setattr("catalog.services.publishing.put_in_place", fail)

    with pytest.raises(IntegrityError):
        publish()

    assert list(tmp_path.iterdir()) == []
    assert not Operation.objects.exists()


def test_servers_named_in_the_order_are_set_and_environments_made() -> None:
    publish_text(
        json.dumps(make_definition()),
        servers={"Sandbox": "http://127.0.0.1:9/v1/"},
        allow_private=True,
    )

    server = Version.objects.get().servers.get()
    assert (server.environment.slug, server.url) == ("sandbox", "http://127.0.0.1:9/v1")
    assert server.allow_private


def test_servers_are_set_even_when_the_definition_is_unchanged() -> None:
    publish()

    publish_text(json.dumps(make_definition()), servers={"Sandbox": "https://new.example.com"})

    assert Version.objects.get().servers.get().url == "https://new.example.com"


def test_definitions_own_servers_are_taken_once_when_none_are_given() -> None:
    servers = [
        {"url": "https://api.example.com/v1"},
        {"url": "https://api.sandbox.example.com/v1"},
    ]
    publish_text(json.dumps(make_definition(servers=servers)), suggested_servers=True)

    moved = [{"url": "https://elsewhere.example.com"}]
    publish_text(json.dumps(make_definition(servers=moved)), suggested_servers=True)

    assert dict(Version.objects.get().servers.values_list("environment__slug", "url")) == {
        "production": "https://api.example.com/v1",
        "sandbox": "https://api.sandbox.example.com/v1",
    }


def test_every_security_scheme_has_a_token_source_of_the_product() -> None:
    publish(WITH_SCHEME, product="company-data")

    assert TokenSource.objects.get().slug == "company-data.bearerToken"


def test_security_scheme_that_is_gone_loses_its_binding() -> None:
    version = make_version(WITH_SCHEME)

    publish()

    assert not version.bindings.exists()


def test_only_the_two_newest_revisions_stay_indexed() -> None:
    version = make_version()
    publish(TWO_OPERATIONS)
    publish(WITH_SCHEME)

    indexed = set(Operation.objects.values_list("revision__number", flat=True))

    assert indexed == {2, 3}
    assert not Component.objects.filter(revision__number=1, revision__version=version).exists()


@pytest.mark.parametrize(
    "definition",
    [
        pytest.param(make_definition(openapi="3.1.0" + "0" * 99), id="long version"),
        pytest.param(make_definition(info={"title": "x" * 999, "version": "1"}), id="long title"),
        pytest.param(make_definition(info={"title": "a\0b", "version": "1"}), id="NUL in title"),
        pytest.param(
            make_definition(paths={"/a\0": {"get": {"summary": "\0", "tags": ["\0"]}}}),
            id="NUL in texts",
        ),
        pytest.param(
            make_definition(paths={"/" + "a" * 9000: {"get": {"operationId": "b" * 9000}}}),
            id="long path",
        ),
        pytest.param(
            make_definition(
                openapi="3.2.0", paths={"/a": {"get": {}, "additionalOperations": {"X" * 99: {}}}}
            ),
            id="long method",
        ),
        pytest.param(
            make_definition(
                components={
                    "schemas": {"S" * 9000: {}, "\0": {}},
                    "securitySchemes": {"T" * 9000: {"type": "http", "scheme": "bearer"}},
                }
            ),
            id="long names of components",
        ),
    ],
)
def test_texts_that_no_database_column_takes_are_cut_not_refused(
    definition: dict[str, object],
) -> None:
    assert publish(definition).result == "created"


def _order(files: SourceFiles, *, archive: bytes | None = None) -> PublicationOrder:
    source = OpenedSource(files, "openapi.json", archive=archive)
    return PublicationOrder(source=source, product="example", version="v1")


def _stop(reason: StopReason) -> ImportRunner:
    """A runner whose importing process does not come to its end."""

    def run(folder: JobFolder, job: ImportJob, files: SourceFiles, *, lock: int) -> ImportResult:
        raise ImportStopped(reason, details="what the process wrote")

    return run


def test_definition_is_imported_by_a_process_of_its_own() -> None:
    source = json.dumps(TWO_OPERATIONS).encode()

    publication = publish_revision(_order(single_file(source)), limits=Limits())

    assert (publication.result, publication.operations) == ("created", 2)
    assert current_revision(Version.objects.get()).operations.count() == 2


def test_import_that_is_stopped_is_rejected_and_names_the_limit() -> None:
    version = make_version()
    source = json.dumps(TWO_OPERATIONS).encode()

    publication = publish_revision(
        _order(single_file(source)), limits=Limits(), run=_stop(StopReason.MEMORY)
    )

    assert publication.result == "rejected"
    assert [problem.rule for problem in publication.problems] == ["import-memory"]
    assert current_revision(version).number == 1


def test_import_that_waits_too_long_for_others_is_rejected(settings: Settings) -> None:
    settings.IMPORT_WAIT_SECONDS = 0
    source = json.dumps(TWO_OPERATIONS).encode()

    with hold_import_lock(settings.IMPORT_LOCK, wait_seconds=10):
        publication = publish_revision(_order(single_file(source)), limits=Limits())

    assert [problem.rule for problem in publication.problems] == ["import-queue"]
    assert not Product.objects.exists()


def test_same_bytes_again_need_no_import() -> None:
    source = json.dumps(TWO_OPERATIONS).encode()
    publish_revision(_order(single_file(source)), limits=Limits(), run=run_here)

    again = publish_revision(
        _order(single_file(source)), limits=Limits(), run=_stop(StopReason.FAILED)
    )

    assert (again.result, again.revision, again.operations) == ("unchanged", 1, 2)


def test_same_bytes_again_have_the_same_problems() -> None:
    without_servers = json.dumps(make_definition(servers=[]))

    first = publish_text(without_servers)
    again = publish_text(without_servers)

    assert again.result == "unchanged"
    assert again.problems == first.problems != ()


def test_same_archive_again_needs_no_import() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("api/openapi.json", json.dumps(TWO_OPERATIONS))
    order = _order(SourceFiles("", lambda _: None), archive=packed.getvalue())
    publish_revision(order, limits=Limits(), run=run_here)

    again = publish_revision(order, limits=Limits(), run=_stop(StopReason.FAILED))

    assert again.result == "unchanged"
    assert path_of(Revision.objects.get(), FileKind.SOURCE).read_bytes() == packed.getvalue()


def test_file_that_was_missing_is_looked_for_again_though_the_root_is_the_same() -> None:
    schemas = {"Pet": {"$ref": "pet.json"}}
    root = json.dumps(make_definition(components={"schemas": schemas})).encode()
    publish_revision(_order(single_file(root, "openapi.json")), limits=Limits(), run=run_here)
    files = unpacked_files({"openapi.json": root, "pet.json": b"{}"}, root="openapi.json")

    publication = publish_revision(_order(files), limits=Limits(), run=run_here)

    assert (publication.result, publication.revision) == ("created", 2)


def test_unchanged_folder_of_several_files_makes_no_revision() -> None:
    schemas = {"Pet": {"$ref": "pet.json"}}
    root = json.dumps(make_definition(components={"schemas": schemas})).encode()
    files = unpacked_files({"openapi.json": root, "pet.json": b"{}"}, root="openapi.json")
    publish_revision(_order(files), limits=Limits(), run=run_here)

    again = publish_revision(_order(files), limits=Limits(), run=run_here)

    assert (again.result, again.revision) == ("unchanged", 1)
    assert Revision.objects.get().source_name == "openapi.json.zip"

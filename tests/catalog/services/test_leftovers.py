"""What killed imports leave behind, and who may take it away."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import Settings

from catalog.definition_files import open_job_folder
from catalog.importing import JobFolder, hold_import_lock, run_here
from catalog.models import Component, Operation, Product, Revision, Version
from catalog.openapi import single_file
from catalog.services.applying import apply_catalog
from catalog.services.leftovers import sweep_definitions
from catalog.services.revisions import ImportedDefinition, stage_revision
from portal.accounts.models import User
from tests.catalog.importing.jobs import DEFINITION, make_job
from tests.factories import current_revision, make_version, publish

pytestmark = pytest.mark.django_db

OLD = 10**9  # seconds since 1970: long ago


@pytest.fixture(autouse=True)
def definitions(settings: Settings, tmp_path: Path) -> Path:
    """A store of files of the test's own, and a lock."""
    settings.DEFINITIONS_DIR = tmp_path / "definitions"
    settings.IMPORT_LOCK = tmp_path / "import.lock"
    return tmp_path / "definitions"


def _be_killed_before_the_switch() -> Revision:
    """Everything a publication does before its last transaction, files in place included."""
    with open_job_folder() as (folder, key):
        result = run_here(folder, make_job(), single_file(DEFINITION), lock=0)
        imported = ImportedDefinition(folder, key, result, "openapi.json")
        revision = stage_revision(imported, by=None)
        folder.revision.rename(folder.path.parent / key)
        (folder.path.parent / f"incoming-{uuid.uuid4().hex}").mkdir()
    return revision


def _orphan(definitions: Path, *, modified: float) -> Path:
    folder = definitions / uuid.uuid4().hex
    folder.mkdir(parents=True)
    os.utime(folder, (modified, modified))
    return folder


def test_revision_on_its_way_is_seen_by_nobody() -> None:
    _be_killed_before_the_switch()
    staff = User.objects.create_user("staff", is_staff=True)

    assert not Product.objects.visible_to(staff).exists()
    assert not Product.objects.visible_to(AnonymousUser()).exists()


def test_pruning_the_catalog_leaves_a_revision_on_its_way_alone(tmp_path: Path) -> None:
    _be_killed_before_the_switch()
    file = tmp_path / "catalog.yaml"
    file.write_text("products: []\n", encoding="utf-8")

    apply_catalog(file, environ={}, prune=True)

    assert Revision.objects.count() == 1


def test_next_publication_removes_what_a_killed_one_left(definitions: Path) -> None:
    _be_killed_before_the_switch()

    publish()

    revision = Revision.objects.get()
    assert [path.name for path in definitions.iterdir()] == [revision.storage_key]
    assert Operation.objects.filter(revision=revision).count() == Operation.objects.count() == 1
    assert not Component.objects.exists()
    assert Version.objects.get().current_revision == revision


def test_sweep_removes_what_a_killed_import_left(definitions: Path) -> None:
    _be_killed_before_the_switch()

    sweep_definitions()

    assert list(definitions.iterdir()) == []
    assert not Product.objects.exists()


def test_sweep_leaves_an_import_that_goes_on_alone(settings: Settings, definitions: Path) -> None:
    _be_killed_before_the_switch()

    with hold_import_lock(settings.IMPORT_LOCK, wait_seconds=0):
        sweep_definitions()

    assert len(list(definitions.iterdir())) == 2
    assert Operation.objects.count() == 1


def test_sweep_removes_files_that_no_revision_has(definitions: Path) -> None:
    version = make_version()
    orphan = _orphan(definitions, modified=OLD)
    kept = definitions / current_revision(version).storage_key
    os.utime(kept, (OLD, OLD))

    sweep_definitions()

    assert not orphan.exists()
    assert kept.exists()


def test_sweep_leaves_fresh_files_alone(definitions: Path) -> None:
    definitions.mkdir()
    fresh = definitions / uuid.uuid4().hex
    fresh.mkdir()

    sweep_definitions()

    assert fresh.exists()


def test_users_product_is_no_leftover_whatever_it_is_called() -> None:
    publish(product="_importing-robots")

    publish(product="other")

    assert Product.objects.filter(slug="_importing-robots").exists()


def test_job_folder_is_gone_when_the_import_failed(definitions: Path) -> None:
    def fail(folder: JobFolder) -> None:
        raise ZeroDivisionError(folder.path.name)

    with pytest.raises(ZeroDivisionError), open_job_folder() as (folder, _):
        fail(folder)

    assert list(definitions.iterdir()) == []

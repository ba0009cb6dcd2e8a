"""The work of an import: what it leaves in the folder of its job."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from pathlib import Path

import orjson

from catalog.importing import ImportJob, ImportResult, JobFolder
from catalog.importing.importing import import_definition
from catalog.openapi import Limits
from tests.catalog.importing.jobs import DEFINITION, TWO_FILES, make_folder, make_job


def _import(folder: JobFolder, job: ImportJob, files: dict[str, bytes]) -> ImportResult:
    import_definition(folder, job, files.get)
    return ImportResult.from_bytes(folder.result.read_bytes())


def test_result_tells_what_publishing_needs(tmp_path: Path) -> None:
    result = _import(make_folder(tmp_path), make_job(), {"openapi": DEFINITION})

    assert not result.is_rejected
    assert (result.title, result.api_version, result.openapi_version) == ("Pets", "1.2.0", "3.1.0")
    assert (result.format, result.operation_count, result.is_packed) == ("json", 1, False)
    assert list(result.steps_ms) == ["read", "write", "index", "compress"]


def test_source_is_kept_as_given_with_its_digest(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)

    result = _import(folder, make_job(), {"openapi": DEFINITION})

    assert (folder.revision / "source").read_bytes() == DEFINITION
    assert result.files["source"].size_bytes == len(DEFINITION)
    assert result.files["source"].sha256 == hashlib.sha256(DEFINITION).hexdigest()


def test_yaml_and_json_have_a_compressed_twin(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    _import(folder, make_job(), {"openapi": DEFINITION})

    assert sorted(path.name for path in folder.revision.iterdir()) == [
        "openapi.json",
        "openapi.json.gz",
        "openapi.yaml",
        "openapi.yaml.gz",
        "source",
    ]
    assert orjson.loads(gzip.decompress((folder.revision / "openapi.json.gz").read_bytes())) == (
        orjson.loads(DEFINITION)
    )


def test_rows_hold_their_json_as_text(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    _import(folder, make_job(), {"openapi": DEFINITION})

    operation = orjson.loads(folder.operations.read_bytes())
    component = orjson.loads(folder.components.read_bytes())

    assert operation["slug"] == "list-pets"
    assert operation["tags"] == "[]"
    assert orjson.loads(operation["document"])["operationId"] == "listPets"
    assert component == {"pointer": "/components/schemas/Pet", "document": '{"type":"object"}'}


def test_integers_beyond_64_bits_are_kept(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    large = json.loads(DEFINITION)
    large["components"]["schemas"]["Pet"] = {"maximum": 2**70}

    _import(folder, make_job(), {"openapi": json.dumps(large).encode()})

    row = json.loads(folder.components.read_bytes())
    assert json.loads(row["document"]) == {"maximum": 1180591620717411303424}


def test_several_files_are_kept_as_a_zip_that_is_the_same_each_time(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    result = _import(folder, make_job(root="openapi.yaml"), TWO_FILES)
    source = (folder.revision / "source").read_bytes()
    (tmp_path / "again").mkdir()
    again = make_folder(tmp_path / "again")
    _import(again, make_job(root="openapi.yaml"), TWO_FILES)

    assert result.is_packed
    assert zipfile.ZipFile(io.BytesIO(source)).namelist() == ["models/pet.yaml", "openapi.yaml"]
    assert (again.revision / "source").read_bytes() == source


def test_archive_is_unpacked_and_kept_as_given(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    with zipfile.ZipFile(folder.archive, "w") as archive:
        for name, content in TWO_FILES.items():
            archive.writestr(name, content)
    given = folder.archive.read_bytes()

    result = _import(folder, make_job(root="", is_archive=True), {})

    assert (result.title, result.is_packed) == ("Two", False)
    assert (folder.revision / "source").read_bytes() == given


def test_root_is_found_among_the_names(tmp_path: Path) -> None:
    job = make_job(root="", names=tuple(TWO_FILES))

    assert _import(make_folder(tmp_path), job, TWO_FILES).title == "Two"


def test_unreadable_definition_is_rejected_with_its_problem(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)

    result = _import(folder, make_job(), {"openapi": b"openapi: ["})

    assert result.is_rejected
    assert [problem.rule for problem in result.problems] == ["syntax"]
    assert not folder.revision.exists()


def test_limits_of_the_job_are_obeyed(tmp_path: Path) -> None:
    job = make_job(limits=Limits(source_bytes=10))

    result = _import(make_folder(tmp_path), job, {"openapi": DEFINITION})

    assert [problem.rule for problem in result.problems] == ["too-large"]


def test_job_survives_the_way_to_the_child() -> None:
    job = make_job(names=("a", "b"), limits=Limits(nodes=7), is_archive=True)

    assert ImportJob.from_bytes(job.as_bytes()) == job

"""Jobs for tests of imports."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from catalog.importing import ImportJob, ImportResult, JobFolder, hold_import_lock, run_in_child
from catalog.openapi import Limits, SourceFiles, single_file

__all__ = ["DEFINITION", "TWO_FILES", "import_in_child", "make_folder", "make_job"]

DEFINITION = json.dumps(
    {
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1.2.0"},
        "paths": {"/pets": {"get": {"operationId": "listPets", "responses": {}}}},
        "components": {"schemas": {"Pet": {"type": "object"}}},
    }
).encode()
TWO_FILES = {
    "openapi.yaml": b"openapi: 3.1.0\ninfo: {title: Two, version: '1'}\n"
    b"paths: {}\ncomponents: {schemas: {Pet: {$ref: models/pet.yaml}}}\n",
    "models/pet.yaml": b"type: object\n",
}


def make_job(**members: Any) -> ImportJob:
    """A job of one file with usual limits; keywords replace its members."""
    usual = {"root": "openapi", "limits": Limits(), "memory_bytes": 10**9, "seconds": 60}
    return ImportJob(**{**usual, **members})


def make_folder(path: Path) -> JobFolder:
    """An empty folder for a job."""
    folder = path / "job"
    folder.mkdir()
    return JobFolder(folder)


def import_in_child(
    path: Path,
    job: ImportJob,
    *,
    files: SourceFiles | None = None,
    read: Callable[[str], bytes | None] | None = None,
) -> tuple[ImportResult, JobFolder]:
    """Do a job in a process of its own; the files are the small definition unless given."""
    folder = make_folder(path)
    given = files or single_file(DEFINITION)
    if read is not None:
        given = SourceFiles(job.root, read)
    with hold_import_lock(path / "lock", wait_seconds=0) as lock:
        return run_in_child(folder, job, given, lock=lock), folder

"""The importing process: what it may reach and cost, and what its end means."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from catalog.importing import ImportJob, ImportStopped, JobFolder, StopReason, hold_import_lock
from catalog.importing.running import COMMAND, ENVIRONMENT, ROOT
from tests.catalog.importing.jobs import (
    DEFINITION,
    TWO_FILES,
    import_in_child,
    make_folder,
    make_job,
)

# An array of 1.9 million values takes seconds and some hundred megabytes.
LARGE = b'{"openapi": "3.1.0", "info": {}, "paths": {"/a": {"get": {"x-a": [%s]}}}}' % b",".join(
    [b'{"a":"b"}'] * 900_000
)


def _children() -> set[int]:
    listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    return {int(pid) for pid in listed.split()}


def test_child_imports_a_definition(tmp_path: Path) -> None:
    result, folder = import_in_child(tmp_path, make_job())

    assert result.title == "Pets"
    assert (folder.revision / "source").read_bytes() == DEFINITION


def test_child_asks_for_the_files_it_needs_and_no_others(tmp_path: Path) -> None:
    asked: list[str] = []

    def read(name: str) -> bytes | None:
        asked.append(name)
        return TWO_FILES.get(name)

    import_in_child(tmp_path, make_job(root="openapi.yaml"), read=read)

    assert asked == ["openapi.yaml", "models/pet.yaml"]


def test_file_that_cannot_be_read_counts_as_missing(tmp_path: Path) -> None:
    def read(name: str) -> bytes | None:
        raise PermissionError(name)

    result, _ = import_in_child(tmp_path, make_job(), read=read)

    assert [problem.rule for problem in result.problems] == ["missing-file"]


def test_more_memory_than_allowed_stops_the_import(tmp_path: Path) -> None:
    job = make_job(memory_bytes=300_000_000)

    with pytest.raises(ImportStopped) as stop:
        import_in_child(tmp_path, job, read=lambda _: LARGE)

    assert stop.value.reason in (StopReason.MEMORY, StopReason.CRASHED)


def test_more_processor_time_than_allowed_stops_the_import(tmp_path: Path) -> None:
    job = make_job(seconds=1)

    with pytest.raises(ImportStopped) as stop:
        import_in_child(tmp_path, job, read=lambda _: LARGE)

    assert stop.value.reason is StopReason.TIME


def test_time_of_reading_files_does_not_count(tmp_path: Path) -> None:
    waited = time.monotonic() + 2.5

    def read(name: str) -> bytes | None:
        while time.monotonic() < waited:
            os.sched_yield()
        return DEFINITION

    result, _ = import_in_child(tmp_path, make_job(seconds=2), read=read)

    assert result.title == "Pets"


def test_killed_child_is_told_from_a_limit(tmp_path: Path) -> None:
    def read(name: str) -> bytes | None:
        for pid in _children() - before:
            os.kill(pid, signal.SIGKILL)
        return DEFINITION

    before = _children()

    with pytest.raises(ImportStopped) as stop:
        import_in_child(tmp_path, make_job(), read=read)

    assert (stop.value.reason, stop.value.signal) == (StopReason.KILLED, signal.SIGKILL)


def test_fault_of_our_own_is_told_with_its_traceback_for_the_log(tmp_path: Path) -> None:
    job = make_job(is_archive=True)  # though there is no archive

    with pytest.raises(ImportStopped) as stop:
        import_in_child(tmp_path, job)

    assert stop.value.reason is StopReason.FAILED
    assert "FileNotFoundError" in stop.value.details


def test_child_inherits_no_environment() -> None:
    assert sorted(ENVIRONMENT) == ["LANG", "PATH"]


def test_child_ends_with_its_parent_and_gives_the_lock_back(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    folder.job.write_bytes(make_job().as_bytes())

    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(folder.path), str(tmp_path / "lock")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    ) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        parent.kill()

    with hold_import_lock(tmp_path / "lock", wait_seconds=10) as lock:
        assert lock > 0


# Starts a child, waits for its first question and never answers it.
PARENT = f"""
import os, subprocess, sys
from pathlib import Path
from catalog.importing import hold_import_lock
with hold_import_lock(Path(sys.argv[2]), wait_seconds=0) as lock:
    child = subprocess.Popen(
        [*{list(COMMAND)!r}, sys.argv[1], str(os.getpid())],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=(lock,),
    )
    print(child.stdout.readline(), flush=True)
    child.wait()
"""


def test_importing_loads_no_django() -> None:
    code = "import sys, catalog.importing.child; print('django' in sys.modules)"

    output = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert output == "False\n"


def test_job_folder_names_every_file_apart() -> None:
    folder = JobFolder(Path("job"))
    paths = {folder.job, folder.archive, folder.given, folder.revision, folder.operations}
    paths |= {folder.components, folder.result, folder.errors}

    assert len(paths) == 8
    assert isinstance(make_job(), ImportJob)

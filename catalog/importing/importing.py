"""The work of one import: from a definition's files to everything that publishing writes.

Runs in the child process; everything it makes are files in the job's folder.
"""

from __future__ import annotations

import gc
import gzip
import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

from catalog.importing.jobs import ImportJob, ImportResult, JobFolder, WrittenFile, dump_line
from catalog.importing.recorded_files import RecordedFiles
from catalog.openapi import (
    DefinitionIndex,
    IndexedOperation,
    ReadDefinition,
    Severity,
    SourceFiles,
    UnreadableDefinition,
    find_root,
    index_definition,
    read_definition,
    render_json,
    render_yaml,
    unpack_archive,
    unpacked_files,
    upgrade_definition,
)

__all__ = ["JSON_NAME", "SOURCE_NAME", "YAML_NAME", "import_definition"]

# The names that `catalog.definition_files` serves them by.
SOURCE_NAME = "source"
YAML_NAME = "openapi.yaml"
JSON_NAME = "openapi.json"
COMPRESSED = ".gz"
COMPRESSION_LEVEL = 6


class _Steps:
    """Takes the time of one step after the other."""

    def __init__(self) -> None:
        self.milliseconds: dict[str, float] = {}
        self._started = time.perf_counter()

    def end(self, name: str) -> None:
        """The step of this name has ended, and the next one begins."""
        now = time.perf_counter()
        self.milliseconds[name] = round((now - self._started) * 1000, 1)
        self._started = now


def import_definition(
    folder: JobFolder, job: ImportJob, read: Callable[[str], bytes | None]
) -> None:
    """Read, check, index and write one definition; the result is written last.

    `read` gives the definition's files by name (see `SourceFiles`); none is asked of an archive.
    """
    try:
        with _no_collection():
            result = _import(folder, job, read)
    except UnreadableDefinition as error:
        result = ImportResult(problems=(error.problem,), is_rejected=True)
    _finish(folder, result)


def _import(folder: JobFolder, job: ImportJob, read: Callable[[str], bytes | None]) -> ImportResult:
    steps = _Steps()
    archive = folder.archive.read_bytes() if job.is_archive else None
    recorded = RecordedFiles(_open_files(job, archive, read))
    definition = read_definition(recorded.files, limits=job.limits)
    result = _describe(definition)
    steps.end("read")
    if result.is_rejected:
        return result
    with ThreadPoolExecutor(max_workers=1) as compressing:
        source = recorded.source() if archive is None else archive
        forms = _write_forms(folder, definition, source)
        # Compression takes no turns with other Python code: the rows are made meanwhile.
        files = [compressing.submit(_finish_form, folder, *form) for form in forms.items()]
        steps.end("write")
        index = index_definition(upgrade_definition(definition.value))
        _write_rows(folder, index)
        steps.end("index")
        written = dict(zip(forms, (file.result() for file in files), strict=True))
    steps.end("compress")
    return replace(
        result,
        overview=index.overview,
        operation_count=len(index.operations),
        is_packed=archive is None and not recorded.is_single,
        files=written,
        steps_ms=steps.milliseconds,
    )


def _open_files(
    job: ImportJob, archive: bytes | None, read: Callable[[str], bytes | None]
) -> SourceFiles:
    """The files with their root settled: the one that was named, or the only definition."""
    if archive is None:
        files = SourceFiles(job.root, read, job.names)
    else:
        files = unpacked_files(unpack_archive(archive, job.limits), root=job.root)
    return files if files.root else replace(files, root=find_root(files, limits=job.limits))


def _describe(definition: ReadDefinition) -> ImportResult:
    info = definition.value.get("info")
    api_version = info.get("version", "") if isinstance(info, dict) else ""
    return ImportResult(
        problems=definition.problems,
        is_rejected=any(problem.severity is Severity.ERROR for problem in definition.problems),
        openapi_version=definition.openapi_version,
        format=definition.format,
        title=definition.title,
        api_version=str(api_version),
    )


def _write_rows(folder: JobFolder, index: DefinitionIndex) -> None:
    """Write a line for each row, its JSON columns already being the text that the row will hold."""
    with folder.operations.open("wb") as lines:
        lines.writelines(_line(_operation_row(operation)) for operation in index.operations)
    with folder.components.open("wb") as lines:
        for component in index.components:
            row = {"pointer": component.pointer, "document": _text(component.document)}
            lines.write(_line(row))


def _operation_row(operation: IndexedOperation) -> dict[str, object]:
    return {
        "slug": operation.slug,
        "method": operation.method,
        "path": operation.path,
        "operation_id": operation.operation_id,
        "summary": operation.summary,
        "tags": _text(operation.tags),
        "deprecated": operation.deprecated,
        "pointer": operation.pointer,
        "document": _text(operation.document),
        "reaches": _text(operation.reaches),
    }


def _text(value: object) -> str:
    return dump_line(value).decode()


def _line(row: Mapping[str, object]) -> bytes:
    return dump_line(row) + b"\n"


def _write_forms(folder: JobFolder, definition: ReadDefinition, source: bytes) -> dict[str, bytes]:
    """Write source, YAML and JSON, and give them by their names."""
    folder.revision.mkdir()
    forms = {
        JSON_NAME: render_json(definition.value),
        YAML_NAME: render_yaml(definition.value),
        SOURCE_NAME: source,
    }
    for name, content in forms.items():
        (folder.revision / name).write_bytes(content)
    return forms


def _finish_form(folder: JobFolder, name: str, content: bytes) -> WrittenFile:
    """Write the compressed twin of a form, but for the source, and take its digest."""
    if name != SOURCE_NAME:
        packed = gzip.compress(content, compresslevel=COMPRESSION_LEVEL, mtime=0)
        (folder.revision / f"{name}{COMPRESSED}").write_bytes(packed)
    return WrittenFile(len(content), hashlib.sha256(content).hexdigest())


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector from searching a large definition again and again.

    An import makes many objects, next to none of them in cycles, and then its process ends.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _finish(folder: JobFolder, result: ImportResult) -> None:
    """Write the result under its own name only when it is whole."""
    unfinished = folder.result.with_suffix(".unfinished")
    unfinished.write_bytes(result.as_bytes())
    unfinished.rename(folder.result)

"""Measures the import of one definition against its floor; prints the figures as JSON."""

from __future__ import annotations

import gzip
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
import orjson
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from catalog.importing import (  # noqa: E402  models can be imported only after the line above
    ImportJob,
    ImportResult,
    ImportRunner,
    JobFolder,
    hold_import_lock,
    run_here,
    run_in_child,
)
from catalog.openapi import (  # noqa: E402
    JSONObject,
    JSONValue,
    Limits,
    SourceFiles,
    parse_document,
    render_json,
    render_yaml,
    single_file,
)
from catalog.openapi.validation import validate_structure  # noqa: E402
from catalog.openapi.versions import find_family  # noqa: E402
from catalog.services.publishing import PublicationOrder, publish_revision  # noqa: E402
from catalog.services.sources import OpenedSource  # noqa: E402

__all__ = ["main"]

ROUNDS = 5
KILOBYTE = 1024
LIMITS = Limits()
TINY = b'{"openapi": "3.1.0", "info": {}, "paths": {"/a": {"get": {}}}}'


def main(path: Path) -> dict[str, Any]:
    """The best of some rounds of both, in seconds, and peak memory in bytes."""
    call_command("migrate", verbosity=0)
    idle_bytes = _peak_bytes(resource.RUSAGE_SELF)
    source = path.read_bytes()
    _publish("child", source, run_in_child)
    parent_bytes = _peak_bytes(resource.RUSAGE_SELF)
    child_bytes = _peak_bytes(resource.RUSAGE_CHILDREN)
    rounds = []
    for number in range(ROUNDS):
        floor = do_least(source)
        rounds.append((_import(source, number), floor))
    imports, floors = zip(*rounds, strict=True)
    total, steps = min(imports, key=lambda one: one[0])
    floor = min(floors, key=lambda one: sum(one.values()))
    return {
        "import_seconds": total,
        "import_steps": steps,
        "database_seconds": total - sum(steps.values()) / 1000,
        "floor_seconds": sum(floor.values()),
        "floor_steps": floor,
        "start_seconds": min(_start() for _ in range(ROUNDS)),
        "idle_bytes": idle_bytes,
        "parent_bytes": parent_bytes,
        "child_bytes": child_bytes,
    }


def do_least(source: bytes) -> dict[str, float]:
    """Seconds of each step that no import can do without.

    JSON is read by orjson alone. YAML is read as imports read it: the faster readers lose what an
    import has to keep, or do not read all of the definitions that are measured.
    """
    seconds: dict[str, float] = {}

    def take(step: str, act: Callable[[], Any]) -> Any:
        started = time.perf_counter()
        result = act()
        seconds[step] = time.perf_counter() - started
        return result

    value: JSONObject = take("parse", lambda: _parse(source))
    family = find_family(value)
    take("validate", lambda: validate_structure(value, family, limit=LIMITS.problems_per_rule))
    take("walk", lambda: _count_references(value))
    forms = take("write", lambda: (render_json(value), render_yaml(value)))
    take("gzip", lambda: [gzip.compress(form, compresslevel=6, mtime=0) for form in forms])
    return seconds


def _parse(source: bytes) -> Any:
    try:
        return orjson.loads(source)
    except orjson.JSONDecodeError:
        return parse_document(source, LIMITS).value


def _count_references(definition: JSONValue) -> int:
    count = 0
    waiting = [definition]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            count += isinstance(value.get("$ref"), str)
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return count


def _import(source: bytes, number: int) -> tuple[float, dict[str, float]]:
    """Publish in this process: seconds of all of it, milliseconds of its steps."""
    steps: dict[str, float] = {}

    def run_and_tell(
        folder: JobFolder, job: ImportJob, files: SourceFiles, *, lock: int
    ) -> ImportResult:
        result = run_here(folder, job, files, lock=lock)
        steps.update(result.steps_ms)
        return result

    started = time.perf_counter()
    _publish(f"here-{number}", source, run_and_tell)
    return time.perf_counter() - started, steps


def _publish(product: str, source: bytes, run: ImportRunner) -> None:
    order = PublicationOrder(OpenedSource(single_file(source), "openapi"), product=product)
    publication = publish_revision(order, limits=LIMITS, run=run)
    assert publication.result == "created", publication.problems


def _start() -> float:
    """Seconds of an import in a process of its own that has next to nothing to do."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        job = ImportJob(root="openapi", limits=LIMITS, memory_bytes=10**9, seconds=60)
        with hold_import_lock(folder / "lock", wait_seconds=0) as lock:
            started = time.perf_counter()
            run_in_child(JobFolder(folder), job, single_file(TINY), lock=lock)
            return time.perf_counter() - started


def _peak_bytes(whose: int) -> int:
    return resource.getrusage(whose).ru_maxrss * KILOBYTE


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]))))

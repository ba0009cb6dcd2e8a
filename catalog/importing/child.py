"""The importing process: `python -m catalog.importing.child FOLDER PARENT`.

It limits itself before it reads anything, asks its parent for the definition's files over its
standard output and input, and leaves its results in the folder. It imports no Django, gets no
secrets and needs no network.
"""

from __future__ import annotations

import os
import resource
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import orjson

from catalog.importing.importing import import_definition
from catalog.importing.jobs import ImportJob, JobFolder

__all__ = ["OUT_OF_MEMORY", "main"]

OUT_OF_MEMORY = 77
NICENESS = 10
OPEN_FILES = 64
PARENT_CHECK_SECONDS = 0.2


def main(arguments: list[str]) -> int:
    """Do the job of a folder for the process of that id.

    0 when there is a result, OUT_OF_MEMORY beyond that limit.
    """
    folder, parent = JobFolder(Path(arguments[0])), int(arguments[1])
    job = ImportJob.from_bytes(folder.job.read_bytes())
    threading.Thread(target=_end_with_parent, args=(parent,), daemon=True).start()
    _limit_self(job)
    try:
        import_definition(folder, job, _ask_parent)
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _limit_self(job: ImportJob) -> None:
    os.nice(NICENESS)
    for what, limit in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_FSIZE, job.memory_bytes),
        (resource.RLIMIT_CPU, job.seconds),
        (resource.RLIMIT_AS, job.memory_bytes),
    ):
        _, highest = resource.getrlimit(what)
        within = limit if highest == resource.RLIM_INFINITY else min(limit, highest)
        # The hard limit stays: at that of processor time the kernel kills without saying why.
        with suppress(ValueError):  # macOS has a limit of address space and lets nobody set it
            resource.setrlimit(what, (within, highest))


def _end_with_parent(parent: int) -> None:
    """End at once when the parent is gone: nobody would take the result."""
    while os.getppid() == parent:
        time.sleep(PARENT_CHECK_SECONDS)
    os._exit(1)


def _ask_parent(name: str) -> bytes | None:
    """One of the definition's files: the parent answers with the path of a copy, or null."""
    sys.stdout.buffer.write(orjson.dumps(name) + b"\n")
    sys.stdout.buffer.flush()
    answer = orjson.loads(sys.stdin.buffer.readline())
    return None if answer is None else Path(answer).read_bytes()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

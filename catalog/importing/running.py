"""The parent's side of an import: starts the child, answers its questions, tells why it ended."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol

import orjson

from catalog.importing.child import OUT_OF_MEMORY
from catalog.importing.errors import ImportStopped, StopReason
from catalog.importing.importing import import_definition
from catalog.importing.jobs import ImportJob, ImportResult, JobFolder
from catalog.openapi import SourceFiles

__all__ = ["ImportRunner", "run_here", "run_in_child"]

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-E", "-s", "-m", "catalog.importing.child")
# Nothing of our own environment: the child is to know no secret.
ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8"}
# Beyond what a file's name can be; a child that asks for more is broken.
LONGEST_QUESTION = 100_000
SHOWN_ERRORS = 2000
# How native code ends that is refused memory and did not expect it.
_CRASHES = (signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS)
_ALLOCATION_FAILED = "memory allocation of"


class ImportRunner(Protocol):
    """A way to do the job of a folder; raises ImportStopped."""

    def __call__(
        self, folder: JobFolder, job: ImportJob, files: SourceFiles, *, lock: int
    ) -> ImportResult:
        """The result. `lock` is the descriptor of the import lock."""


def run_here(folder: JobFolder, job: ImportJob, files: SourceFiles, *, lock: int) -> ImportResult:
    """Do the job in this process, without its limits: for tests and measurements only."""
    del lock
    import_definition(folder, job, files.read)
    return ImportResult.from_bytes(folder.result.read_bytes())


def run_in_child(
    folder: JobFolder, job: ImportJob, files: SourceFiles, *, lock: int
) -> ImportResult:
    """Do the job in a process of its own, which holds the lock too as long as it lives.

    The child gets of `files` what it asks for, by name. Raises ImportStopped when it was out of
    memory or time, was killed or broke. The time that reading `files` takes does not count.
    """
    folder.job.write_bytes(job.as_bytes())
    folder.given.mkdir()
    with _start(folder, lock) as child:
        _Conversation(child, folder, files).go_on_for(job.seconds)
        status = child.wait()
    if status != 0 or not folder.result.exists():
        raise _stopped(status, _read_errors(folder))
    return ImportResult.from_bytes(folder.result.read_bytes())


@contextmanager
def _start(folder: JobFolder, lock: int) -> Iterator[subprocess.Popen[bytes]]:
    with folder.errors.open("wb") as errors:
        child = subprocess.Popen(  # noqa: S603  our own module in our own interpreter
            [*COMMAND, str(folder.path), str(os.getpid())],
            cwd=ROOT,
            env=ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            pass_fds=(lock,),
        )
    try:
        yield child
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            with suppress(BrokenPipeError):  # an answer that nobody reads any more
                _pipe(pipe).close()


class _Conversation:
    """Answers the child's questions until it has none any more."""

    def __init__(
        self, child: subprocess.Popen[bytes], folder: JobFolder, files: SourceFiles
    ) -> None:
        self._child = child
        self._folder = folder
        self._files = files
        self._given = 0

    def go_on_for(self, seconds: float) -> None:
        """Answer until the child closes its output; raises ImportStopped when that takes long."""
        deadline = time.monotonic() + seconds
        while question := self._next_question(deadline):
            asked = time.monotonic()
            self._answer(orjson.loads(question))
            deadline += time.monotonic() - asked

    def _next_question(self, deadline: float) -> bytes:
        output = _pipe(self._child.stdout)
        # The child waits for each answer, so that no second question is buffered unseen.
        ready, _, _ = select.select([output], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise ImportStopped(StopReason.TIME)
        line = output.readline(LONGEST_QUESTION)
        return line if line.endswith(b"\n") else b""

    def _answer(self, name: str) -> None:
        content = self._read(name)
        path = None
        if content is not None:
            path = self._folder.given / str(self._given)
            path.write_bytes(content)
            self._given += 1
        answers = _pipe(self._child.stdin)
        with suppress(BrokenPipeError):  # the child was killed: its output ends, too
            answers.write(orjson.dumps(path and str(path)) + b"\n")
            answers.flush()

    def _read(self, name: str) -> bytes | None:
        try:
            return self._files.read(name)
        except OSError:
            return None  # as good as missing: the reference that leads there is reported


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101  both are asked for at the start
    return pipe


def _read_errors(folder: JobFolder) -> str:
    return folder.errors.read_text(encoding="utf-8", errors="replace")[-SHOWN_ERRORS:]


def _stopped(status: int, details: str) -> ImportStopped:
    if status == OUT_OF_MEMORY or _ALLOCATION_FAILED in details:
        return ImportStopped(StopReason.MEMORY, details=details)
    if status == -signal.SIGXCPU:
        return ImportStopped(StopReason.TIME)
    if -status in _CRASHES:
        return ImportStopped(StopReason.CRASHED, signal=-status, details=details)
    if status < 0:
        return ImportStopped(StopReason.KILLED, signal=-status, details=details)
    return ImportStopped(StopReason.FAILED, details=details)

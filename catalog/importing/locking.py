"""One import at a time on a machine: a lock that the system gives back when its holders die."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from catalog.importing.errors import ImportBusy

__all__ = ["hold_import_lock"]

PAUSE_SECONDS = 0.05


def _ignore() -> None:
    """What is called when nobody wants to know."""


@contextmanager
def hold_import_lock(
    path: Path, *, wait_seconds: float, on_wait: Callable[[], None] = _ignore
) -> Iterator[int]:
    """Hold the lock of a file; its descriptor, which the importing process is to inherit.

    The lock is free again when every process that has the descriptor closed it or died: after a
    `kill -9` of the publisher the next one still waits for its child. `on_wait` is called once
    when the lock is not free at once. Raises ImportBusy after `wait_seconds`.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _wait_for(descriptor, wait_seconds, on_wait)
        yield descriptor
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int, wait_seconds: float, on_wait: Callable[[], None]) -> None:
    deadline = time.monotonic() + wait_seconds
    has_told = False
    while not _is_taken(descriptor):
        if time.monotonic() >= deadline:
            raise ImportBusy(wait_seconds)
        if not has_told:
            has_told = True
            on_wait()
        time.sleep(PAUSE_SECONDS)


def _is_taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

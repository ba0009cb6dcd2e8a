"""A family of child processes that start and end together."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from types import FrameType

__all__ = ["Family"]

STOP_SECONDS = 8  # Ctrl-C ends everything within 10 s
POLL_SECONDS = 0.2


class Family:
    """Children of one parent; when one dies or the parent is told to stop, all of them end."""

    def __init__(self, *, stop_seconds: float = STOP_SECONDS) -> None:
        self._stop_seconds = stop_seconds
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._stop = threading.Event()

    @property
    def is_stopping(self) -> bool:
        """Whether somebody asked for the end."""
        return self._stop.is_set()

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start a child in a process group of its own, so that Ctrl-C reaches the parent alone."""
        if not self.is_stopping:
            self._children[name] = subprocess.Popen(list(command), start_new_session=True)  # noqa: S603

    def ask_to_stop(self, signal_number: int, frame: FrameType | None) -> None:
        """A signal handler: the wait below then ends everything."""
        self._stop.set()

    def find_dead(self) -> str | None:
        """The name of a child that ended by itself, if any."""
        return next(
            (name for name, child in self._children.items() if child.poll() is not None), None
        )

    def wait(self) -> str | None:
        """Until told to stop or a child dies, then end all; the name of the dead child, if any."""
        dead = None
        while not self._stop.wait(POLL_SECONDS):
            dead = self.find_dead()
            if dead:
                break
        self.stop()
        return dead

    def stop(self) -> None:
        """End all children, politely at first, then by force."""
        self._stop.set()
        for child in self._children.values():
            _signal_group(child, signal.SIGTERM)
        deadline = time.monotonic() + self._stop_seconds
        for child in self._children.values():
            try:
                child.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                continue
        for child in self._children.values():
            _signal_group(child, signal.SIGKILL)  # also what a child left behind in its group
            child.wait()


def _signal_group(child: subprocess.Popen[bytes], signal_number: int) -> None:
    try:
        os.killpg(child.pid, signal_number)
    except ProcessLookupError:
        return

"""A family of processes starts and ends together."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from portal.processes import Family

STUBBORN = """
import pathlib, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path(sys.argv[1]).write_text(str(child.pid))
time.sleep(60)
"""


def _has_ended(pid: int) -> bool:
    """Whether a killed process is gone within two seconds: its new parent buries it, not we."""
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
                return True
        except FileNotFoundError:
            return True
    return False


def test_wait_ends_all_when_one_dies_and_names_it() -> None:
    family = Family()
    family.start("short", [sys.executable, "-c", "pass"])
    family.start("long", [sys.executable, "-c", "import time; time.sleep(60)"])

    started = time.monotonic()
    dead = family.wait()

    assert dead == "short"
    assert time.monotonic() - started < 10


def test_asking_to_stop_ends_the_wait_without_a_dead_child() -> None:
    family = Family()
    family.start("long", [sys.executable, "-c", "import time; time.sleep(60)"])
    threading.Timer(0.1, family.ask_to_stop, (signal.SIGINT, None)).start()

    assert family.wait() is None


def test_stop_leaves_nothing_of_a_child_that_ignores_it(tmp_path: Path) -> None:
    family = Family(stop_seconds=0.5)
    family.start("stubborn", [sys.executable, "-c", STUBBORN, str(tmp_path / "pid")])
    _wait_for(tmp_path / "pid")
    grandchild = int((tmp_path / "pid").read_text())

    family.stop()

    assert _has_ended(grandchild)


def test_nothing_starts_after_the_end_was_asked_for(tmp_path: Path) -> None:
    family = Family()
    family.ask_to_stop(signal.SIGTERM, None)

    family.start("late", [sys.executable, "-c", f"open({str(tmp_path / 'made')!r}, 'w')"])
    family.wait()

    assert not (tmp_path / "made").exists()


def _wait_for(path: Path) -> None:
    subprocess.run(
        ["sh", "-c", f'until [ -s "{path}" ]; do sleep 0.02; done'], check=True, timeout=10
    )

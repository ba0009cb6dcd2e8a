"""The lock that lets one import go on at a time."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from catalog.importing import ImportBusy, hold_import_lock


def test_second_import_is_told_that_it_waits_and_gives_up_in_time(tmp_path: Path) -> None:
    told: list[str] = []
    path = tmp_path / "lock"

    with (
        hold_import_lock(path, wait_seconds=0),
        pytest.raises(ImportBusy) as busy,
        hold_import_lock(path, wait_seconds=0.1, on_wait=lambda: told.append("waits")),
    ):
        pass

    assert told == ["waits"]
    assert busy.value.waited_seconds == 0.1


def test_waiting_import_begins_when_the_other_one_ends(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    is_waiting = threading.Event()
    events: list[str] = []

    def wait() -> None:
        with hold_import_lock(path, wait_seconds=30, on_wait=is_waiting.set):
            events.append("second")

    second = threading.Thread(target=wait)
    with hold_import_lock(path, wait_seconds=0):
        second.start()
        is_waiting.wait(30)
        events.append("first")
    second.join(30)

    assert events == ["first", "second"]


def test_lock_is_free_again_after_an_error(tmp_path: Path) -> None:
    path = tmp_path / "lock"

    with pytest.raises(ZeroDivisionError), hold_import_lock(path, wait_seconds=0):
        raise ZeroDivisionError

    with hold_import_lock(path, wait_seconds=0) as lock:
        assert lock > 0

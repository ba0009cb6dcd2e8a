"""`make run` under one parent: it starts whole, ends whole, and keeps what was done."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.running_portal import ROOT, RunningPortal, free_port_range

pytestmark = pytest.mark.xdist_group("portal")


def _processes_of(portal: RunningPortal) -> list[str]:
    """Command lines of the processes that were given this portal's data directory."""
    mark = f"PORTICO_DATA_DIR={portal.data_dir}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue  # it ended in the meantime, or belongs to somebody else
    return found


def test_interrupt_ends_every_process_and_a_second_start_keeps_the_data() -> None:
    with RunningPortal() as portal:
        running = _processes_of(portal)
        password = portal.admin_password

        status = portal.stop()

        assert status == 0
        assert len(running) >= 4  # supervisor, sandbox, web, worker
        assert _processes_of(portal) == []

        portal.start()

        assert portal.admin_password == password
        assert "the one in" in portal.greeting
        assert requests.get(f"{portal.url}/catalog/company-data/", timeout=10).status_code == 200


def test_greeting_names_the_address_and_the_credentials() -> None:
    with RunningPortal() as portal:
        assert f"Portico is ready: {portal.url}/" in portal.greeting
        assert "username sandbox-demo, password lantern-works-74" in portal.greeting
        assert f"username admin, password {portal.admin_password}" in portal.greeting


def test_port_in_use_is_told_with_what_to_do(tmp_path: Path) -> None:
    with RunningPortal() as portal:
        environment = {
            **os.environ,
            "PORT": str(portal.port),
            "PORTICO_DATA_DIR": str(tmp_path),
        }
        second = subprocess.run(
            [sys.executable, "-m", "portal.supervisor"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    assert second.returncode == 1
    assert second.stdout == (
        f"Port {portal.port} is in use. Choose another one: make run PORT={portal.port + 1}\n"
    )


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("PORT", "many", 'PORT is "many"; it takes a port from 1 to 65535.'),
        ("RENEW_TICK_SECONDS", "0", 'RENEW_TICK_SECONDS is "0"; it takes a whole number'),
        ("DATABASE_URL", "mysql://x", "DATABASE_URL starts with mysql:; it takes postgres://"),
    ],
)
def test_wrong_setting_stops_the_start_with_one_clear_line(
    tmp_path: Path, name: str, value: str, message: str
) -> None:
    environment = {
        **os.environ,
        "PORTICO_DATA_DIR": str(tmp_path),
        "PORT": str(free_port_range(1)),
        name: value,
    }

    failed = subprocess.run(
        [sys.executable, "-m", "portal.supervisor"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert failed.returncode == 1
    assert message in failed.stdout
    assert "Traceback" not in failed.stdout + failed.stderr

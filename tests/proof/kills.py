"""Publishing is killed at random moments: what is served stays whole, and nothing stays behind."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
import yaml

from tests.portal_client import PortalClient
from tests.running_portal import RunningPortal

__all__ = ["Outcome", "kill_publications", "run"]

ROOT = Path(__file__).resolve().parents[2]
KILLS = 50
SEED = 20260101
PRODUCT = "killed"
BASE = f"/catalog/{PRODUCT}/v1"
OPERATIONS = (300, 420)  # of the two definitions that are published in turn
PUBLISH_SECONDS = 60
TIMEOUT_SECONDS = 30
PAUSE_SECONDS = 0.001
# The parts of a whole command's time that its importing process and a REST call take.
CHILD_SHARE = 0.25
WEB_SHARE = 0.4
DEFINITION_URL = f"/api/v1/products/{PRODUCT}/versions/v1/definition"


@dataclass(slots=True)
class Outcome:
    """How often which process was killed, and which revision was served then."""

    killed: dict[str, int] = field(default_factory=dict)
    old: int = 0
    new: int = 0


def run() -> list[str]:
    """The figures; raises AssertionError when anything half was served or stayed behind."""
    outcome = kill_publications(KILLS)
    killed = ", ".join(f"{count} times {name}" for name, count in outcome.killed.items())
    return [
        f"kill -9 at random moments of publishing, {KILLS} times: {killed}.",
        f"Served afterwards: the old revision {outcome.old} times, the new one {outcome.new} times;"
        " YAML, JSON, their compressed twins, the operations' rows and the reference page each"
        " time whole and of the same revision.",
        "After the next publication no file, folder or row was left of any of them.",
    ]


def kill_publications(kills: int) -> Outcome:
    """Kill publishing that often, at random moments, its processes in turn."""
    outcome = Outcome()
    chance = random.Random(SEED)  # noqa: S311  the same moments in every run
    # What is left behind is looked for in the data directory: rows too.
    environment = {"DEMONSTRATION": "off", "DATABASE_URL": "", "REDIS_URL": ""}
    with (
        tempfile.TemporaryDirectory(prefix="portico-kills-") as folder,
        RunningPortal(environment=environment) as portal,
    ):
        files = [_write_definition(Path(folder), count) for count in OPERATIONS]
        seconds = min(_publish(portal, file) for file in files)
        for name, kill in itertools.cycle(VICTIMS):
            if sum(outcome.killed.values()) == kills:
                break
            before = _check_served(portal)
            was_alive = kill(portal, files[1 - OPERATIONS.index(before)], seconds * chance.random())
            after = _check_served(portal)
            if not was_alive:
                continue
            outcome.killed[name] = outcome.killed.get(name, 0) + 1
            outcome.old += after == before
            outcome.new += after != before
            seconds = _publish(portal, files[1 - OPERATIONS.index(after)])
            _check_served(portal)
            _check_nothing_left(portal)
    return outcome


def _write_definition(folder: Path, operations: int) -> Path:
    """A definition of so many operations and schemas; its title tells their number."""
    properties = {f"member{number}": {"type": "string"} for number in range(30)}
    schema = {"type": "object", "description": "A thing. " * 20, "properties": properties}
    definition = {
        "openapi": "3.1.0",
        "info": {"title": str(operations), "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {
            f"/things/{number}": {"get": {"operationId": f"thing{number}", "responses": {}}}
            for number in range(operations)
        },
        "components": {"schemas": {f"Thing{number}": schema for number in range(operations)}},
    }
    path = folder / f"{operations}.json"
    path.write_text(json.dumps(definition), encoding="utf-8")
    return path


def _start(portal: RunningPortal, file: Path) -> subprocess.Popen[bytes]:
    command = (sys.executable, "manage.py", "publish", str(file), "--product", PRODUCT)
    environment = {**portal.environment, "LOG_LEVEL": "error"}
    return subprocess.Popen(
        [*command, "--version", "v1"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _publish(portal: RunningPortal, file: Path) -> float:
    """Publish to the end; the seconds it took."""
    started = time.monotonic()
    with _start(portal, file) as process:
        assert process.wait(PUBLISH_SECONDS) == 0, f"{file.name} was not published"
    return time.monotonic() - started


def _kill_command(portal: RunningPortal, file: Path, seconds: float) -> bool:
    """Kill the publishing command after a while; whether it was still alive."""
    with _start(portal, file) as process:
        _wait_for(seconds, lambda: process.poll() is not None)
        process.kill()
        return process.wait() == -signal.SIGKILL


def _kill_importing_process(portal: RunningPortal, file: Path, seconds: float) -> bool:
    """Kill the process that the command imports in, a while after it began."""
    with _start(portal, file) as process:
        _wait_for(PUBLISH_SECONDS, lambda: bool(_children(process.pid)) or _is_over(process))
        children = _children(process.pid)
        _wait_for(seconds * CHILD_SHARE, lambda: not _children(process.pid))
        were_alive = [_kill(child) for child in children]
        process.wait(PUBLISH_SECONDS)
    return any(were_alive)


def _kill_web_process(portal: RunningPortal, file: Path, seconds: float) -> bool:
    """Kill the web server's process while it takes a definition over REST; it starts again."""
    client = PortalClient(portal.url)
    client.sign_in("admin", portal.admin_password)
    servers = [pid for pid in _children(portal.pid) if "gunicorn" in _command_of(pid)]
    workers = [worker for server in servers for worker in _children(server)]
    with ThreadPoolExecutor(max_workers=1) as sending:
        answer = sending.submit(client.put_bytes, DEFINITION_URL, file.read_bytes())
        _wait_for(seconds * WEB_SHARE, answer.done)
        is_going_on = not answer.done()
        were_alive = [_kill(worker) for worker in workers]
        error = answer.exception(PUBLISH_SECONDS)
    _wait_for(PUBLISH_SECONDS, lambda: _is_up(portal))
    assert error is None or isinstance(error, requests.ConnectionError), error
    return is_going_on and any(were_alive)


VICTIMS: tuple[tuple[str, Callable[[RunningPortal, Path, float], bool]], ...] = (
    ("the command", _kill_command),
    ("the importing process", _kill_importing_process),
    ("the web process", _kill_web_process),
)


def _wait_for(seconds: float, is_so: Callable[[], bool]) -> None:
    """Wait for a condition, that long at most."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not is_so():
        time.sleep(PAUSE_SECONDS)


def _is_over(process: subprocess.Popen[bytes]) -> bool:
    return process.poll() is not None


def _is_up(portal: RunningPortal) -> bool:
    try:
        return requests.get(f"{portal.url}/livez", timeout=TIMEOUT_SECONDS).ok
    except requests.ConnectionError:
        return False


def _command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")


def _children(pid: int) -> list[int]:
    """The processes that a process has started; none when it is gone."""
    try:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(child) for child in listed.split()]


def _kill(pid: int) -> bool:
    """Whether there was such a process to kill."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _check_served(portal: RunningPortal) -> int:
    """How many operations the served revision has; everything of it has to agree."""
    title = int(_get(portal, f"{BASE}/openapi.json").json()["info"]["title"])
    from_yaml = yaml.load(_get(portal, f"{BASE}/openapi.yaml").content, yaml.CSafeLoader)
    assert (from_yaml["info"]["title"], len(from_yaml["paths"])) == (str(title), title)
    assert len(_get(portal, f"{BASE}/openapi.json").json()["paths"]) == title
    last = _get(portal, f"{BASE}/reference/thing{title - 1}/")
    assert f"/things/{title - 1}" in last.text
    assert _get(portal, f"{BASE}/reference/").status_code == 200
    revision, storage_key = _query(
        portal,
        "SELECT r.id, r.storage_key FROM catalog_version v"
        " JOIN catalog_revision r ON r.id = v.current_revision_id"
        " JOIN catalog_product p ON p.id = v.product_id WHERE p.slug = ?",
        PRODUCT,
    )[0]
    for table in ("operation", "component"):
        counted = f"SELECT count(*) FROM catalog_{table} WHERE revision_id = ?"  # noqa: S608
        assert _query(portal, counted, revision) == [(title,)], f"rows of {table} are missing"
    for name in ("openapi.json", "openapi.yaml"):
        plain = portal.data_dir / "definitions" / storage_key / name
        packed = plain.with_name(f"{name}.gz")
        assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()
    return title


def _check_nothing_left(portal: RunningPortal) -> None:
    kept = {row[0] for row in _query(portal, "SELECT storage_key FROM catalog_revision")}
    folders = {path.name for path in (portal.data_dir / "definitions").iterdir()}
    assert folders == kept, f"files were left behind: {folders ^ kept}"
    holders = _query(portal, "SELECT slug FROM catalog_product WHERE slug GLOB '_importing-*'")
    assert not holders, f"unpublished revisions were left behind: {holders}"
    numbers = _query(
        portal,
        "SELECT DISTINCT r.number FROM catalog_revision r"
        " JOIN catalog_operation o ON o.revision_id = r.id"
        " JOIN catalog_version v ON v.id = r.version_id"
        " JOIN catalog_product p ON p.id = v.product_id WHERE p.slug = ? ORDER BY r.number DESC",
        PRODUCT,
    )
    newest = numbers[0][0]
    assert [newest - number for (number,) in numbers] in ([0], [0, 1]), f"rows were left: {numbers}"


def _get(portal: RunningPortal, path: str) -> requests.Response:
    response = requests.get(f"{portal.url}{path}", timeout=TIMEOUT_SECONDS)
    assert response.status_code == 200, f"{path} answered {response.status_code}"
    return response


def _query(portal: RunningPortal, statement: str, *values: Any) -> Sequence[Any]:
    with closing(sqlite3.connect(portal.data_dir / "portico.sqlite3", timeout=10)) as database:
        return database.execute(statement, values).fetchall()

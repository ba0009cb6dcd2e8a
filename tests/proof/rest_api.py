"""schemathesis against the REST API of a whole running portal, as three callers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.api.running import run_schemathesis
from tests.running_portal import RunningPortal
from tests.tryit.target_api import DEFINITION, make_token, running_api

__all__ = ["run"]

EXAMPLES = 60
RUNS = (
    ("a token with the scope admin", "admin", 11),
    ("a token with the scope admin, another seed", "admin", 12),
    ("a token that may only read", "read", 13),
    ("nobody", "", 14),
)


def run() -> list[str]:
    """The figures; raises AssertionError with the report of what was found."""
    with RunningPortal() as portal, running_api(make_token()) as target:
        _publish(portal, target.url)
        lines = []
        for caller, scope, seed in RUNS:
            token = _make_token(portal, scope) if scope else ""
            status, report = run_schemathesis(portal.url, token, examples=EXAMPLES, seed=seed)
            assert status == 0, f"found as {caller}, seed {seed}:\n{report}"
            generated = re.search(r"([0-9,]+) generated", report)
            assert generated is not None, report
            lines.append(f"As {caller}: {generated[1]} calls, nothing found.")
        broken = portal.output().count(" status=500 ")
    assert broken == 0, f"{broken} calls were answered with 500"
    return [*lines, f"{EXAMPLES} examples for each operation and phase; no call was answered 500."]


def _publish(portal: RunningPortal, target_url: str) -> None:
    """The product that the calls are about, with a server of its own."""
    path = Path(portal.data_dir) / "example.json"
    path.write_text(json.dumps(DEFINITION), encoding="utf-8")
    _manage(
        portal,
        "publish",
        str(path),
        "--product=example",
        "--version=v1",
        f"--server=Sandbox={target_url}",
        "--allow-private",
    )


def _make_token(portal: RunningPortal, scope: str) -> str:
    return _manage(portal, "create_api_token", "admin", f"--scope={scope}").strip()


def _manage(portal: RunningPortal, *arguments: str) -> str:
    environment = portal.environment
    environment.pop("SECRET_KEY", None)
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout

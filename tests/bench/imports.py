"""What importing costs beyond what no import can do without.

The floor of a definition is measured beside its import, in turn, in one process: parsing,
structural validation, one walk over all references, writing JSON and YAML, gzip of both. The
import is the whole publication on SQLite; only the start of its process is told apart. Each file
has a process of its own, so that none inherits the memory of another.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

__all__ = ["run"]

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "definitions"
LARGEST = 6
NPM_PACKAGE = "@octokit/openapi"
NPM_FILE = "generated/api.github.com.json"
NPM_SECONDS = 300


def run() -> list[str]:
    """A line for each definition, largest first; what could not be measured has its reason."""
    with tempfile.TemporaryDirectory(prefix="portico-bench-") as folder:
        downloaded, lines = _download(Path(folder))
        measured = [_measure(path) for path in (*downloaded, *_find_largest())]
    lines += [_describe(figures) for figures in measured]
    return lines or ["no definitions were found"]


def _find_largest() -> list[Path]:
    found = [path for kind in ("json", "yaml") for path in CORPUS.rglob(f"*.{kind}")]
    return sorted(found, key=lambda path: path.stat().st_size, reverse=True)[:LARGEST]


def _download(folder: Path) -> tuple[list[Path], list[str]]:
    """GitHub's definition from npm, or the reason why it is not there."""
    npm = shutil.which("npm")
    if npm is None:
        return [], [f"{NPM_PACKAGE} is left out: there is no npm"]
    command = [npm, "install", "--silent", "--no-audit", "--ignore-scripts", NPM_PACKAGE]
    try:
        subprocess.run(command, cwd=folder, check=True, timeout=NPM_SECONDS, capture_output=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        return [], [f"{NPM_PACKAGE} is left out: npm could not install it ({error})"]
    return [folder / "node_modules" / NPM_PACKAGE / NPM_FILE], []


def _measure(path: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="portico-bench-") as data_dir:
        environment = {**os.environ, "PORTICO_DATA_DIR": data_dir, "LOG_LEVEL": "error"}
        output = subprocess.run(
            [sys.executable, "-m", "tests.bench.one_import", str(path)],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
        ).stdout
    figures: dict[str, Any] = json.loads(output)
    return {"name": path.name, "source_bytes": path.stat().st_size, **figures}


def _describe(figures: dict[str, Any]) -> str:
    ratio = figures["import_seconds"] / figures["floor_seconds"]
    floor = ", ".join(f"{step} {seconds:.2f}" for step, seconds in figures["floor_steps"].items())
    steps = ", ".join(f"{step} {ms / 1000:.2f}" for step, ms in figures["import_steps"].items())
    return (
        f"{figures['name']} ({figures['source_bytes'] / 1e6:.1f} MB):"
        f" import {figures['import_seconds']:.2f} s ({steps}, database"
        f" {figures['database_seconds']:.2f}), floor {figures['floor_seconds']:.2f} s ({floor}),"
        f" ratio {ratio:.2f}; start of the process {figures['start_seconds']:.2f} s;"
        f" peak memory of the child {figures['child_bytes'] / 1e6:.0f} MB,"
        f" of the parent {figures['parent_bytes'] / 1e6:.0f} MB"
        f" ({figures['idle_bytes'] / 1e6:.0f} MB before)"
    )

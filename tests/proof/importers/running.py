"""Runs one importer on one file as a user would, without the network."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["IMPORTERS", "Verdict", "bundle_elsewhere", "take_in"]

TIMEOUT_SECONDS = 240
# Where nothing answers: whatever an importer would tell somebody goes nowhere.
NOWHERE = "http://127.0.0.1:9"
IMPORTERS = ("openapi-to-postmanv2", "@usebruno/cli", "@scalar/openapi-parser")
REASON_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an importer took a file, how many requests it made of it, and why if it did not.

    `requests` is None for importers that make none.
    """

    accepted: bool
    requests: int | None = None
    reason: str = ""


def take_in(importer: str, file: Path, *, home: Path) -> Verdict:
    """Let one of IMPORTERS read a file; one that takes longer than TIMEOUT_SECONDS refuses."""
    with tempfile.TemporaryDirectory(prefix="portico-importer-") as folder:
        try:
            if importer == "@scalar/openapi-parser":
                return _validate(file, home, Path(folder))
            return _convert(importer, file, home=home, folder=Path(folder))
        except subprocess.TimeoutExpired:
            return Verdict(accepted=False, reason=f"no result within {TIMEOUT_SECONDS} s")


def bundle_elsewhere(root: Path, output: Path, *, home: Path) -> Path:
    """Make one file of a definition of several with a bundler that is not the portal's."""
    done = _run(["node", str(home / "bundle.js"), str(root), str(output)], output.parent)
    assert done.returncode == 0, f"{root} was not bundled: {_reason(done.stderr)}"
    return output


def _convert(importer: str, file: Path, *, home: Path, folder: Path) -> Verdict:
    """A tool that writes a collection: it has taken the file when there is one."""
    output = folder / "collection.json"
    if importer == "@usebruno/cli":
        arguments = ["bru", "import", "openapi", "--source", str(file), "--output-file"]
        arguments += [str(output), "--collection-name", "Collection"]
    else:
        arguments = ["openapi2postmanv2", "--spec", str(file), "--output", str(output)]
    done = _run([str(home / "node_modules/.bin" / arguments[0]), *arguments[1:]], folder)
    if done.returncode == 0 and output.exists():
        collection = json.loads(output.read_bytes())
        return Verdict(accepted=True, requests=sum(1 for _ in _iter_requests(collection)))
    return Verdict(accepted=False, reason=_reason(done.stderr or done.stdout))


def _validate(file: Path, home: Path, folder: Path) -> Verdict:
    done = _run(["node", str(home / "validate.js"), str(file)], folder)
    if done.returncode != 0:
        return Verdict(accepted=False, reason=_reason(done.stderr))
    answer = json.loads(done.stdout)
    reason = answer["errors"][0][:REASON_LENGTH] if answer["errors"] else ""
    return Verdict(accepted=answer["valid"] and not answer["errors"], reason=reason)


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "HTTP_PROXY": NOWHERE,
        "HTTPS_PROXY": NOWHERE,
        "DO_NOT_TRACK": "1",
        "NO_COLOR": "1",
        "NO_UPDATE_NOTIFIER": "1",
        "NODE_OPTIONS": "--max-old-space-size=4000",
    }
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )


def _iter_requests(folder: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Requests of a collection: Postman's have a member, Bruno's a type."""
    for item in folder.get("item") or folder.get("items") or ():
        if item.get("type") == "http-request" or ("request" in item and "item" not in item):
            yield item
        else:
            yield from _iter_requests(item)


def _reason(output: str) -> str:
    """The line that names the error, else the last one."""
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["no reason given"]
    named = [line for line in lines if "Error" in line and not line.startswith("at ")]
    return (named or lines[-1:])[0][:REASON_LENGTH]

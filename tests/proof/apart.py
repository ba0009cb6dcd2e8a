"""Runs a proof's measuring function in a process of its own, over a data directory of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

__all__ = ["measure_apart", "set_up"]

ROOT = Path(__file__).resolve().parents[2]


def measure_apart(module: str) -> list[str]:
    """What `measure()` of the module returns; raises AssertionError with the end of its output."""
    with tempfile.TemporaryDirectory(prefix="portico-proof-") as folder:
        environment = {
            **os.environ,
            "PORTICO_DATA_DIR": folder,
            "SECRET_KEY": "a key for proofs and for nothing else, long enough to be one",
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests.proof.apart", module, f"{folder}/figures.json"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout.rpartition("AssertionError: ")[2][-4000:].strip()
        figures: list[str] = json.loads(Path(folder, "figures.json").read_bytes())
        return figures


def set_up() -> None:
    """Prepare Django; static files are named without their hashes, which nobody collected."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.ALLOWED_HOSTS = ["testserver"]


def main(module: str, output: str) -> None:
    """Measure on a fresh database and leave the figures in a file."""
    set_up()
    call_command("migrate", interactive=False, verbosity=0)
    figures = import_module(module).measure()
    Path(output).write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

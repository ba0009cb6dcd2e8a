"""Installs the importers from npm, as their lock file says, beside the virtual environment."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

__all__ = ["MissingImporters", "install_importers"]

HERE = Path(__file__).resolve().parent
CACHE = Path(__file__).resolve().parents[3] / ".venv"
FILES = ("package.json", "package-lock.json", ".npmrc", "bundle.js", "validate.js")
INSTALL_SECONDS = 600


class MissingImporters(Exception):
    """They cannot be installed here; the message says why."""


def install_importers() -> Path:
    """The folder that holds them, installed on first use; raises MissingImporters."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise MissingImporters("Node.js with npm is not installed (apt-get install nodejs npm)")
    content = b"".join((HERE / name).read_bytes() for name in FILES)
    home = CACHE / f"importers-{hashlib.sha256(content).hexdigest()[:12]}"
    if not home.is_dir():
        _install(home)
    return home


def _install(home: Path) -> None:
    """Install aside and rename, so that several processes may start at once."""
    folder = Path(tempfile.mkdtemp(prefix="importers-", dir=CACHE))
    try:
        for name in FILES:
            shutil.copy(HERE / name, folder / name)
        done = subprocess.run(
            ["npm", "ci", "--no-progress", "--loglevel=error"],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=INSTALL_SECONDS,
            check=False,
        )
        if done.returncode != 0:
            raise MissingImporters(f"npm could not install the importers: {done.stderr[-500:]}")
        os.replace(folder, home)
    except subprocess.TimeoutExpired as error:
        raise MissingImporters("npm did not install the importers in time") from error
    except OSError:
        if not home.is_dir():  # otherwise another process was faster
            raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)

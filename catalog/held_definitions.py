"""Definitions that wait for approval: their files, kept until somebody decides."""

from __future__ import annotations

import os
import time
import uuid
import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path

from django.conf import settings

__all__ = ["delete_held", "read_held", "sweep_held", "write_held"]

ORPHAN_SECONDS = 3600


def write_held(contents: Mapping[str, bytes]) -> str:
    """Keep the files of a definition by their names; the key they are found by."""
    settings.HELD_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = uuid.uuid4().hex
    unfinished = _path_of(f"{key}.unfinished")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    os.rename(unfinished, _path_of(key))
    return key


def read_held(key: str) -> dict[str, bytes]:
    """The files that were kept under this key; raises FileNotFoundError."""
    with zipfile.ZipFile(_path_of(key)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def delete_held(key: str) -> None:
    """Remove the files of a definition that was decided on, if they are there."""
    if key:
        _path_of(key).unlink(missing_ok=True)


def sweep_held(known: Collection[str]) -> int:
    """Remove files that nothing refers to, an hour after they were written; how many."""
    if not settings.HELD_DIR.is_dir():
        return 0
    oldest = time.time() - ORPHAN_SECONDS
    orphans = [
        path
        for path in Path(settings.HELD_DIR).iterdir()
        if path.name not in known and path.stat().st_mtime < oldest
    ]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def _path_of(key: str) -> Path:
    return Path(settings.HELD_DIR) / key

"""The files of a revision: the source as given, and the bundled YAML and JSON with gzip beside.

A revision's files are written once, whole, under its storage key, and never altered.
"""

from __future__ import annotations

import gzip
import os
import shutil
import tempfile
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from catalog.models import Revision

__all__ = ["FileKind", "delete_files", "open_file", "path_of", "write_files"]

COMPRESSED = ".gz"


class FileKind(StrEnum):
    """The three forms of a definition that are kept."""

    SOURCE = "source"
    YAML = "openapi.yaml"
    JSON = "openapi.json"


def write_files(storage_key: str, contents: Mapping[FileKind, bytes]) -> None:
    """Write the files of a new revision; they appear all at once or not at all."""
    settings.DEFINITIONS_DIR.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"incoming-{storage_key}-", dir=settings.DEFINITIONS_DIR))
    try:
        for kind, content in contents.items():
            (folder / kind).write_bytes(content)
            if kind is not FileKind.SOURCE:
                (folder / f"{kind}{COMPRESSED}").write_bytes(
                    gzip.compress(content, compresslevel=6, mtime=0)
                )
        os.rename(folder, settings.DEFINITIONS_DIR / storage_key)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def path_of(revision: Revision, kind: FileKind, *, compressed: bool = False) -> Path:
    """Where one form of the definition lies; only YAML and JSON have a compressed twin."""
    name = f"{kind}{COMPRESSED}" if compressed else str(kind)
    return Path(settings.DEFINITIONS_DIR) / revision.storage_key / name


def open_file(revision: Revision, kind: FileKind, *, compressed: bool = False) -> BinaryIO:
    """Open one form for reading; raises FileNotFoundError when the file store lost it."""
    return path_of(revision, kind, compressed=compressed).open("rb")


def delete_files(storage_key: str) -> None:
    """Remove the files of a revision that was not published after all."""
    shutil.rmtree(Path(settings.DEFINITIONS_DIR) / storage_key, ignore_errors=True)

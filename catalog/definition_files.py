"""The files of a revision: the source as given, and the bundled YAML and JSON with gzip beside.

A revision's files appear at once, whole, under its storage key, and are never altered. What an
import works with lies in a folder of its own until then.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from catalog.importing import JSON_NAME, SOURCE_NAME, YAML_NAME, JobFolder
from catalog.models import Revision

__all__ = [
    "FileKind",
    "delete_files",
    "delete_job_folders",
    "iter_storage_folders",
    "open_file",
    "open_job_folder",
    "path_of",
    "put_in_place",
]

COMPRESSED = ".gz"
INCOMING = "incoming-"


class FileKind(StrEnum):
    """The three forms of a definition that are kept."""

    SOURCE = SOURCE_NAME
    YAML = YAML_NAME
    JSON = JSON_NAME


@contextmanager
def open_job_folder() -> Iterator[tuple[JobFolder, str]]:
    """A new folder for one import, gone afterwards, and the storage key of its files to come."""
    storage_key = uuid.uuid4().hex
    path = Path(settings.DEFINITIONS_DIR) / f"{INCOMING}{storage_key}"
    path.mkdir(mode=0o700, parents=True)
    try:
        yield JobFolder(path), storage_key
    finally:
        shutil.rmtree(path, ignore_errors=True)


def put_in_place(folder: JobFolder, storage_key: str) -> None:
    """Make the files of a finished import those of a revision, all at once."""
    folder.revision.rename(Path(settings.DEFINITIONS_DIR) / storage_key)


def path_of(revision: Revision, kind: FileKind, *, compressed: bool = False) -> Path:
    """Where one form of the definition lies; only YAML and JSON have a compressed twin."""
    name = f"{kind}{COMPRESSED}" if compressed else str(kind)
    return Path(settings.DEFINITIONS_DIR) / revision.storage_key / name


def open_file(revision: Revision, kind: FileKind, *, compressed: bool = False) -> BinaryIO:
    """Open one form for reading; raises FileNotFoundError when the file store lost it."""
    return path_of(revision, kind, compressed=compressed).open("rb")


def delete_files(storage_key: str) -> None:
    """Remove the files of a revision that was not published after all, or is gone."""
    shutil.rmtree(Path(settings.DEFINITIONS_DIR) / storage_key, ignore_errors=True)


def delete_job_folders() -> None:
    """Remove the folders of imports that ended without removing their own."""
    for path in Path(settings.DEFINITIONS_DIR).glob(f"{INCOMING}*"):
        shutil.rmtree(path, ignore_errors=True)


def iter_storage_folders() -> Iterator[Path]:
    """Yield the folders of revisions; each is named by its storage key."""
    for path in Path(settings.DEFINITIONS_DIR).glob("[0-9a-f]*"):
        if path.is_dir():
            yield path

"""The files a definition consists of: the root file, and others it may refer to by name."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from catalog.openapi.external_names import clean_name

__all__ = ["SourceFiles", "open_folder", "single_file", "unpacked_files"]


@dataclass(frozen=True, slots=True)
class SourceFiles:
    """A definition's files. Names are relative to one folder, with "/" between their parts.

    `read` gives a file's bytes, None when there is no such file; it never leaves the folder.
    `names` are all files, for finding the root where it is ""; else they may be left out.
    """

    root: str
    read: Callable[[str], bytes | None]
    names: tuple[str, ...] = ()


def single_file(content: bytes, name: str = "openapi") -> SourceFiles:
    """A definition of one file that can refer to no other."""
    return unpacked_files({name: content}, root=name)


def unpacked_files(contents: Mapping[str, bytes], *, root: str) -> SourceFiles:
    """A definition whose files are in memory, by name."""
    return SourceFiles(root, contents.get, tuple(contents))


def open_folder(folder: Path, *, root: str, limit_bytes: int) -> SourceFiles:
    """A definition in a folder of this machine; nothing outside of it is read, links included.

    Its files are listed only when no root is given: a single file may lie in a very large folder.
    A file is read up to one byte beyond `limit_bytes`, which is enough to refuse it.
    """
    base = folder.resolve()

    def read(name: str) -> bytes | None:
        cleaned = clean_name(name)
        if cleaned is None:
            return None
        path = (base / cleaned).resolve()
        if not path.is_relative_to(base) or not path.is_file():
            return None
        with path.open("rb") as file:
            return file.read(limit_bytes + 1)

    return SourceFiles(root, read, () if root else _list_names(base))


def _list_names(base: Path) -> tuple[str, ...]:
    names: list[str] = []
    for parent, folders, files in os.walk(base):
        folders[:] = sorted(folder for folder in folders if not folder.startswith("."))
        relative = Path(parent).relative_to(base)
        names.extend((relative / file).as_posix() for file in sorted(files))
    return tuple(names)

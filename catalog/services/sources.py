"""Where a definition comes from: a file, folder, archive, URL or standard input."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from catalog.openapi import (
    Limits,
    SourceFiles,
    UnreadableDefinition,
    find_root,
    is_archive,
    open_folder,
    single_file,
    unpack_archive,
    unpacked_files,
)
from catalog.services.fetching import FetchError, fetch

__all__ = ["OpenedSource", "SourceError", "open_content", "open_source"]


class SourceError(ValueError):
    """A source that cannot be opened; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class OpenedSource:
    """A definition's files, the name to keep them under, and the archive they came in, if any."""

    files: SourceFiles
    name: str
    archive: bytes | None = None


def open_source(
    source: str,
    *,
    root: str,
    limits: Limits,
    folder: Path | None = None,
    allow_private: bool = False,
) -> OpenedSource:
    """Open what the user named: a path (relative to `folder`), a URL, or "-" for standard input.

    `root` names the definition within a folder or archive; without it the only one there is taken.
    A single file may refer to files in its own folder and below, a URL to others of its origin.
    Raises SourceError.
    """
    try:
        if source == "-":
            content = sys.stdin.buffer.read(limits.source_bytes + 1)
            return open_content(content, "definition", root=root, limits=limits)
        if urlsplit(source).scheme in ("http", "https"):
            return _open_url(source, root=root, limits=limits, allow_private=allow_private)
        return _open_path((folder or Path()) / source, root=root, limits=limits)
    except UnreadableDefinition as error:
        hint = " Choose with --root." if error.problem.rule == "several-definitions" else ""
        raise SourceError(f"{source}: {error.problem.message}{hint}") from error
    except OSError as error:
        raise SourceError(f"{source} cannot be read: {error.strerror}.") from error


def _open_path(path: Path, *, root: str, limits: Limits) -> OpenedSource:
    if path.is_dir():
        files = open_folder(path, root=root, limit_bytes=limits.source_bytes)
        return OpenedSource(_rooted(files, path.name, limits), path.name or "definition")
    with path.open("rb") as file:
        content = file.read(limits.archive_bytes + 1)
    if is_archive(content):
        return open_content(content, path.name, root=root, limits=limits)
    real = path.resolve()  # a link the user names is meant; links in its folder still lead nowhere
    files = open_folder(real.parent, root=real.name, limit_bytes=limits.source_bytes)
    return OpenedSource(files, path.name)


def open_content(content: bytes, name: str, *, root: str, limits: Limits) -> OpenedSource:
    """Open bytes that came without a folder around them: one definition, or an archive of files.

    Raises UnreadableDefinition for an archive that cannot be opened or holds no single definition,
    SourceError when it has no file `root`.
    """
    if not is_archive(content):
        return OpenedSource(single_file(content, name), name)
    files = unpacked_files(unpack_archive(content, limits), root=root)
    return OpenedSource(_rooted(files, name, limits), name, archive=content)


def _rooted(files: SourceFiles, where: str, limits: Limits) -> SourceFiles:
    """The files with their root settled: the one that was named, or the only definition."""
    if not files.root:
        return replace(files, root=find_root(files, limits=limits))
    if files.read(files.root) is None:
        raise SourceError(f"{where} holds no file {files.root}; --root is a name relative to it.")
    return files


def _open_url(url: str, *, root: str, limits: Limits, allow_private: bool) -> OpenedSource:
    name = Path(urlsplit(url).path).name or "definition"

    def read(relative: str) -> bytes | None:
        address = url if relative == name else urljoin(url, relative)
        try:
            return fetch(address, within=url, limits=limits, allow_private=allow_private)
        except FetchError:
            if relative == name:
                raise
            return None  # a reference that leads nowhere: reading reports it with its place

    try:
        content = read(name)
    except FetchError as error:
        raise SourceError(f"{url} cannot be fetched: {error}") from error
    if content is not None and is_archive(content):
        return open_content(content, name, root=root, limits=limits)
    return OpenedSource(SourceFiles(name, lambda one: content if one == name else read(one)), name)

"""Remembering which files a definition was read from, to keep them as its source."""

from __future__ import annotations

import io
import zipfile

from catalog.openapi import SourceFiles

__all__ = ["RecordedFiles"]

EPOCH = (1980, 1, 1, 0, 0, 0)  # the same files make the same bytes, whenever they are packed


class RecordedFiles:
    """Passes a definition's files on and keeps what was read of them."""

    def __init__(self, files: SourceFiles) -> None:
        self._files = files
        self._read: dict[str, bytes] = {}
        self.files = SourceFiles(files.root, self._read_on)

    @property
    def is_single(self) -> bool:
        """Whether the definition is one file."""
        return len(self._read) <= 1

    def source(self) -> bytes:
        """The bytes as given: those of the one file, or a zip of all files that were read."""
        if self.is_single:
            return next(iter(self._read.values()), b"")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in sorted(self._read.items()):
                archive.writestr(zipfile.ZipInfo(name, EPOCH), content)
        return packed.getvalue()

    def _read_on(self, name: str) -> bytes | None:
        content = self._files.read(name)
        if content is not None:
            self._read[name] = content
        return content

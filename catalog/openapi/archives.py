"""Zip and tar archives, unpacked into memory without trusting anything they say."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from catalog.openapi.errors import UnreadableDefinition, unreadable
from catalog.openapi.external_names import clean_name
from catalog.openapi.limits import Limits

__all__ = ["is_archive", "unpack_archive"]

_ZIP = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"
_TAR = (257, b"ustar")
_GZIP_WINDOW = 31  # zlib's way to ask for a gzip header and 32 kB of history
_ENCRYPTED = 0x1


def is_archive(content: bytes) -> bool:
    """Whether bytes are a zip, a tar or a gzipped tar, by their first bytes."""
    return content.startswith((_ZIP, _GZIP)) or _has_tar_mark(content)


def unpack_archive(content: bytes, limits: Limits) -> dict[str, bytes]:
    """The files of an archive by their names; links, devices and folders are left out.

    Raises UnreadableDefinition for a broken archive, for names that are absolute or lead out of
    it, and beyond `archive_bytes` or `archive_files`. Sizes are counted while unpacking, so that
    what an archive claims about itself does not matter.
    """
    files: dict[str, bytes] = {}
    total = 0
    try:
        for name, unpacked in _iter_files(content, limits):
            total += len(unpacked)
            if total > limits.archive_bytes:
                raise _too_large(limits)
            if len(files) >= limits.archive_files:
                message = f"The archive has more than {limits.archive_files:,} files."
                raise unreadable("archive", message)
            files[_checked_name(name)] = unpacked
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, ValueError) as error:
        raise unreadable("archive", f"The archive cannot be read: {error}.") from error
    except (NotImplementedError, RuntimeError) as error:
        raise unreadable("archive", f"The archive cannot be unpacked: {error}.") from error
    return files


def _iter_files(content: bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    if content.startswith(_ZIP):
        return _iter_zip(content, limits)
    return _iter_tar(_gunzip(content, limits) if content.startswith(_GZIP) else content)


def _iter_zip(content: bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            if entry.is_dir() or stat.S_ISLNK(entry.external_attr >> 16):
                continue
            if entry.flag_bits & _ENCRYPTED:
                raise unreadable("archive", "The archive is encrypted.")
            with archive.open(entry) as file:
                yield entry.filename, file.read(limits.archive_bytes + 1)


def _iter_tar(content: bytes) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isreg() else None
            if file is not None:
                yield member.name, file.read()


def _gunzip(content: bytes, limits: Limits) -> bytes:
    """Decompress as a whole: a tar's own headers could otherwise be the bomb."""
    decompressor = zlib.decompressobj(_GZIP_WINDOW)
    unpacked = decompressor.decompress(content, limits.archive_bytes + 1)
    if len(unpacked) > limits.archive_bytes:
        raise _too_large(limits)
    if not decompressor.eof:
        raise EOFError("it ends too early")
    if not _has_tar_mark(unpacked):
        raise unreadable("archive", "The gzipped file is no tar archive.")
    return unpacked


def _has_tar_mark(content: bytes) -> bool:
    offset, mark = _TAR
    return content[offset : offset + len(mark)] == mark


def _checked_name(name: str) -> str:
    cleaned = clean_name(name)
    if cleaned is None:
        raise unreadable("archive", f"The archive's file name “{name[:120]}” is not allowed.")
    return cleaned


def _too_large(limits: Limits) -> UnreadableDefinition:
    message = f"The archive unpacks to more than {limits.archive_bytes:,} bytes."
    return unreadable("archive", message)

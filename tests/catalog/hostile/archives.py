"""Archives as attackers make them."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from collections.abc import Mapping

__all__ = ["tar_of", "zip_of"]

LINK_TARGET = "/etc/passwd"


def zip_of(files: Mapping[str, bytes], links: tuple[str, ...] = ()) -> bytes:
    """A zip of files under any names, and of symbolic links to /etc/passwd."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        for name in links:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(entry, LINK_TARGET)
    return packed.getvalue()


def tar_of(files: Mapping[str, bytes], links: tuple[str, ...] = ()) -> bytes:
    """A gzipped tar of the same, with hard links beside the symbolic ones."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        for name in links:
            for kind, linked in ((tarfile.SYMTYPE, name), (tarfile.LNKTYPE, f"hard-{name}")):
                entry = tarfile.TarInfo(linked)
                entry.type = kind
                entry.linkname = LINK_TARGET
                archive.addfile(entry)
    return packed.getvalue()

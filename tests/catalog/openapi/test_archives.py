"""Archives, among them some that are made to harm."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile

import pytest

from catalog.openapi.archives import is_archive, unpack_archive
from catalog.openapi.errors import UnreadableDefinition
from catalog.openapi.limits import Limits


def zip_of(files: dict[str, bytes], *, links: tuple[str, ...] = ()) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            if name in links:
                entry.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def tar_of(files: dict[str, bytes], *, links: tuple[str, ...] = ()) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        for name in links:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(member)
    return buffer.getvalue()


def refusal(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableDefinition) as raised:
        unpack_archive(content, limits or Limits())
    assert raised.value.problem.rule == "archive"
    return raised.value.problem.message


FILES = {"openapi.yaml": b"a: 1", "parts/a.yaml": b"b: 2"}


@pytest.mark.parametrize(
    "content",
    [zip_of(FILES), tar_of(FILES), gzip.compress(tar_of(FILES))],
    ids=["zip", "tar", "tar.gz"],
)
def test_archive_is_unpacked(content: bytes) -> None:
    assert is_archive(content)
    assert unpack_archive(content, Limits()) == FILES


@pytest.mark.parametrize("content", [b"openapi: 3.1.0", b"", b'{"a": 1}'])
def test_definition_is_no_archive(content: bytes) -> None:
    assert not is_archive(content)


@pytest.mark.parametrize(
    "content",
    [
        zip_of({**FILES, "folder/": b"", "link": b"/etc/passwd"}, links=("link",)),
        tar_of(FILES, links=("link",)),
    ],
    ids=["zip", "tar"],
)
def test_folders_and_links_are_left_out(content: bytes) -> None:
    assert unpack_archive(content, Limits()) == FILES


@pytest.mark.parametrize("name", ["../a.yaml", "/a.yaml", "x/../../a.yaml", "C:\\a.yaml", "x\\a"])
@pytest.mark.parametrize("pack", [zip_of, tar_of], ids=["zip", "tar"])
def test_name_that_leads_outside_is_refused(name: str, pack: type) -> None:
    message = refusal(pack({name: b""}))

    assert message == f"The archive's file name “{name}” is not allowed."


@pytest.mark.parametrize(
    "content",
    [
        zip_of({"a": b"\0" * 10_000}),
        zip_of({"a": b"\0" * 600, "b": b"\0" * 600}),
        gzip.compress(b"\0" * 10_000),
        tar_of({"a": b"\0" * 10_000}),
    ],
    ids=["zip", "zip-in-sum", "gzip", "tar"],
)
def test_bomb_is_refused(content: bytes) -> None:
    limits = Limits(archive_bytes=1_000)

    assert refusal(content, limits) == "The archive unpacks to more than 1,000 bytes."


def test_too_many_files_are_refused() -> None:
    content = zip_of({str(number): b"" for number in range(4)})

    assert refusal(content, Limits(archive_files=3)) == "The archive has more than 3 files."


def flagged(content: bytes, flag: int) -> bytes:
    """A zip whose central directory claims a flag for its first entry."""
    offset = content.index(b"PK\x01\x02") + 8
    return content[:offset] + bytes((content[offset] | flag,)) + content[offset + 1 :]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (zip_of(FILES)[:-30], "The archive cannot be read: "),
        (zip_of(FILES)[:20], "The archive cannot be read: "),
        (flagged(zip_of(FILES), 0x1), "The archive is encrypted."),
        (flagged(zip_of(FILES), 0x20), "The archive cannot be unpacked: "),
        (tar_of(FILES)[:700], "The archive cannot be read: "),
        (gzip.compress(tar_of(FILES))[:-20], "The archive cannot be read: it ends too early."),
        (b"\x1f\x8b broken", "The archive cannot be read: "),
        (gzip.compress(b"a: 1"), "The gzipped file is no tar archive."),
    ],
    ids=["cut", "head", "encrypted", "patched", "cut-tar", "cut-gzip", "broken-gzip", "no-tar"],
)
def test_archive_that_cannot_be_unpacked_is_refused(content: bytes, message: str) -> None:
    assert refusal(content).startswith(message)

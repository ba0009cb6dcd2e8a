"""Packs that are broken, or grow without end."""

from __future__ import annotations

import hashlib
import struct
import zlib

import pytest

from catalog.mirroring.git_files import GitFiles
from catalog.mirroring.git_packs import Pack, PackError, PackTooLarge

COMMIT, TREE, BLOB, OFFSET_DELTA, REFERENCE_DELTA = 1, 2, 3, 6, 7


def head(kind: int, size: int) -> bytes:
    """The head of an entry."""
    byte, size = (kind << 4) | (size & 15), size >> 4
    written = bytearray()
    while size:
        written.append(byte | 0x80)
        byte, size = size & 0x7F, size >> 7
    written.append(byte)
    return bytes(written)


def entry(kind: int, content: bytes, *, between: bytes = b"", size: int | None = None) -> bytes:
    """An object of a pack; `size` is what it says, `between` stands before its content."""
    said = len(content) if size is None else size
    return head(kind, said) + between + zlib.compress(content)


def pack(*entries: bytes, count: int | None = None, signature: bytes = b"PACK") -> bytes:
    """A pack of these entries; its trailer is not looked at."""
    number = len(entries) if count is None else count
    return struct.pack(">4sLL", signature, 2, number) + b"".join(entries) + bytes(20)


def object_id(kind: bytes, content: bytes) -> str:
    """The name of an object."""
    return hashlib.sha1(b"%s %d\0" % (kind, len(content)) + content).hexdigest()  # noqa: S324


def delta(base_bytes: int, inserted: bytes) -> bytes:
    """A delta that puts these bytes (under 128) in the place of its base."""
    return bytes([base_bytes, len(inserted), len(inserted)]) + inserted


def test_whole_objects_are_found_by_their_names() -> None:
    read = Pack(pack(entry(BLOB, b"one"), entry(BLOB, b"two")), limit_bytes=1000)

    assert read.find(object_id(b"blob", b"two"), b"blob") == b"two"
    assert read.find(object_id(b"blob", b"two"), b"tree") is None
    assert read.find("0" * 40, b"blob") is None


def test_chain_of_deltas_is_put_together() -> None:
    first = entry(BLOB, b"one")
    second = entry(OFFSET_DELTA, delta(3, b"second"), between=bytes([len(first)]))
    base = bytes.fromhex(object_id(b"blob", b"second"))
    third = entry(REFERENCE_DELTA, delta(6, b"third"), between=base)

    read = Pack(pack(first, second, third), limit_bytes=1000)

    assert read.find(object_id(b"blob", b"second"), b"blob") == b"second"
    assert read.find(object_id(b"blob", b"third"), b"blob") == b"third"


def test_delta_without_its_base_does_not_exist() -> None:
    lost = entry(REFERENCE_DELTA, delta(3, b"lost"), between=bytes(20))

    read = Pack(pack(lost), limit_bytes=1000)

    assert read.find(object_id(b"blob", b"lost"), b"blob") is None


def test_delta_that_makes_its_own_base_closes_no_circle() -> None:
    base = bytes.fromhex(object_id(b"blob", b"one"))
    same = entry(REFERENCE_DELTA, delta(3, b"one"), between=base)

    read = Pack(pack(entry(BLOB, b"one"), same), limit_bytes=1000)

    assert read.find(object_id(b"blob", b"one"), b"blob") == b"one"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(pack(signature=b"KCAP"), id="signature"),
        pytest.param(pack(entry(BLOB, b"one"), count=2), id="too few"),
        pytest.param(pack(entry(BLOB, b"one"))[:-26], id="cut off"),
        pytest.param(pack(entry(5, b"one")), id="kind"),
        pytest.param(pack(entry(BLOB, b"one", size=2)), id="larger than it says"),
        pytest.param(pack(entry(BLOB, b"one", size=4)), id="smaller than it says"),
        pytest.param(pack(head(BLOB, 3) + b"no deflate at all"), id="damaged"),
        pytest.param(
            pack(entry(BLOB, b"one"), entry(OFFSET_DELTA, b"\x03", between=b"\x0c")),
            id="delta without sizes",
        ),
        pytest.param(
            pack(
                entry(BLOB, b"one"),
                entry(OFFSET_DELTA, delta(9, b"two"), between=bytes([len(entry(BLOB, b"one"))])),
            ),
            id="delta of another base",
        ),
    ],
)
def test_broken_pack_is_refused(content: bytes) -> None:
    with pytest.raises(PackError):
        Pack(content, limit_bytes=1000)


def test_bomb_is_refused_before_it_is_in_memory() -> None:
    with pytest.raises(PackTooLarge):
        Pack(pack(entry(BLOB, bytes(10_000_000))), limit_bytes=1_000_000)


def test_deltas_that_grow_count_against_the_limit() -> None:
    first = entry(BLOB, bytes(100))
    # Copies 64 kB of its base again and again: the announced size is what counts.
    growing = bytes([100, 0xFF, 0xFF, 0xFF, 0x7F]) + b"\x80"
    second = entry(OFFSET_DELTA, growing, between=bytes([len(first)]))

    with pytest.raises(PackTooLarge):
        Pack(pack(first, second), limit_bytes=1_000_000)


def tree(*members: tuple[str, str, str]) -> bytes:
    """A tree of (mode, name, id)."""
    return b"".join(
        f"{mode} {name}\0".encode() + bytes.fromhex(identity) for mode, name, identity in members
    )


def files_of(*objects: bytes, root: bytes) -> GitFiles:
    """The files of a commit of this tree."""
    commit = b"tree " + object_id(b"tree", root).encode() + b"\n"
    content = pack(*objects, entry(TREE, root), entry(COMMIT, commit))
    return GitFiles(Pack(content, limit_bytes=100_000), object_id(b"commit", commit))


def test_links_and_submodules_are_no_files() -> None:
    blob = object_id(b"blob", b"/etc/passwd")
    root = tree(
        ("120000", "link.yaml", blob), ("100644", "openapi.yaml", blob), ("160000", "sub", blob)
    )

    files = files_of(entry(BLOB, b"/etc/passwd"), root=root)

    assert files.names == ("openapi.yaml",)
    assert files.read("link.yaml") is None


def test_folder_that_is_not_there_is_refused() -> None:
    root = tree(("40000", "apis", "1" * 40))

    with pytest.raises(PackError, match="does not hold a folder"):
        files_of(root=root)


def test_damaged_folder_is_refused() -> None:
    with pytest.raises(PackError, match="damaged"):
        files_of(root=b"100644 no end")


def test_commit_that_is_not_there_is_refused() -> None:
    with pytest.raises(PackError, match="does not hold the commit"):
        GitFiles(Pack(pack(entry(BLOB, b"one")), limit_bytes=1000), "1" * 40)


def test_base_may_stand_far_before_its_delta() -> None:
    first = entry(BLOB, b"one")
    far = entry(BLOB, bytes(range(256)) * 2)
    distance = len(first) + len(far)
    between = bytes([0x80 | ((distance >> 7) - 1), distance & 0x7F])
    last = entry(OFFSET_DELTA, delta(3, b"two"), between=between)

    read = Pack(pack(first, far, last), limit_bytes=2000)

    assert read.find(object_id(b"blob", b"two"), b"blob") == b"two"


def test_pack_that_ends_within_the_head_of_an_object_is_refused() -> None:
    with pytest.raises(PackError, match="breaks off"):
        Pack(pack(b"\xb0" + b"\x80" * 30)[:-20], limit_bytes=1000)


def test_repository_of_too_many_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.mirroring.git_files.ENTRIES", 1)
    blob = object_id(b"blob", b"one")

    with pytest.raises(PackError, match="too many files"):
        files_of(root=tree(("100644", "a", blob), ("100644", "b", blob)))

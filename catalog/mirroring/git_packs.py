"""Reading the objects of a Git pack from memory, within bounds.

The size that an object announces is checked while it is inflated, and all that is inflated or put
together from deltas counts against one budget: a small pack cannot grow without limit.
Source: gitformat-pack(5).
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dulwich.errors import ApplyDeltaError
from dulwich.pack import apply_delta

__all__ = ["Pack", "PackError", "PackTooLarge"]

HEADER = struct.Struct(">4sLL")
TRAILER_BYTES = 20
KINDS = {1: b"commit", 2: b"tree", 3: b"blob", 4: b"tag"}
OFFSET_DELTA, REFERENCE_DELTA = 6, 7
PART_BYTES = 16_384  # one part inflates to 16 MB at most, since deflate packs 1:1032 at best


class PackError(Exception):
    """A pack that is broken or over a limit; the message says which."""


class PackTooLarge(PackError):
    """A pack that grows beyond the limit."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """An object as it stands in the pack; a delta has the offset or the id of its base."""

    kind: bytes
    start: int
    size: int
    base_offset: int | None = None
    base_id: str | None = None

    @property
    def is_delta(self) -> bool:
        return not self.kind


class Pack:
    """The objects of a pack, by their ids; raises PackError for a pack that cannot be read."""

    def __init__(self, content: bytes, *, limit_bytes: int) -> None:
        self._content = content
        self._left = limit_bytes
        self._entries: dict[int, _Entry] = {}
        self._ids: dict[str, int] = {}
        self._scan()
        self._name_deltas()

    def find(self, object_id: str, kind: bytes) -> bytes | None:
        """The content of an object of this kind ("commit", "tree", "blob"), if it is there."""
        offset = self._ids.get(object_id)
        if offset is None:
            return None
        deltas: list[_Entry] = []
        entry = self._entries[offset]
        while entry.is_delta:
            deltas.append(entry)
            entry = self._entries[self._base_of(entry)]
        if entry.kind != kind:
            return None
        content = self._inflate(entry)
        for delta in reversed(deltas):
            content = self._apply(content, delta)
        return content

    def _scan(self) -> None:
        """Find where each object stands, and name those that are whole."""
        if len(self._content) < HEADER.size + TRAILER_BYTES:
            raise PackError("the pack breaks off")
        signature, version, count = HEADER.unpack_from(self._content)
        if signature != b"PACK" or version not in (2, 3):
            raise PackError("the answer is no pack")
        position = HEADER.size
        for _ in range(count):
            offset = position
            entry = self._read_head(offset)
            digest = hashlib.sha1(b"%s %d\0" % (entry.kind, entry.size), usedforsecurity=False)
            position = self._pour(entry, digest.update)
            self._entries[offset] = entry
            if not entry.is_delta:
                self._ids[digest.hexdigest()] = offset

    def _read_head(self, offset: int) -> _Entry:
        byte = self._byte(offset)
        position = offset + 1
        number, size, shift = (byte >> 4) & 7, byte & 15, 4
        while byte & 0x80:
            byte = self._byte(position)
            position += 1
            size |= (byte & 0x7F) << shift
            shift += 7
        if number in KINDS:
            return _Entry(KINDS[number], position, size)
        if number == OFFSET_DELTA:
            distance, position = self._read_distance(position)
            return _Entry(b"", position, size, base_offset=offset - distance)
        if number == REFERENCE_DELTA:
            base = self._content[position : position + 20].hex()
            return _Entry(b"", position + 20, size, base_id=base)
        raise PackError("the pack holds an object of no known kind")

    def _read_distance(self, position: int) -> tuple[int, int]:
        byte = self._byte(position)
        distance = byte & 0x7F
        while byte & 0x80:
            position += 1
            byte = self._byte(position)
            distance = ((distance + 1) << 7) | (byte & 0x7F)
        return distance, position + 1

    def _byte(self, position: int) -> int:
        if position >= len(self._content):
            raise PackError("the pack breaks off")
        return self._content[position]

    def _pour(self, entry: _Entry, sink: Callable[[bytes], object]) -> int:
        """Inflate an object into a sink; returns the offset behind it."""
        inflater = zlib.decompressobj()
        position, missing = entry.start, entry.size
        while not inflater.eof:
            part = self._content[position : position + PART_BYTES]
            if not part:
                raise PackError("the pack breaks off")
            position += len(part)
            try:
                inflated = inflater.decompress(part)
            except zlib.error as error:
                raise PackError("the pack is damaged") from error
            missing -= len(inflated)
            self._spend(len(inflated))
            if missing < 0:
                break
            sink(inflated)
        if missing:
            raise PackError("an object of the pack has another size than it says")
        return position - len(inflater.unused_data)

    def _name_deltas(self) -> None:
        """Put each delta together once to learn its id, children right after their bases."""
        children: dict[int | str, list[int]] = defaultdict(list)
        for offset, entry in self._entries.items():
            if entry.is_delta:
                base = entry.base_offset if entry.base_id is None else entry.base_id
                children[base if base is not None else ""].append(offset)
        whole = [(object_id, offset) for object_id, offset in self._ids.items()]
        for object_id, offset in whole:
            if children.get(offset) or children.get(object_id):
                self._name_children(object_id, offset, children)

    def _name_children(
        self, object_id: str, offset: int, children: dict[int | str, list[int]]
    ) -> None:
        kind = self._entries[offset].kind
        waiting = list(
            self._deltas_of(object_id, offset, self._inflate(self._entries[offset]), children)
        )
        while waiting:
            child, base = waiting.pop()
            content = self._apply(base, self._entries[child])
            head = b"%s %d\0" % (kind, len(content))
            child_id = hashlib.sha1(head + content, usedforsecurity=False).hexdigest()
            self._ids.setdefault(child_id, child)  # a second one could close a circle
            waiting.extend(self._deltas_of(child_id, child, content, children))

    def _deltas_of(
        self, object_id: str, offset: int, content: bytes, children: dict[int | str, list[int]]
    ) -> Iterator[tuple[int, bytes]]:
        for child in (*children.pop(offset, ()), *children.pop(object_id, ())):
            yield child, content

    def _base_of(self, delta: _Entry) -> int:
        """The offset of a base; a named delta always has one, since it was put together before."""
        return (
            self._ids[delta.base_id] if delta.base_id is not None else int(delta.base_offset or 0)
        )

    def _inflate(self, entry: _Entry) -> bytes:
        parts: list[bytes] = []
        self._pour(entry, parts.append)
        return b"".join(parts)

    def _apply(self, base: bytes, delta: _Entry) -> bytes:
        instructions = self._inflate(delta)
        self._spend(_result_bytes(instructions))
        try:
            return b"".join(apply_delta(base, instructions))
        except (ApplyDeltaError, ValueError) as error:
            raise PackError("the pack is damaged") from error

    def _spend(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise PackTooLarge("the files of the repository together")


def _result_bytes(delta: bytes) -> int:
    """The size that a delta announces for its result: the second number in it."""
    numbers: list[int] = []
    number = shift = 0
    for byte in delta[:20]:
        number |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            numbers.append(number)
            number = shift = 0
            if len(numbers) == 2:
                return numbers[1]
    raise PackError("the pack is damaged")

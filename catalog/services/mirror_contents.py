"""What a mirrored source shows now: its definition's files, fetched when they are asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath

from django.conf import settings

from catalog.mirroring.answers import FailureKind, NotModified, Received, UpstreamFailure
from catalog.models import MirrorKind, MirrorSource
from catalog.openapi import Limits, SourceFiles, is_archive
from catalog.services.fetching import Send, address_of, fetch_conditionally, file_name_of
from catalog.services.git_fetching import GitPlace, choose_path, fetch_commit
from catalog.services.sources import OpenedSource, open_content
from catalog.targets import target_of_url
from portal import egress

__all__ = ["MirrorContent", "RecordedReads", "open_mirror"]

Read = Callable[[str], bytes | None]


class RecordedReads:
    """Reads files once each and keeps them; raises UpstreamFailure beyond a limit of size.

    Only what was read can tell later whether the source still shows the same.
    """

    def __init__(self, read: Read, *, limit_bytes: int) -> None:
        self._read = read
        self._left = limit_bytes
        self.contents: dict[str, bytes | None] = {}

    def __call__(self, name: str) -> bytes | None:
        """The bytes of a file, None when there is none."""
        if name not in self.contents:
            content = self._read(name)
            self._left -= len(content or b"")
            if self._left < 0:
                raise UpstreamFailure(FailureKind.TOO_LARGE, "all files of the definition together")
            self.contents[name] = content
        return self.contents[name]

    def digests(self) -> dict[str, str]:
        """File name -> SHA-256 of what was read so far; "" for what was not there."""
        return {name: _digest(content) for name, content in self.contents.items()}


@dataclass(frozen=True, slots=True)
class MirrorContent:
    """A source's definition, not yet read as such.

    `files` are read through `reads`, which remembers them. `etag` of a Git source is its commit.
    """

    root: str
    name: str
    reads: RecordedReads
    etag: str = ""
    last_modified: str = ""
    expected: Mapping[str, str] = field(default_factory=dict)

    @property
    def root_bytes(self) -> bytes:
        """The definition's first file, or the archive."""
        return self.reads(self.root) or b""

    def is_as_expected(self) -> bool:
        """Whether the files that were read last time are all still the same."""
        return bool(self.expected) and all(
            _digest(self.reads(name)) == digest for name, digest in self.expected.items()
        )

    def open(self, limits: Limits) -> OpenedSource:
        """The definition as publishing takes it; raises UnreadableDefinition for an archive."""
        if is_archive(self.root_bytes):
            return open_content(self.root_bytes, self.name, root="", limits=limits)
        return OpenedSource(SourceFiles(self.root, self.reads), self.name)


def open_mirror(
    mirror: MirrorSource, *, limits: Limits, now: datetime, send: Send
) -> MirrorContent | NotModified:
    """What the source shows, unless it says that nothing changed; raises UpstreamFailure."""
    if mirror.kind == MirrorKind.GIT:
        return _open_git(mirror, limits=limits, now=now, send=send)
    return _open_url(mirror, limits=limits, now=now, send=send)


def _open_url(
    mirror: MirrorSource, *, limits: Limits, now: datetime, send: Send
) -> MirrorContent | NotModified:
    target = _target(mirror)
    root = file_name_of(mirror.url)
    # The first file's ETag says nothing of the others that it refers to.
    is_single = len(mirror.seen_files) <= 1
    known = Received(b"", mirror.etag, mirror.last_modified) if is_single else Received(b"")
    answer = fetch_conditionally(
        mirror.url, known=known, target=target, limits=limits, now=now, send=send
    )
    if isinstance(answer, NotModified):
        return answer

    def read(name: str) -> bytes | None:
        if name == root:
            return answer.content
        url = address_of(name, root_url=mirror.url)
        return _read_other(url, target=target, limits=limits, now=now, send=send)

    return MirrorContent(
        root=root,
        name=PurePosixPath(root).name,
        reads=RecordedReads(read, limit_bytes=limits.source_bytes),
        etag=answer.etag,
        last_modified=answer.last_modified,
        expected=mirror.seen_files,
    )


def _read_other(
    url: str, *, target: egress.Target, limits: Limits, now: datetime, send: Send
) -> bytes | None:
    """A file that the definition refers to; one that is not there is a fault of the definition."""
    try:
        answer = fetch_conditionally(
            url, known=Received(b""), target=target, limits=limits, now=now, send=send
        )
    except UpstreamFailure as failure:
        if failure.kind in (FailureKind.MISSING, FailureKind.NOT_ALLOWED):
            return None
        raise
    return answer.content if isinstance(answer, Received) else None


def _open_git(
    mirror: MirrorSource, *, limits: Limits, now: datetime, send: Send
) -> MirrorContent | NotModified:
    place = GitPlace(mirror.url, mirror.ref, _target(mirror))
    answer = fetch_commit(
        place,
        known_commit=mirror.etag,
        limit_bytes=settings.MIRROR_GIT_BYTES,
        now=now,
        send=send,
    )
    if isinstance(answer, NotModified):
        return answer
    root = choose_path(answer.files.names, mirror.path)
    return MirrorContent(
        root=root,
        name=PurePosixPath(root).name,
        reads=RecordedReads(answer.files.read, limit_bytes=limits.source_bytes),
        etag=answer.commit,
        expected=mirror.seen_files,
    )


def _target(mirror: MirrorSource) -> egress.Target:
    try:
        origin = egress.origin_of(mirror.url)
    except egress.EgressError as error:
        raise UpstreamFailure(FailureKind.NOT_ALLOWED, error.detail) from error
    return target_of_url(origin, allow_private=mirror.allow_private)


def _digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()

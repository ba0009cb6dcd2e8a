"""Asking a Git server for one commit, by the smart HTTP protocol in its version 0.

Every server speaks version 0. Only two requests are made: the advertisement of references, and
one fetch of depth 1. What can hold hooks or submodules never reaches this machine's disk.
Source: git-http-protocol(5), gitprotocol-pack(5).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from dulwich.errors import GitProtocolError
from dulwich.protocol import Protocol, pkt_line

__all__ = [
    "ADVERTISEMENT",
    "FETCH",
    "FETCH_TYPE",
    "GitAnswerError",
    "References",
    "build_fetch",
    "find_commit",
    "read_advertisement",
    "read_pack",
]

ADVERTISEMENT = "/info/refs?service=git-upload-pack"
FETCH = "/git-upload-pack"
FETCH_TYPE = "application/x-git-upload-pack-request"

SERVICE = b"# service=git-upload-pack"
# A pack is thin only for who has something already; some servers insist on the word.
WANTED_CAPABILITIES = (b"side-band-64k", b"thin-pack", b"ofs-delta", b"no-progress", b"shallow")
PACK_BAND, ERROR_BAND = b"\x01", b"\x03"
SHA1_HEX = 40


class GitAnswerError(Exception):
    """An answer that is none of the protocol, or an error that the server reports."""


@dataclass(frozen=True, slots=True)
class References:
    """The references of a repository: name -> commit in hexadecimal; tags are peeled."""

    commits: dict[str, str]
    capabilities: frozenset[bytes]


def read_advertisement(body: bytes) -> References:
    """The references that a server advertises; raises GitAnswerError."""
    protocol = _reader(BytesIO(body))
    lines = _lines(protocol)
    if next(lines, b"").rstrip(b"\n") != SERVICE:
        raise GitAnswerError("the answer is not the smart HTTP protocol of Git")
    for _ in lines:  # the section ends with a flush
        pass
    commits: dict[str, str] = {}
    capabilities: frozenset[bytes] = frozenset()
    for line in _lines(protocol):
        reference, _, found = line.partition(b"\0")
        capabilities = capabilities or frozenset(found.split())
        commit, _, name = reference.rstrip(b"\n").partition(b" ")
        commits[name.decode("utf-8", "replace").removesuffix("^{}")] = commit.decode("latin-1")
    if any(len(commit) != SHA1_HEX for commit in commits.values()):
        raise GitAnswerError("the repository does not name its objects by SHA-1")
    return References(commits, capabilities)


def find_commit(references: References, ref: str) -> str | None:
    """The commit a branch, tag or full reference name stands for; "" is the default branch."""
    names = (f"refs/heads/{ref}", f"refs/tags/{ref}", ref) if ref else ("HEAD",)
    for name in names:
        if name in references.commits:
            return references.commits[name]
    return None


def build_fetch(references: References, commit: str) -> bytes:
    """The request for one commit without its history; raises GitAnswerError."""
    if b"shallow" not in references.capabilities:
        raise GitAnswerError("the server gives no commit without its history")
    wanted = [name for name in WANTED_CAPABILITIES if name in references.capabilities]
    want = b" ".join([b"want", commit.encode(), *wanted, b"agent=portico"])
    return b"".join(
        [
            pkt_line(want + b"\n"),
            pkt_line(b"deepen 1\n"),
            pkt_line(None),
            pkt_line(b"done\n"),
        ]
    )


def read_pack(body: bytes, references: References) -> bytes:
    """The pack in the answer to a fetch; raises GitAnswerError with what the server said."""
    stream = BytesIO(body)
    protocol = _reader(stream)
    for _ in _lines(protocol):  # "shallow <commit>", up to a flush
        pass
    answer = _next_line(protocol)
    if answer is None or not answer.startswith((b"NAK", b"ACK")):
        raise GitAnswerError(_told(answer))
    if b"side-band-64k" not in references.capabilities:
        return stream.read()
    return b"".join(_pack_parts(protocol))


def _pack_parts(protocol: Protocol) -> Iterator[bytes]:
    for line in _lines(protocol):
        if line[:1] == PACK_BAND:
            yield line[1:]
        elif line[:1] == ERROR_BAND:
            raise GitAnswerError(_told(line[1:]))


def _told(line: bytes | None) -> str:
    text = (line or b"").decode("utf-8", "replace").strip()
    return text.removeprefix("ERR ")[:200] or "the answer breaks off"


def _lines(protocol: Protocol) -> Iterator[bytes]:
    """The lines up to the next flush."""
    while (line := _next_line(protocol)) is not None:
        if line.startswith(b"ERR "):
            raise GitAnswerError(_told(line))
        yield line


def _next_line(protocol: Protocol) -> bytes | None:
    try:
        return protocol.read_pkt_line()
    except GitProtocolError as error:
        raise GitAnswerError("the answer is not the smart HTTP protocol of Git") from error


def _reader(stream: BytesIO) -> Protocol:
    return Protocol(stream.read, _write_nothing)


def _write_nothing(_data: bytes) -> int | None:
    return None

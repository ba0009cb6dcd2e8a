"""Fetching one commit of a Git repository over HTTP, through egress and without the git program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from catalog.mirroring.answers import FailureKind, NotModified, UpstreamFailure, failure_of, judge
from catalog.mirroring.git_files import GitFiles
from catalog.mirroring.git_packs import Pack, PackError, PackTooLarge
from catalog.mirroring.git_protocol import (
    ADVERTISEMENT,
    FETCH,
    FETCH_TYPE,
    GitAnswerError,
    References,
    build_fetch,
    find_commit,
    read_advertisement,
    read_pack,
)
from catalog.services.fetching import Send, download_limits
from portal import egress

__all__ = ["GitPlace", "GitSnapshot", "choose_path", "fetch_commit"]

INFLATION = 8  # how much larger than its pack a repository may be
USUAL_NAMES = frozenset(
    f"{stem}.{suffix}" for stem in ("openapi", "swagger") for suffix in ("yaml", "yml", "json")
)
SHOWN = 3


@dataclass(frozen=True, slots=True)
class GitPlace:
    """A repository, and the branch or tag in it; "" is the default branch."""

    url: str
    ref: str
    target: egress.Target


@dataclass(frozen=True, slots=True)
class GitSnapshot:
    """The files of one commit."""

    commit: str
    files: GitFiles


def fetch_commit(
    place: GitPlace, *, known_commit: str, limit_bytes: int, now: datetime, send: Send
) -> GitSnapshot | NotModified:
    """The files of the newest commit, unless it is the known one; raises UpstreamFailure.

    Takes two requests, and memory for the pack, which is at most `limit_bytes` large.
    """
    try:
        references = _ask_references(place, limit_bytes=limit_bytes, now=now, send=send)
        commit = find_commit(references, place.ref)
        if commit is None:
            named = place.ref or "HEAD"
            raise UpstreamFailure(FailureKind.NOT_FOUND_IN_GIT, f"no branch or tag {named}")
        if commit == known_commit:
            return NotModified()
        request = egress.Request(
            method="POST",
            url=f"{place.url.rstrip('/')}{FETCH}",
            headers=(("Content-Type", FETCH_TYPE),),
            body=build_fetch(references, commit),
        )
        answer = _exchange(request, place, limit_bytes=limit_bytes, now=now, send=send)
        pack = Pack(read_pack(answer, references), limit_bytes=limit_bytes * INFLATION)
        return GitSnapshot(commit, GitFiles(pack, commit))
    except PackTooLarge as error:
        raise UpstreamFailure(FailureKind.TOO_LARGE, str(error)) from error
    except (GitAnswerError, PackError) as error:
        raise UpstreamFailure(FailureKind.NOT_GIT, str(error)) from error


def choose_path(names: tuple[str, ...], path: str) -> str:
    """The definition among the files of a repository: the named one, else the one usually named.

    Raises UpstreamFailure when there is none, or when several lie equally deep.
    """
    if path:
        if path not in names:
            raise UpstreamFailure(FailureKind.NOT_FOUND_IN_GIT, f"no file {path}")
        return path
    usual = [name for name in names if PurePosixPath(name).name.lower() in USUAL_NAMES]
    if not usual:
        raise UpstreamFailure(FailureKind.NOT_FOUND_IN_GIT, "no file named openapi.yaml or alike")
    depth = min(name.count("/") for name in usual)
    nearest = [name for name in usual if name.count("/") == depth]
    if len(nearest) > 1:
        several = ", ".join(nearest[:SHOWN])
        raise UpstreamFailure(FailureKind.NOT_FOUND_IN_GIT, f"several definitions: {several}")
    return nearest[0]


def _ask_references(place: GitPlace, *, limit_bytes: int, now: datetime, send: Send) -> References:
    request = egress.Request(method="GET", url=f"{place.url.rstrip('/')}{ADVERTISEMENT}")
    return read_advertisement(
        _exchange(request, place, limit_bytes=limit_bytes, now=now, send=send)
    )


def _exchange(
    request: egress.Request, place: GitPlace, *, limit_bytes: int, now: datetime, send: Send
) -> bytes:
    try:
        response = send(request, target=place.target, limits=download_limits(limit_bytes))
    except egress.EgressError as error:
        raise failure_of(error) from error
    received = judge(response, url=request.url, now=now)
    if isinstance(received, NotModified):
        raise GitAnswerError("the server answered 304 to a request without a condition")
    return received.content
